import { dayAndClock } from './format.ts'
import type { SafetyText } from './safety.zh.ts'

const left = (ms: number): string => {
  const minutes = Math.ceil(Math.abs(ms) / 60_000)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

/** Reports of adverse reactions, in English. */
export const safety: SafetyText = {
  title: 'Adverse reactions',
  show: 'Show',
  shows: { open: 'To acknowledge', all: 'All' },
  column: {
    receipt: 'Receipt',
    arrived: 'Arrived (+08:00)',
    level: 'Seriousness',
    product: 'Medicine',
    owner: 'In charge',
    acknowledge: 'Acknowledge within 24 h',
    authority: 'Authority by',
  },
  caption: (open) => (open ? 'Reports to acknowledge, oldest first' : 'All reports, newest first'),
  none: { open: 'Nothing to acknowledge', all: 'No report yet' },
  shown: (count, more) => (more ? `${count} shown, there are more` : `${count} in all, this is the end`),
  keys: '↑ ↓ rows · Enter opens',
  reloadFailed: 'Not refreshed; this is what was read before',
  moreFailed: 'Further reports were not read',
  level: (level) => ({ serious: 'Serious', not_serious: 'Not serious', unknown: 'To be judged' })[level],
  nobody: 'Nobody yet',
  acknowledged: (at) => `Acknowledged ${dayAndClock(at)}`,
  left: (ms) => (ms >= 0 ? `${left(ms)} left` : `${left(ms)} late`),
  back: 'Back to the list',
  notFound: 'No such report',
  report: 'Report',
  happened: 'What happened',
  occurred: 'When',
  contact: 'How to reach them',
  reporter: 'Reporter',
  reporters: { addressee: 'the doctor the piece was sent to', contact: 'another contact', none: 'not named' },
  piece: 'Reported from',
  pieceOf: (title, version, rep) => `“${title}” v${version}${rep ? `, sent by ${rep}` : ''}`,
  empty: 'Not filled in',
  clock: 'Clock',
  aware: 'Company aware (arrival)',
  viewed: 'First looked at',
  acknowledgeBy: 'Acknowledge by',
  reportBy: 'Authority by',
  steps: 'What happened since',
  step: (step) =>
    ({
      viewed: 'First looked at',
      acknowledged: 'Acknowledged',
      handed_over: 'Handed over',
      reminded: 'Reminded',
      escalated: 'Over 24 hours: everybody in charge told',
    })[step],
  by: (name) => `by ${name}`,
  to: (name) => `to ${name}`,
  acknowledge: 'Acknowledge',
  handOver: 'Hand over',
  toWhom: 'To whom',
  choose: 'Choose',
  reason: 'Reason',
  reasonHint: 'At least 3 characters',
  done: { acknowledge: 'Acknowledged', handOver: 'Handed over; they are told', save: 'Saved' },
  rule: 'Who is told first, and by when',
  owner: 'Told first',
  everyOfficer: 'every compliance officer',
  seriousDays: 'Serious (days)',
  otherDays: 'Not serious (days)',
  save: 'Save',
  ruleSays: (owner, serious, other) =>
    `Told first: ${owner}. Authority: serious or not judged ${serious} days, not serious ${other} days, from arrival.`,
}
