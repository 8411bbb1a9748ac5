import type { BulkAct } from '../api.ts'
import type { bulk as chinese } from './bulk.zh.ts'

const done: Record<BulkAct, string> = { submit: 'submitted', withdraw: 'withdrawn' }
const problems: Record<string, string> = {
  stale_revision: 'It was written on after this began, so it was not submitted. Look at it, then submit it',
  internal: 'A fault of the service; nothing was done with this one. Try again',
}
const pieces = (count: number): string => (count === 1 ? '1 piece' : `${count} pieces`)

export const bulk: typeof chinese = {
  choose: (title, version) => `Choose ${title} v${version}`,
  column: 'Choose',
  keys: 'Space choose · Shift a range',
  all: (count) => `All ${count} shown`,
  bar: 'With many pieces',
  chosen: (count) => (count === 0 ? 'None chosen' : `${count} chosen`),
  clear: 'Choose none',
  tooMany: (most) => `${most} at a time at most`,
  act: { submit: 'Submit', withdraw: 'Withdraw' },
  sheet: {
    submit: (count) => `Submit ${pieces(count)} for review`,
    withdraw: (count) => `Withdraw ${pieces(count)}`,
  },
  others: (count) => `The other ${count} chosen cannot be done now and stay as they are.`,
  submitMeans:
    'Each draft goes to review as it stands now; after that not a word changes. What is not fit is left, with the reason.',
  withdrawMeans:
    'One after another, each on record by itself. Together they name no successor: to name one, open that piece and withdraw it there.',
  inFlight: 'sends under way that cannot be stopped',
  pieces: 'Which pieces',
  title: { submit: 'Submit many for review', withdraw: 'Withdraw many' },
  reason: (reason) => `Reason: ${reason}`,
  progress: (settled, all) => `Under way, ${settled} of ${all} settled`,
  progressLabel: 'Progress',
  over: (stage, act, { did, not, left }) =>
    [
      `${stage === 'stopped' ? 'Stopped' : 'All settled'}: ${did} ${done[act]}`,
      ...(not > 0 ? [`${not} not done, the reasons are below`] : []),
      ...(left > 0 ? [`${left} not begun`] : []),
    ].join(', '),
  stop: 'Stop',
  stopMeans: 'What has not had its turn stays undone; what is done stays done.',
  notStopped: 'Not stopped: ',
  notRead: 'The progress could not be read, trying again: ',
  outcome: (outcome, act, stage) => {
    if (outcome === 'done') return act === 'submit' ? 'Submitted' : 'Withdrawn'
    if (outcome === 'waiting') return stage === 'running' ? 'Waiting' : 'Not begun'
    return 'Not done'
  },
  problem: (code) => problems[code],
  row: { title: 'Title', outcome: 'Result', why: 'Why' },
  caption: 'What became of each piece',
  table: {
    export: 'Export CSV',
    exportFailed: 'Not exported: ',
    exported: (rows, cut) => (cut ? `First ${rows} rows exported; narrow the filters` : `${rows} rows exported`),
  },
  notFound: 'There is no such thing under way, or somebody else began it',
}
