import type { BulkAct } from '../api.ts'
import type { bulk as chinese } from './bulk.zh.ts'

const done: Record<BulkAct, string> = { submit: 'submitted', withdraw: 'withdrawn', tag: 'tagged' }
const did: Record<BulkAct, string> = { submit: 'Submitted', withdraw: 'Withdrawn', tag: 'Tags changed' }
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
  act: { submit: 'Submit', withdraw: 'Withdraw', tag: 'Change tags' },
  sheet: {
    submit: (count) => `Submit ${pieces(count)} for review`,
    withdraw: (count) => `Withdraw ${pieces(count)}`,
    tag: (count) => `Change the tags of ${pieces(count)}`,
  },
  others: (count) => `The other ${count} chosen cannot be done now and stay as they are.`,
  submitMeans:
    'Each draft goes to review as it stands now; after that not a word changes. What is not fit is left, with the reason.',
  withdrawMeans:
    'One after another, each on record by itself. Together they name no successor: to name one, open that piece and withdraw it there.',
  inFlight: 'sends under way that cannot be stopped',
  pieces: 'Which pieces',
  title: { submit: 'Submit many for review', withdraw: 'Withdraw many', tag: 'Change the tags of many' },
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
  outcome: ({ outcome, tags }, act, stage) => {
    if (outcome === 'done') return act === 'tag' && !tags ? 'As asked already' : did[act]
    if (outcome === 'waiting') return stage === 'running' ? 'Waiting' : 'Not begun'
    return 'Not done'
  },
  problem: (code) => problems[code],
  row: (act) => ({ title: 'Title', outcome: 'Result', why: act === 'tag' ? 'Tags, or why not' : 'Why' }),
  tags: {
    add: 'Tags to add',
    hint: 'Choose one in use, or type; Enter adds it',
    adds: (count, had) => (had > 0 ? `to ${pieces(count)}; ${had} more have it` : `to ${pieces(count)}`),
    drop: (tag) => `Do not add ${tag}`,
    dropShort: 'Do not add',
    remove: 'Tags to take away',
    held: (count) => `on ${count}`,
    none: 'There is no tag to take away',
    means:
      'Tags are for finding and no part of what is signed: what is approved can be tagged too. Every change is on record.',
    asked: (add, remove) =>
      [
        ...(add.length > 0 ? [`Added: ${add.join(' · ')}`] : []),
        ...(remove.length > 0 ? [`Taken away: ${remove.join(' · ')}`] : []),
      ].join('; '),
    changed: (before, after) => `${before.join(' · ') || 'none'} → ${after.join(' · ') || 'none'}`,
    takeBack: (count) => `Take back on ${pieces(count)}`,
    takeBackMeans: 'What was tagged otherwise since stays as it is.',
    notTakenBack: 'Not begun: ',
    undoing: 'Take a change of tags back',
    undone: 'See what is taken back',
  },
  caption: 'What became of each piece',
  table: {
    export: 'Export CSV',
    exportFailed: 'Not exported: ',
    exported: (rows, cut) => (cut ? `First ${rows} rows exported; narrow the filters` : `${rows} rows exported`),
  },
  notFound: 'There is no such thing under way, or somebody else began it',
}
