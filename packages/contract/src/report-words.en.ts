import type { ReportWords } from './report-words.ts'

/** Every number of the reports and what it means, in English. */
export const reportWordsEn: ReportWords = {
  kinds: {
    sends: {
      word: 'Sends by outcome',
      means:
        'Every send that passed the checks is in one column, by who vouches for it. No columns may be added up as “sent”. Invitations to consent are not included.',
    },
    refusals: {
      word: 'Blocked attempts',
      means:
        'Attempts that the rules blocked before anything was sent, and why. One attempt may have several reasons, so columns may add up to more. Invitations to consent are not included.',
    },
    reading: {
      word: 'Opening and reading',
      means:
        'Whether links were opened by the doctor they were for, and how far they were read. Reading is counted only of doctors who agree to its record; after a withdrawal also the past is left out.',
    },
    asks: {
      word: 'Invitations to consent',
      means: 'What doctors answered and how soon, on the day of the last invitation before the answer.',
    },
    standing: {
      word: 'Consent now',
      means:
        'Where every active doctor stands on receiving material at this moment, each in one column. The period does not matter.',
    },
    coverage: {
      word: 'Coverage',
      means:
        'Of active doctors, how many agreed and how many were reached in the period. Each is in one column, by the strongest evidence.',
    },
    pressure: {
      word: 'Sends per doctor',
      means: 'How many doctors had how many sends counting towards the limit in a month. Whole Shanghai months.',
    },
    contacted: {
      word: 'Ten most contacted',
      means: 'The ten doctors with most sends counting towards the limit in the period.',
    },
  },
  by: {
    week: 'Week',
    product: 'Product',
    document: 'Material',
    version: 'Version',
    rep: 'Rep',
    hospital: 'Hospital',
    specialty: 'Specialty',
    territory: 'Territory',
  },
  columns: {
    passed: {
      word: 'Passed checks',
      means: 'Released to a rep after all rules; the sum of the columns that follow, not a number of arrivals.',
    },
    'is:proven': { word: 'Proven', means: 'The chat archive holds the message, also when it was recalled later.' },
    'is:opened': { word: 'Opened by doctor', means: 'Not in the archive, but the addressed doctor opened the link.' },
    'is:client': { word: 'Client only', means: 'Only the rep’s WeCom says it accepted it; no other evidence.' },
    'is:unknown': { word: 'Unknown', means: 'No result by the deadline, also where there is only the rep’s own word.' },
    'is:cancelled': { word: 'Cancelled', means: 'The rep’s WeCom says it was cancelled.' },
    'is:failed': { word: 'Client failed', means: 'The rep’s WeCom says it did not accept it.' },
    'is:not_sent': { word: 'Proven not sent', means: 'The archive is complete without it, or compliance ruled so.' },
    'is:exception': { word: 'Exceptions', means: 'Contradicting reports, or ruled as sent by compliance.' },
    'is:open': { word: 'Pending', means: 'Just released, the deadline has not passed.' },
    refused: { word: 'Blocked', means: 'Blocked by the rules before sending; nothing left and no limit was used.' },
    link: { word: 'Links', means: 'Sends that passed as link cards; opening a file or picture cannot be seen.' },
    opened: { word: 'Opened', means: 'Of these, opened by the addressed doctor; others and previews do not count.' },
    opened_rate: { word: 'Open rate', means: 'Opened ÷ links.' },
    open_median: {
      word: 'Median to open',
      means: 'Half of the openings came within this time of release; estimated from ranges.',
    },
    read: {
      word: 'With reading record',
      means: 'Of those opened: the doctor agrees to the reading record and at least one page was recorded.',
    },
    read_all: { word: 'Read through', means: 'Of those with a reading record, every page was seen.' },
    read_share: { word: 'Mean share read', means: 'Mean share of pages seen, of those with a reading record.' },
    read_median: {
      word: 'Median reading',
      means: 'Half were before the doctor’s eyes at most this long; estimated from ranges.',
    },
    read_p90: {
      word: 'P90 reading',
      means: 'Nine of ten were before the doctor’s eyes at most this long; estimated from ranges.',
    },
    ask: {
      word: 'Invitations',
      means: 'Invitations to consent; those that never left by the client’s word are not included.',
    },
    ask_yes: { word: 'Agreed', means: 'The doctor’s first word after it, before another invitation, was yes.' },
    ask_no: {
      word: 'Did not agree',
      means: 'The doctor’s first word after it, before another invitation, was no or a withdrawal.',
    },
    ask_open: { word: 'No answer', means: 'Nothing said yet, or another invitation came first.' },
    agreed_rate: { word: 'Consent rate', means: 'Agreed ÷ invitations.' },
    wait_median: {
      word: 'Median to answer',
      means: 'Half of the answers came within this time; estimated from ranges.',
    },
    wait_p90: { word: 'P90 to answer', means: 'Nine of ten answers came within this time; estimated from ranges.' },
    ask_unsent: { word: 'Not sent', means: 'Passed the checks, but cancelled, failed or proven not sent.' },
    ask_refused: { word: 'Blocked', means: 'Invitations that the rules blocked.' },
    doctors: { word: 'Doctors', means: 'Active records of doctors; merged ones are not counted.' },
    never: { word: 'Never asked', means: 'Said nothing and was never invited.' },
    invited: { word: 'Asked', means: 'Invited, nothing said yet.' },
    opted_in: { word: 'Agreed', means: 'A consent in force.' },
    outdated: {
      word: 'To reconfirm',
      means: 'Agreed to an older text; the new one is not confirmed, so nothing may be sent.',
    },
    expired: { word: 'Expired', means: 'Agreed, but the consent ran out.' },
    declined: { word: 'Declined', means: 'Was asked and declined.' },
    withdrawn: { word: 'Withdrawn', means: 'Agreed and withdrew later.' },
    reached_proven: { word: 'Proven', means: 'At least one send in the period is proven by the archive.' },
    reached_opened: { word: 'Opened', means: 'None proven, but the doctor opened at least one.' },
    reached_client: { word: 'Client only', means: 'Only the rep’s WeCom says it accepted one.' },
    reached_none: { word: 'No evidence', means: 'Nothing in the period says that anything arrived.' },
    counted: {
      word: 'Counted sends',
      means: 'Counted as the sending limit counts; what is proven not sent is left out.',
    },
  },
  month: (name) => ({ word: name, means: `Doctors with as many counted sends as the row says in all of ${name}.` }),
  reason: (word) => ({ word, means: `Blocked attempts with “${word}” among their reasons.` }),
  notes: {
    few: 'Reading figures about fewer than 5 doctors are not shown, so that nobody can be recognised; where they could be worked out, the smallest other group is not shown either.',
    honest:
      'What becomes known later, such as an old link being opened, changes the day of the send, so past figures change.',
    doctors: 'Doctors count under their present hospital, specialty and territory; merged records are one person.',
    period: (from, until) => `${from} to ${until} (Shanghai days, both included)`,
  },
  total: 'Total',
  none: 'None',
  units: { percent: '%', seconds: 's', minutes: 'min' },
}
