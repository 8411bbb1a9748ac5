import { clock, day, dayAndClock } from './format.ts'
import { vaultWords } from './vault-words.en.ts'
import type { vault as zhVault } from './vault.zh.ts'
import { wordingFields } from './wording.en.ts'

type Words = typeof zhVault

const shows: Words['shows'] = {
  all: 'All in quarantine',
  person: 'Needs a person',
  vault: 'Ends when Vault is put right',
  released: 'Released, being checked',
  braked: 'Stopped by the brake',
}

const compared: Record<string, string> = {
  version: 'Version',
  lifeState: 'State',
  fileHash: 'SHA-256 of the file',
  expiryField: 'Field of the expiry date',
  expiresAfter: 'Expiry date',
  mapping: 'Value without a match',
  approvers: 'People who signed',
  signature: 'Signature',
  signatureDays: 'Days a signature counts',
  fileProblem: 'What is wrong with the file',
  otherFields: 'Other mapped fields or the source file',
}

const settings: Words['mapping']['settings'] = {
  channelField: { label: 'Channel field', hint: 'The field that says a document may be used in WeCom' },
  channelValues: { label: 'Channel values', hint: 'Taken when it holds one of them; one a line' },
  documentTypes: { label: 'Document types', hint: 'One a line; none means all types' },
  sendableStates: { label: 'States that may be sent', hint: 'As Vault shows them, one a line' },
  blockedStates: { label: 'States that end', hint: 'What is published ends for good in these; one a line' },
  titleField: { label: 'Title', hint: 'Where it is empty, the document name' },
  cardTitleField: { label: 'Card title', hint: 'Without it, the title' },
  cardDescField: { label: 'Card text', hint: 'Without it, the approval number' },
  approvalNumberField: { label: 'Approval number', hint: 'Without it, the document number' },
  productField: { label: 'Product field', hint: '' },
  products: { label: 'Products', hint: 'Value in Vault → product here' },
  marketField: { label: 'Market field', hint: '' },
  markets: { label: 'Markets', hint: 'Value in Vault → market code here' },
  languageField: { label: 'Language field', hint: '' },
  languages: { label: 'Languages', hint: 'Value in Vault → language here' },
  classField: { label: 'Class field', hint: '' },
  classes: { label: 'Classes', hint: 'Value in Vault → class here' },
  audienceField: { label: 'Audience field', hint: 'Without it, all specialties' },
  audiences: { label: 'Audiences', hint: 'Value in Vault → specialty here; empty means all' },
  effectiveField: { label: 'First day', hint: 'Without it, at once after approval' },
  expiryField: { label: 'Expiry date', hint: 'Nothing is published without one' },
  expiryInclusive: { label: 'The expiry date is still a day of use', hint: '' },
  withdrawalField: { label: 'Withdrawal date', hint: 'Withdrawn on that day' },
  rendition: { label: 'Which file', hint: 'Usually the viewable PDF' },
  protectedRendition: {
    label: 'Take the stamped file',
    hint: 'Switch it off where the stamp carries a date, or the file differs each time',
  },
  ways: { label: 'Sent as', hint: '' },
  signatureMeanings: {
    label: 'Meanings of signatures',
    hint: 'Meaning in Vault → step here; others are no approval',
  },
  approvers: { label: 'People who must sign', hint: 'Distinct people' },
  signatureDays: { label: 'Days a signature counts', hint: 'Empty means for ever' },
  brakePerMinute: { label: 'Most publications a minute', hint: 'Above it publishing waits for a compliance officer' },
}

const groups: Words['mapping']['groups'] = {
  which: 'Which documents',
  words: 'Words',
  match: 'Values',
  days: 'Dates',
  file: 'File and sending',
  guard: 'Signatures and brake',
}

const events: Record<string, string> = {
  'vault.synced': 'Everything compared with Vault',
  'vault.braked': 'Too many publications: stopped',
  'vault.brake_released': 'Publications released',
  'vault.mapping_changed': 'Field mapping changed',
  'vault.sync_asked': 'Asked for a check now',
}

const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`
const plain = (problem: string) =>
  vaultWords.problems[problem.split(' ')[0] as 'refused'] as (typeof vaultWords.problems)['refused'] | undefined // a problem of a newer server has none

export const vault: Words = {
  title: 'Veeva Vault',
  words: vaultWords,
  told: (reason) =>
    vaultWords.quarantined[reason as 'braked'] ??
    vaultWords.held[reason as 'is_binder'] ?? { word: reason, means: '', help: '' },
  places: { label: 'Veeva Vault', connection: 'Connection', mapping: 'Field mapping' },
  notConnected: 'Veeva Vault is not connected. Content is approved here.',
  connect: 'To connect it, set these environment variables on the server, restart the service and come back:',
  noMapping: 'Connected. No field mapping is set, so nothing is read yet.',
  setMapping: 'Set the field mapping',
  askAdmin: 'Ask a system administrator to set the field mapping.',
  fine: (at, ago) => `Connected. The last check ended at ${clock(at)} (${ago}).`,
  waitsFirst: 'The field mapping is set; the first check has not ended yet.',
  problem: (problem) => plain(problem) ?? { word: problem, means: '', help: '' },
  problemType: (problem) => {
    const [, type = ''] = problem.split(' ')
    const known = vaultWords.types[type]
    return known ? `${known} (${type})` : type
  },
  ofType: (type) => `: ${type}`,
  stale: (ago) => `The last check ended ${ago}; none has come since.`,
  staleHelp: 'There should be one a minute. Ask a system administrator whether the service runs as it should.',
  lastFine: (at) => (at ? `Last check that ended well: ${dayAndClock(at)}.` : 'No check has ended well yet.'),
  meanwhile: 'What is approved can still be sent; new pieces and withdrawals come once it works again.',
  ago: (seconds) => {
    if (seconds < 60) return `${count(Math.max(0, Math.round(seconds)), 'second')} ago`
    if (seconds < 3_600) return `${count(Math.round(seconds / 60), 'minute')} ago`
    return seconds < 172_800
      ? `${count(Math.round(seconds / 3_600), 'hour')} ago`
      : `${count(Math.round(seconds / 86_400), 'day')} ago`
  },
  facts: {
    host: 'Address',
    cursor: 'Changes read up to',
    next: 'Next check',
    full: 'Last full comparison',
    allowance: 'API allowance',
    proof: 'Longest unconfirmed',
  },
  vaultId: (id) => `vault ${id}`,
  vaultClock: 'Vault’s clock',
  never: 'not yet',
  now: 'checking now',
  within: 'within seconds',
  about: (at) => `about ${clock(at)}`,
  comparing: 'under way, in several parts',
  allowance: ({ most, left, restsUntil }) => {
    const rest = restsUntil ? `left alone until ${clock(restsUntil)}` : ''
    const calls = most === null || left === null ? '' : `${left} of ${most} calls left in 5 minutes`
    return [calls, rest].filter(Boolean).join(' · ') || 'not known yet'
  },
  numbers: {
    documents: 'documents taken',
    published: 'published',
    held: 'published, on hold',
    waiting: 'waiting',
    quarantined: 'in quarantine',
    ended: 'ended',
  },
  sync: 'Check now',
  syncTitle: 'Check everything with Vault now',
  syncMeans:
    'Reads all changes and compares every document; begins within seconds. It also tries to sign in again where that was stopped.',
  usualReason: 'checked by hand',
  syncing: {
    asked: 'Asked for; begins within seconds',
    running: 'Checking with Vault',
    comparing: 'Comparing every document with Vault; minutes where there are many',
    drawing: (many) => `Checked. Pages of ${count(many, 'document')} are being made; then they are published`,
    late: 'Not begun yet. Another check may be under way; refresh in a moment',
  },
  synced: (changes) => (changes.length > 0 ? `Checked: ${changes.join(', ')}` : 'Checked; nothing changed'),
  change: {
    published: (by) => (by > 0 ? `${by} published` : `${-by} fewer published`),
    held: (by) => (by > 0 ? `${by} put on hold` : `${-by} back`),
    ended: (by) => (by > 0 ? `${by} ended` : ''),
    quarantined: (by) => (by > 0 ? `${by} more in quarantine` : `${-by} fewer in quarantine`),
  },
  syncFailed: (word, help) => `The check did not end well: ${word}. ${help}`,
  brake: {
    title: 'Publishing is stopped and waits for release',
    what: (at, many, allowed) =>
      `At ${dayAndClock(at)}, ${many} documents came to be published within a minute; ${allowed} are allowed.`,
    means:
      'None of them is published. What is published can still be sent, and withdrawals and expiries in Vault still take effect.',
    help: 'Ask the Vault owner whether these approvals are real and the number is right. In doubt, do not release.',
    see: (many) => (many === 1 ? 'Look at the one stopped' : `Look at the ${many} stopped`),
    press: (many) => `Release ${many}`,
    releaseTitle: 'Release what was stopped',
    releaseMeans: (many) =>
      `Signatures and file of ${count(many, 'document')} are checked one by one: what is in order is published, the rest goes to quarantine. What is published can then only be withdrawn, in Vault or here.`,
    released: (many) => `${many} released; being checked one by one`,
    none: 'Somebody else released it already',
    who: 'A compliance officer releases it.',
  },
  quarantine: 'Quarantine',
  caption: (show) => `${shows[show]}, newest first`,
  filter: { show: 'Show', reason: 'Reason' },
  shows,
  allReasons: 'All reasons',
  search: 'Search by Vault document id',
  hint: 'Vault document id',
  column: { title: 'Document', version: 'Version', reason: 'Reason', since: 'Since', act: 'Needs' },
  document: (vaultId) => `Vault ${vaultId}`,
  noTitle: '(no title)',
  act: { person: 'A person', vault: 'Vault put right', released: 'Being checked', braked: 'Release' },
  none: 'Nothing is in quarantine',
  noHit: 'Nothing fits these filters',
  shown: (many, more) => (more ? `${many} shown, there are more` : `${many} in all`),
  keys: '/ search · ↑ ↓ rows · Enter unfold',
  expand: (about) => `Details: ${about}`,
  reloadFailed: 'Refresh failed; below is what was read before',
  moreFailed: 'The rest could not be read',
  happened: 'What happened',
  todo: 'What to do',
  compare: { what: 'What', expected: 'Should be', found: 'Is now', caption: 'What should be and what is' },
  nothing: 'nothing',
  what: (name) => {
    const [kind = '', about = ''] = name.split(':')
    if (kind === 'card') return `Card: ${cardFault(about)}`
    return compared[name] ?? wordingFields[name as 'title'] ?? name
  },
  after: (at) => `after ${day(new Date(at))}`,
  signature: (person, at) => `${person} · ${dayAndClock(at)}`,
  otherFields: 'not what was approved (only a fingerprint is kept, so which one is not known)',
  released: (person, reason) => `${person || 'Somebody'} released it; Vault is being asked again. Reason: ${reason}`,
  openPiece: 'Open the piece',
  release: 'Looked into it: release',
  lookAgain: 'Check again now',
  releaseTitle: 'Release and ask Vault again',
  lookTitle: 'Ask Vault again now',
  releaseMeans:
    'State, signatures and file are checked with Vault again. What still does not fit comes back here with its reason.',
  onlyOfficer: 'A compliance officer releases it.',
  reason: 'Reason (kept in the audit trail)',
  done: 'Released; Vault is being asked again',
  fault: {
    wrong_role: 'Your role may not do this; it may have just changed. Nothing was done',
    content_not_found: 'This version is no longer in quarantine',
    bad_request: 'Something is not of the right form. Nothing was done',
    no_answer: 'No answer from the service, so it is not known whether this was done. Refresh and look',
  },
  failed: 'The service has a problem, so it is not known whether this was done. Refresh and look',
  mapping: {
    title: 'Field mapping',
    means:
      'How documents in Vault are read. It holds for what comes after: what is published stays as it was, and is checked by the new mapping from the next check on.',
    readOnly: 'Only a system administrator can change it.',
    groups,
    settings,
    readFields: 'Read the fields from Vault',
    fieldsRead: (many) => `${count(many, 'field')} read; they are offered while you type`,
    from: (label, place) => `${label}: value in Vault ${place}`,
    to: (label, place) => `${label}: value here ${place}`,
    add: 'Add a line',
    remove: (label, place) => `Remove line ${place} of ${label}`,
    choose: 'Choose',
    nobody: 'no product',
    unlimited: 'all',
    inVault: 'Also in Vault: ',
    take: (value) => `Add ${value}`,
    try: 'Try it on Vault',
    trying: 'Reading the latest changes in Vault',
    tried: (looked, shown) =>
      looked === 0
        ? 'No documents were found in Vault'
        : `Of the ${count(looked, 'document')} changed last, ${shown} ${shown === 1 ? 'is' : 'are'} flagged for WeCom:`,
    noneTried: 'None is flagged for WeCom. Look at the channel field and its values.',
    verdict: { publish: 'Would be published', quarantine: 'Would be put aside', not_taken: 'Not taken' },
    unseen: 'signatures not looked at',
    triedColumn: { title: 'Document', version: 'Version', state: 'State in Vault', verdict: 'Result' },
    kept: 'Trying saves nothing and publishes nothing.',
    save: 'Save',
    saved: 'Saved; a check with the new mapping begins now',
    reason: 'Why it is changed (kept in the audit trail)',
    needReason: 'Write a few words why it is changed',
    faults: (many) => `${count(many, 'place')} to put right; nothing was saved`,
    vaultFault: (problem) =>
      `Not saved, Vault could not be asked: ${plain(problem)?.word ?? problem}. ${plain(problem)?.help ?? ''}`,
    triedFault: (problem) =>
      `Not tried, Vault could not be asked: ${plain(problem)?.word ?? problem}. ${plain(problem)?.help ?? ''}`,
    fault: (problem) => vaultWords.mapping[problem as 'bad_shape'] ?? problem,
    stale: (fields) =>
      `Somebody else just saved${fields ? `: ${fields}` : ''}. Your changes are still here; check and save again`,
    restored: 'Your unsaved changes are back',
    drop: 'Drop my changes',
    changed: (many) => `${count(many, 'change')} not saved`,
    same: 'No changes',
    trail: 'Who changed what',
    noTrail: 'Nothing on record yet',
    yes: 'yes',
    no: 'no',
  },
  event: (event) => events[event] ?? event,
  system: 'system',
  origin: {
    title: 'From Veeva Vault',
    document: 'Document in Vault',
    version: 'Version in Vault',
    unknown: 'It was changed in Vault since, and another piece took its place',
    proved: 'Last confirmed by Vault',
    newer: (version) => `Vault has a newer version ${version}`,
    newerWaits: 'It is on its way and takes over by itself.',
    newerHeld: (word) => `It is in quarantine: ${word}.`,
    held: (word) => `Cannot be sent now: ${word}`,
    see: 'Look into it',
  },
}

function cardFault(about: string): string {
  const [part = '', fault = ''] = /^(title|card_title|card_desc)_(.+)$/.exec(about)?.slice(1) ?? []
  const parts: Record<string, string> = { title: 'title', card_title: 'card title', card_desc: 'card text' }
  const faults: Record<string, string> = {
    missing: 'missing',
    too_long: 'too long',
    hidden_signs: 'has line breaks or invisible characters',
  }
  return part ? `${parts[part]} ${faults[fault] ?? fault}` : about
}
