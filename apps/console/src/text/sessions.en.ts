import type { SessionsText } from './sessions.zh.ts'

/** Where people are signed in, in English. */
export const sessions: SessionsText = {
  title: 'Sign-ins',
  means:
    'Where you are signed in now. End what you do not know at once; a sign-in ends by itself after 30 minutes without use or 8 hours. Only the kind of device is kept, no network address.',
  whose: 'Show',
  shows: { mine: 'Mine', all: 'Everybody' },
  search: 'Search names',
  hint: 'Part of a name',
  clear: 'Clear',
  caption: (all) => (all ? 'Where everybody is signed in, newest first' : 'Where I am signed in, newest first'),
  column: {
    person: 'Name',
    face: 'Signed in to',
    device: 'Device',
    way: 'Way',
    signedIn: 'Since (+08:00)',
    seen: 'Last used',
    act: 'Step',
  },
  face: { rep: 'Sidebar', console: 'Console' },
  way: { wecom: 'WeCom', local: 'Local administrator' },
  device: {
    '': 'Unknown',
    computer: 'Browser on a computer',
    phone: 'Browser on a phone',
    wecom_computer: 'WeCom on a computer',
    wecom_phone: 'WeCom on a phone',
  },
  here: 'This one',
  end: 'End',
  endOne: (person, device) => `End the sign-in of ${person}: ${device}`,
  endAll: (person) => `End all sign-ins of ${person}`,
  endMine: 'End my sign-ins elsewhere',
  endMeans: 'It takes effect within two seconds; what was not saved is lost. The audit trail keeps the reason.',
  press: 'End sign-in',
  ended: (count) => (count === 0 ? 'It had ended before' : `${count} ended`),
  list: {
    none: 'Nobody is signed in',
    more: 'More',
    keys: '',
    reloadFailed: 'The list was not refreshed; below is what was read before',
    moreFailed: 'The rest of the list could not be read',
  },
  shown: (count, more) => (more ? `${count} shown, there are more` : `${count} in all, that is the end`),
  refresh: 'Refresh',
}
