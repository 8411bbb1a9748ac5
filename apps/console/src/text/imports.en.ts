import type { ImportRow } from '../api.ts'
import { dayAndClock } from './format.ts'
import type { imports as chinese } from './imports.zh.ts'
import { wordingFields } from './wording.en.ts'

type Outcome = ImportRow['outcome']

const columns: Record<string, string> = {
  document_id: wordingFields.documentId,
  kind: wordingFields.kind,
  title: wordingFields.title,
  short_title: wordingFields.shortTitle,
  class: wordingFields.class,
  product: wordingFields.product,
  market: wordingFields.market,
  language: wordingFields.language,
  approval_number: wordingFields.approvalNumber,
  file: 'File',
  body: wordingFields.body,
  script: wordingFields.scriptPieces,
  card_title: wordingFields.cardTitle,
  card_desc: wordingFields.cardDesc,
  card: 'Card picture',
  poster: 'Poster',
  aliases: wordingFields.aliases,
  tags: wordingFields.tags,
  audience: wordingFields.audience,
  hospital_grades: wordingFields.hospitalGrades,
  territories: wordingFields.territories,
  rep_groups: wordingFields.repGroups,
  ways: wordingFields.ways,
  may_forward: wordingFields.mayForward,
  first_day: wordingFields.effectiveAt,
  last_day: wordingFields.expiresAt,
  change_note: wordingFields.changeNote,
  sha256: wordingFields.fileHash,
}

const rowProblems: Record<string, string> = {
  missing: 'is missing',
  not_valid: 'has the wrong form or is too long',
  not_known: 'is not a known value',
  twice: 'the document stands in this list twice',
  kind_changed: 'a known document cannot change its kind',
  no_such_file: 'this file was not uploaded',
  file_not_fit: 'the file does not fit the kind',
  open_version_exists: 'somebody is writing or reviewing a version of it',
  refused: 'the step was refused',
}

const listProblems: Record<string, string> = {
  list_encoding: 'no text can be made out. In Excel or WPS, save it as “CSV UTF-8”',
  list_broken: 'a quotation mark is not closed',
  list_empty: 'the list has no rows',
  list_too_long: 'the list has more than 10,000 rows. Split it',
  heading_twice: 'a column stands there twice',
  heading_missing: 'a column that is needed is missing',
  wrong_role: 'you are no author now',
}

const outcomes: Record<'dry' | 'real', Record<Outcome, string>> = {
  dry: {
    ...{ new: 'Will be new', new_version: 'Will be a new version', changed: 'Will change the draft' },
    ...{ unchanged: 'Unchanged', failed: 'Error' },
  },
  real: {
    ...{ new: 'New', new_version: 'New version', changed: 'Draft changed' },
    ...{ unchanged: 'Unchanged', failed: 'Error' },
  },
}

const column = (field: string): string => columns[field] ?? field
const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`)
const files = (count: number): string => (count === 1 ? '1 file' : `${count} files`)

export const imports: typeof chinese = {
  title: 'Imports',
  open: 'Import',
  back: 'Back to imports',
  create: 'New import',
  template: 'Download template',
  templateNote: 'Its second row says what each column takes. An import skips that row.',
  list: 'List',
  listNote: 'CSV, as Excel and WPS save it. One piece a row.',
  listKept: (name, count) => `${name} · ${rows(count)}`,
  listGone: 'Lists are kept for 7 days. This one is gone. Choose it again.',
  listProblem: (code, about) => {
    const what = columns[about] ?? (/^\d+$/.test(about) ? `line ${about}` : about)
    return `${listProblems[code] ?? code}${about ? ` (${what})` : ''}`
  },
  notRead: 'This list cannot be read: ',
  unknown: (headings) => `Columns not known here, left out: ${headings.join(', ')}`,
  files: 'Files',
  filesNote:
    'Choose the folder the list lies in: only files it names are uploaded. After a reload choose it again; what arrived is not sent twice.',
  named: (all, missing) => {
    if (all === 0) return 'The list names no files'
    return missing === 0 ? `The list names ${files(all)}, all here` : `The list names ${files(all)}, ${missing} missing`
  },
  missing: 'Files still missing',
  more: (count) => `${count} more`,
  folder: 'Choose folder',
  chooseFiles: 'Choose files',
  unnamed: (count) => `${files(count)} not named by the list, not uploaded`,
  noneNamed: 'None of the chosen files is one that is missing',
  twice: (names) => `Several files share a name, so it is unclear which is meant. Not uploaded: ${names.join(', ')}`,
  queue: (settled, all) => `Uploading ${settled} of ${all}`,
  queueHeld: (settled, all) => `Paused at ${settled} of ${all}`,
  queueDone: (stored, all) => (stored === all ? `${files(all)} uploaded` : `${stored} of ${files(all)} uploaded`),
  notStored: 'Not uploaded',
  tryAgain: 'Try the failed ones again',
  dry: 'Dry run',
  dryNote: 'Shows what would happen. Nothing is changed.',
  dryMissing: (missing) => `${files(missing)} still missing: rows that need them will be errors.`,
  wait: 'Waiting for the files',
  kind: (dry) => (dry ? 'Dry run' : 'Import'),
  stages: { waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Not done' },
  progress: (done, of) => (of === null ? 'Reading the list' : `${done} of ${rows(of)}`),
  progressLabel: 'Progress of the import',
  run: (count) => `Import ${rows(count)}`,
  runNote: (failed) =>
    failed > 0
      ? `${rows(failed)} with errors will be left out. Imported pieces are drafts and still need review.`
      : 'Imported pieces are drafts and still need review.',
  nothing: 'There is nothing to import.',
  again: 'Dry run of this list again',
  addFiles: 'Add files',
  corrected: 'Choose the corrected list',
  errors: 'Download rows with errors',
  errorsNote: 'Put them right in that table and import it as a new list.',
  drafts: 'See my drafts',
  dryDone: 'Dry run done. Nothing was changed.',
  done: 'Import done.',
  failed: 'Not done: ',
  counts: 'Result',
  outcome: (outcome, dry) => outcomes[dry ? 'dry' : 'real'][outcome],
  show: { label: 'Show', all: 'All', failed: 'Errors only' },
  rowsCaption: (name) => `Result of each row of ${name}`,
  row: { line: 'Row', document: wordingFields.documentId, title: 'Title', outcome: 'Result', problem: 'Problem' },
  problem: (field, problem) => [field && column(field), rowProblems[problem] ?? problem].filter(Boolean).join(': '),
  noRows: 'No results yet',
  noFailed: 'No rows with errors',
  rowsShown: (count, more) => (more ? `${rows(count)} shown, there are more` : `${rows(count)} in all`),
  moreRows: 'More',
  notFound: 'There is no such import, or it is somebody else’s',
  onlyAuthors: 'Only authors can import.',
  caption: 'Imports, newest first',
  column: {
    at: 'Time (+08:00)',
    list: 'List',
    kind: 'Way',
    stage: 'State',
    new: 'New',
    new_version: 'New versions',
    changed: 'Drafts changed',
    unchanged: 'Unchanged',
    failed: 'Errors',
  },
  at: (at) => dayAndClock(at),
  none: 'Nothing was imported yet',
  shown: (count, more) => (more ? `${count} shown, there are earlier ones` : `${count} in all`),
  earlier: 'Earlier',
  reloadFailed: 'Not refreshed. Below is what was read before',
  moreFailed: 'The next rows could not be read',
  downloadFailed: 'Not downloaded: ',
  startFailed: 'Not started: ',
}
