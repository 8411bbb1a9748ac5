import { dayAndClock, ranges } from './format.ts'
import type { readers as chinese } from './readers.zh.ts'

const messageProblems: Record<string, string> = {
  left: 'the rep has left',
  unknown_member: 'WeCom knows no such member, or the app does not reach them',
  gave_up: 'WeCom did not take it for a day',
}
const doctors = (count: number): string => (count === 1 ? '1 doctor' : `${count} doctors`)
const reps = (count: number): string => (count === 1 ? '1 rep' : `${count} reps`)

export const readers: typeof chinese = {
  title: 'Readers',
  open: 'Readers and notices',
  back: 'Back to this piece',
  withdrawnAt: (at) => `Withdrawn ${dayAndClock(at)}`,
  supersededAt: (at) => `Superseded ${dayAndClock(at)}`,
  inForce: 'Still in force',
  reason: (reason) => `Reason: ${reason}`,
  sums: (count, reachable) =>
    count === reachable
      ? `${doctors(count)} opened it or received a copy, and a rep reaches each of them`
      : `${doctors(count)} opened it or received a copy. No rep reaches ${count - reachable} of them any more`,
  nobodyRead: 'No doctor opened it or received a copy.',
  inFlight: 'Being sent at the withdrawal',
  inFlightMeans: 'These were allowed just before, so the withdrawal could not stop them. What became of them:',
  noInFlight: 'Nothing was being sent at the withdrawal.',
  sending: { doctor: 'Doctor', rep: 'Rep', way: 'Way', at: 'Allowed at', became: 'Became' },
  noDoctor: 'not matched',
  tell: 'Tell them',
  tellMeans:
    'Nothing reaches a doctor from here: their reps are asked to send each of them the piece below, and every send is checked as always.',
  notice: 'Piece to send',
  chooseNotice: 'Choose',
  successor: 'successor',
  noNotices: 'There is no approved piece to send. Have the new version or a correction approved, then come back.',
  preview: (count, some) => `${reps(some)} will be asked to tell ${doctors(count)}`,
  already: (count) => `${count} already asked for, not asked again`,
  unreachable: (count) => `No rep reaches ${doctors(count)}: find another way`,
  nobodyLeft: 'Everybody who can be asked has been asked.',
  message: (rep) => `Reps get an app message like this one for ${rep}:`,
  ask: (count) => `Ask reps to tell ${doctors(count)}`,
  asked: (count, some) => `${reps(some)} asked to tell ${doctors(count)}. Messages are on their way`,
  notAsked: 'Not asked: ',
  progress: 'Progress',
  told: (sent, of) => `Sent to ${sent} of ${doctors(of)}`,
  waiting: (count) => (count === 1 ? '1 app message on its way' : `${count} app messages on their way`),
  progressLabel: 'Doctors it was sent to',
  asking: { rep: 'Rep', notice: 'Piece', at: 'Asked at', message: 'App message', sent: 'Sent / doctors' },
  messages: { waiting: 'On its way', told: 'Taken by WeCom', failed: 'Not delivered' },
  messageProblem: (code) => messageProblems[code] ?? code,
  noneAsked: 'No rep has been asked yet.',
  list: 'Readers',
  export: 'Export CSV',
  column: {
    doctor: 'Doctor',
    hospital: 'Hospital',
    read: 'How',
    pages: 'Pages read',
    sentBy: 'Sent by',
    rep: 'Rep who can tell',
    notice: 'Notice',
  },
  how: { opened: 'opened it', received: 'received a copy' },
  at: (at) => dayAndClock(at),
  pages: (pages, of) => (pages.length === 0 ? '-' : `${ranges(pages).join(', ')} (${pages.length}/${of})`),
  nobody: 'no rep reaches them',
  notTold: 'not asked yet',
  standing: { to_send: 'not yet sent', sent: 'sent', unknown: 'outcome unknown' },
  sentBy: (rep, at) => `${rep} ${dayAndClock(at)}`,
  askedOf: (rep, notice) => `${rep} asked to send “${notice}”`,
  caption: 'Doctors who read this version, first readers first',
  none: 'No doctor read it',
  shown: (count, more) => (more ? `${count} shown, there are more` : `${count} in all`),
  more: 'More',
  reloadFailed: 'Not refreshed. Below is what was read before',
  moreFailed: 'The next ones could not be read',
  onlyOfficer: 'Only the compliance officer sees readers. Each look is on record.',
}
