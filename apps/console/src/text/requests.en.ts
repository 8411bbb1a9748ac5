import { dayAndClock } from './format.ts'
import type { RequestsText } from './requests.zh.ts'

/** The same in English. */
export const requests: RequestsText = {
  title: 'Requests of doctors',
  show: 'Show',
  shows: { waiting: 'Waiting', all: 'All' },
  kinds: { erasure: 'Erasure', complaint: 'Complaint' },
  life: (kind, life) =>
    life === 'waiting' ? 'Waiting' : kind === 'complaint' ? 'Answered' : life === 'done' ? 'Erased' : 'Not erased',
  column: { receipt: 'Number', filed: 'Filed (+08:00)', kind: 'About', doctor: 'Doctor', life: 'State' },
  caption: 'What doctors asked for on their own page, newest first',
  nobody: 'A contact not matched yet',
  none: { waiting: 'Nothing is waiting', all: 'No doctor has asked for anything yet' },
  shown: (count, more) => (more ? `${count} shown, there are more` : `${count} in all`),
  keys: '↑ ↓ move · Enter opens',
  reloadFailed: 'Not refreshed; this is what was read before',
  moreFailed: 'The rest could not be read',
  open: (receipt) => `Open ${receipt}`,
  close: 'Close',
  said: 'What the doctor wrote',
  erasureMeans:
    'Goes: WeChat nickname, remarks of reps, settings, reading record. Stays: sends, each consent with its proof, and reports of adverse reactions under the doctor’s name, for up to 10 years by law, for verification and safety only. Every consent was withdrawn when the doctor asked.',
  erased: ({ contacts, remarks, wishes, pagesRead }) =>
    `Erased: nicknames of ${contacts} contacts, ${remarks} remarks, ${wishes} settings, ${pagesRead} reading records.`,
  kept: ({ sends, consents, papers, safetyReports }) =>
    `Kept by law: ${sends} sends, ${consents} consents and withdrawals, ${papers} papers, ${safetyReports} adverse reaction reports.`,
  answer: 'Answer to the doctor',
  answerHint: 'The doctor reads it on their own page; it is in the audit trail too.',
  typed: 'What you wrote is still here.',
  notDecided: 'Not decided; nothing was changed.',
  already: (by, at) => `${by} decided it at ${dayAndClock(at)}; your answer was not given.`,
  decided: (by, at) => `${by} · ${dayAndClock(at)}`,
  erase: 'Erase and answer',
  refuse: 'Do not erase, say why',
  reply: 'Answer',
  done: 'Decided; the doctor can read the answer',
}
