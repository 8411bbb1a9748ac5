import type { notices as zh } from './notices.zh.ts'

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const paces: typeof zh.paces = { now: 'At once', daily: 'In a summary at 8:30', off: 'Not at all' }

/** How somebody is told by app messages, in English. */
export const notices: typeof zh = {
  title: 'App messages',
  lead: 'These come to your WeCom. Several of a kind are one message; what cannot wait comes by itself.',
  views: 'Messages',
  mine: 'My messages',
  failed: 'Not delivered',
  back: 'Home',
  quiet: (from, until) =>
    from === until
      ? 'The company has no quiet hours; messages come at any time.'
      : `In quiet hours, ${clockOf(from)}–${clockOf(until)}, nothing is sent; it comes a few minutes later. Kinds marked “also at night” do not wait.`,
  atNight: 'Also at night',
  paces,
  choiceOf: (kind) => `${kind}: how to be told`,
  saved: (kind, pace) => `Saved: ${kind}, ${paces[pace].toLowerCase()}`,
  notSaved: 'Not saved; the choice is as it was. Try again',
  none: 'Your role gets none of these messages',
  column: { kind: 'Message', to: 'To', owed: 'Owed since (+08:00)', problem: 'Why it did not arrive', again: 'Again' },
  caption: 'App messages that did not arrive, newest first',
  noneFailed: 'Every app message arrived',
  shown: (count, more) => (more ? `${count} shown, there are more` : `${count} in all`),
  keys: '↑ ↓ rows',
  reloadFailed: 'Could not be refreshed; below is what was read before',
  moreFailed: 'The rest could not be read',
  problems: {
    left: 'Left the company; not sent again',
    unknown_member: 'WeCom does not know this member, or the app is not visible to them',
    gave_up: 'Tried for many hours; WeCom never took it',
  },
  tries: (count) => `${count} tries`,
  send: 'Send again',
  sendOf: (kind, to) => `Send again: ${kind}, to ${to}`,
  sent: {
    owed: (to) => `In the queue again; it goes to ${to} within seconds`,
    already: () => 'It is on its way, or has arrived',
    left: (to) => `${to} has left; nothing was sent`,
  },
  notSent: 'Not queued again. Try once more',
  privacy: 'The words of a message are not shown here: they may name a doctor, and sending again needs none of them.',
}
