import type { ContentAction, ContentRow, ContentShow, StepReason } from '../api.ts'
import type { content as zhContent, Kind, LifeState, Step } from './content.zh.ts'
import { day, dayAndClock } from './format.ts'
import { trailEvents, wordingFields } from './wording.en.ts'
import type { WordingField } from './wording.zh.ts'

const states: Record<LifeState, string> = {
  draft: 'Draft',
  in_review: 'In review',
  returned: 'Sent back',
  approved: 'Approved',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  superseded: 'Superseded',
}

const shows: Record<ContentShow, string> = {
  all: 'Any state',
  for_me: 'For me to sign',
  mine: 'Mine',
  draft: 'Draft',
  in_review: 'In review',
  approved: 'Approved',
  expiring: 'Expires within 30 days',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  superseded: 'Superseded',
  returned: 'Sent back',
  held: 'On hold',
}

const kinds: Record<Kind, string> = {
  document: 'Document',
  image: 'Image',
  video: 'Video',
  article: 'Article',
  phrase: 'Phrase',
  script: 'Script',
}

const steps: Record<Step, string> = { medical: 'Medical', legal: 'Legal', compliance: 'Compliance' }

const actions: Record<ContentAction, string> = {
  edit: 'Save',
  submit: 'Submit for review',
  take_back: 'Take back',
  sign: 'Sign to approve',
  return: 'Send back',
  withdraw: 'Withdraw',
  expire: 'Expire now',
  renew: 'Extend',
  new_version: 'New version',
  tag: 'Change tags',
}

const refusals: Record<StepReason, string> = {
  wrong_role: 'Your role may not take this step',
  wrong_state: 'Not possible in its present state',
  held: 'On hold: it does not match the vault',
  not_owner: 'Only its owner may',
  own_work: 'Nobody approves own work',
  step_not_asked: 'This signature is not asked for',
  step_done: 'This signature was given already',
  already_signed: 'You signed another step of this version',
  statement_changed: 'It is not what you were shown. Open it again before signing',
  pages_not_ready: 'Nothing to show yet: no file, pages still being made, or no text',
  card_not_fit: 'The card’s words do not fit',
  placeholder_unknown: 'Unknown placeholder: only {doctor} and {rep} may be used',
  no_expiry: 'The last day is missing',
  date_order: 'The last day is past, or before the first',
  reason_missing: 'The reason is missing',
  tags_not_fit: 'The tags do not fit',
  tags_changed: 'Its tags were changed again since',
  open_version_exists: 'The document has an unfinished version already',
  not_reauthenticated: 'Not confirmed in your own WeCom',
}

const cardParts: Record<string, string> = { title: 'title', card_title: 'card title', card_desc: 'card text' }
const cardFaults: Record<string, string> = {
  missing: 'missing',
  too_long: 'too long',
  hidden_signs: 'has line breaks or invisible characters',
}

const tagFaults: Record<string, string> = {
  too_long: '40 characters each at most, 400 in all',
  hidden_signs: 'characters that cannot be seen',
}

function about(reason: StepReason, what: string): string {
  if (reason === 'tags_not_fit') return tagFaults[what] ?? what
  if (reason === 'card_not_fit') {
    const [part = '', fault = ''] = /^(title|card_title|card_desc)_(.+)$/.exec(what)?.slice(1) ?? []
    return part ? `${cardParts[part] ?? part} ${cardFaults[fault] ?? fault}` : what
  }
  return steps[what as Step] ?? states[what as LifeState] ?? what // unknown words stay as they are
}

export const content: typeof zhContent = {
  title: 'Content',
  caption: (show: ContentShow, query: string) => `Content, ${shows[show]}${query ? `, search “${query}”` : ''}`,
  search: 'Search title, approval number, pinyin or text',
  hint: 'Title, number, pinyin, text',
  filter: { show: 'State', product: 'Product', kind: 'Kind' },
  allProducts: 'All products',
  allKinds: 'All kinds',
  shows,
  kinds,
  steps,
  create: 'New',
  column: {
    title: 'Title',
    version: 'Version',
    life: 'State',
    product: 'Product',
    expiresAt: 'Expires',
    sends: 'Sent: proven / opened / client / unknown',
    openedRate: 'Open rate',
    owner: 'Owner',
  },
  few: 'under 5',
  figuresMean: 'How “Sent” and “Open rate” are counted',
  states,
  inReview: (signed: number, asked: number) => `In review ${signed}/${asked}`,
  effective: (at: Date) => `from ${day(at)}`,
  expiring: (days: number) => {
    if (days <= 0) return 'Expires today'
    return days === 1 ? 'Expires in 1 day' : `Expires in ${days} days`
  },
  held: 'On hold',
  vault: 'Vault',
  none: 'No content yet',
  noHit: 'Nothing fits these filters',
  shown: (count: number, more: boolean) => (more ? `${count} shown, there are more` : `${count} in all`),
  keys: '/ search · ↑ ↓ rows · Enter open',
  reloadFailed: 'Refresh failed; below is what was read before',
  moreFailed: 'The rest could not be read',
  back: 'Back to the list',
  asDoctor: 'As the doctor sees it',
  asDoctorBeside: 'As the doctor sees it (new window)',
  version: (version: number) => `v${version}`,
  versions: 'Versions',
  review: 'Review',
  pages: 'Pages',
  page: (number: number) => `Page ${number}`,
  pageText: (number: number) => `Text of page ${number}`,
  corrected: 'corrected',
  correct: 'Save this page’s text',
  noPages: 'No page images',
  wording: 'Words and reach',
  trail: 'What happened',
  noTrail: 'Nothing on record yet',
  event: (event: string) => trailEvents[event] ?? event,
  changedFrom: (field: string, before: string, after: string) => `${fieldName(field)}: ${before} → ${after}`,
  lifeWord: (word: string) => states[word as LifeState] ?? word,
  empty: 'empty',
  yes: 'yes',
  no: 'no',
  grade: gradeName,
  everybody: 'no limit',
  fields: wordingFields,
  action: (action: ContentAction) => actions[action],
  refused: 'Not done: ',
  mayNotSign: (reasons) => `You cannot sign now: ${reasons.join('; ')}`,
  stepFault: (code, field) =>
    code === 'bad_request' && field
      ? `“${fieldName(field)}” cannot be kept: it is too long or holds signs that cannot be used. Nothing was saved`
      : stepFaults[code],
  refusal: (reason: StepReason, what?: string) =>
    what ? `${refusals[reason] ?? reason} (${about(reason, what)})` : (refusals[reason] ?? reason),
  done: {
    edit: 'Saved',
    submit: 'Submitted, waiting for signatures',
    take_back: 'Taken back',
    sign: 'Signed',
    return: 'Sent back',
    withdraw: 'Withdrawn',
    expire: 'Expired',
    renew: 'Signed to extend',
    new_version: 'This is the draft of the new version',
    tag: 'Tags changed',
  },
  unsigned: 'Nobody signed what it says now',
  renewing: (until) => `To be extended to ${until}`,
  signedBefore: (count) => `Earlier signatures (${count})`,
  noSignature: 'Waiting for a signature',
  signedBy: (person: string, at: Date) => `${person} · ${dayAndClock(at)}`,
  proved: {
    wecom_login: 'Confirmed in WeCom at the moment of signing',
    vault: 'Signature recorded by the vault',
    demo: 'Demonstration data',
  },
  notHolding: 'Not for what it says now',
  renewsUntil: (at: Date) => `extends to ${day(at)}`,
  returnedReason: (reason: string) => `Sent back because: ${reason}`,
  withdrawnReason: (reason: string) => `Withdrawn because: ${reason}`,
  rendition: {
    waiting: 'Pages wait to be made',
    drawing: (done: number, of: number) => (of > 0 ? `Making pages ${done}/${of}` : 'Making pages'),
    done: (of: number) => (of === 1 ? '1 page made' : `${of} pages made`),
    failed: 'The pages could not be made. ',
  },
  unsaved: 'Save your changes before you submit',
  notFound: 'There is no such content, or you may not see it',
  script: {
    none: 'Nothing chosen yet. Reps send these one after the other',
    find: 'Find approved material or phrases by title',
    clear: 'Clear',
    searching: 'Searching',
    failed: 'The search failed; type again',
    noHit: 'No approved material matches',
    add: (title, kind) => `Add: ${title} (${kind})`,
    up: (title) => `Move up: ${title}`,
    down: (title) => `Move down: ${title}`,
    remove: (title) => `Take out: ${title}`,
    notApproved: 'No approved version',
  },
  form: {
    file: 'File',
    card: 'Card picture',
    fileNow: (name: string, kB: number) => `${name} · ${kB} kB`,
    noCaptions: 'No captions yet. WebVTT (.vtt); doctors can switch them on and off, or read them as a transcript',
    captionsNow: (count: number, ends: string) => `${count} captions, the last one ends at ${ends}`,
    captionsCheck: 'Check the captions against the video. They and their language are part of what is signed.',
    captionsRemove: 'Remove captions',
    captionsShow: 'Show all captions',
    noFile: 'No file yet',
    chosen: (count) => `${count} chosen`,
    find: (what) => `Find in ${what.toLowerCase()}`,
    noChoices: 'The choices could not be read, so product and reach cannot be chosen yet',
    listHint: 'One a line',
    bodyHint: { article: 'HTML or Markdown; only what is safe is kept', phrase: '{doctor} and {rep} may be used' },
    dayHint: { effectiveAt: 'Shanghai time, from its beginning', expiresAt: 'Shanghai time, to its end' },
    start: 'New content',
    started: 'Start the draft',
    needsFile: 'Upload the file first',
    noProduct: 'There is no product yet. Ask a system administrator to add one under “Company”',
  },
  classes: {
    promotional: 'Promotional',
    scientific: 'Scientific',
    non_promotional: 'Non-promotional',
    consent: 'Consent invitation',
  } satisfies Record<ContentRow['class'], string>,
  languages: { 'zh-CN': 'Chinese', 'en-US': 'English' },
  close: 'Close',
  cancel: 'Not now',
  reason: 'Reason',
  reasonFor: {
    return: 'To the author: what has to change',
    take_back: 'Why it is taken back',
    expire: 'Why it ends early',
  },
}

function fieldName(field: string): string {
  return field === 'lifeState' ? 'State' : (wordingFields[field as WordingField] ?? field)
}

const levels: Record<string, string> = { 一: '1', 二: '2', 三: '3' }
const ranks: Record<string, string> = { 特: ' special', 甲: 'A', 乙: 'B', 丙: 'C' }

/** 三级甲等 as it is put in English: 3A. */
function gradeName(grade: string): string {
  const [, level = '', rank = ''] = /^([一二三])级([特甲乙丙])?等?$/.exec(grade) ?? []
  return level ? `Grade ${levels[level]}${ranks[rank] ?? ''}` : grade
}

const stepFaults: Record<string, string> = {
  stale_revision: 'Somebody saved first, so yours was not saved. Check and save again',
  content_frozen: 'This version is in review and cannot change any more. Nothing was saved',
  upload_not_found: 'The uploaded file is gone. Choose it again. Nothing was saved',
  wrong_role: 'Your role cannot take this step',
  bad_request: 'What was written cannot be kept. Nothing was saved',
  internal: 'Service problem. The step did not happen; try again',
}
