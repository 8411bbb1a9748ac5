import type { home as zh } from './home.zh.ts'
import { clock, day, dayAndClock } from './format.ts'

const many = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`

const span = (ms: number): string => {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 1) return 'a moment'
  if (minutes < 60) return many(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? many(hours, 'hour') : many(Math.floor(hours / 24), 'day')
}

/** What waits for whoever works here, in English. */
export const home: typeof zh = {
  title: (name) => `Hello, ${name}`,
  lead: (count, pressing) =>
    `${many(count, 'thing waits', 'things wait')} for you${pressing > 0 ? `, ${pressing} of them pressing` : ''}`,
  read: (at) => `Read at ${clock(at)}`,
  refresh: 'Refresh',
  refreshing: 'Refreshing',
  stale: 'Could not be refreshed; below is what was read before',
  newer: 'Something changed, show it',
  paused: 'Nothing was touched for a while, so this no longer refreshes by itself',
  parts: {
    safety: { title: 'Adverse reactions to acknowledge', all: 'All open reports' },
    review: { title: 'Pieces that wait for your signature', all: 'All that wait for me' },
    returned: { title: 'Pieces sent back to you', all: 'All that were sent back' },
    expiring: { title: 'Pieces that end within 30 days', all: 'All about to end' },
    requests: { title: 'Requests of doctors to answer', all: 'All requests' },
    papers: { title: 'Paper consents to confirm', all: 'All paper consents' },
    consent_texts: { title: 'Consent texts that wait for your signature', all: 'All consent texts' },
    policy_change: { title: 'A change of the sending rules waits for you', all: 'See the sending rules' },
    welcome_change: { title: 'A change of the welcome waits for you', all: 'See the welcome' },
    role_changes: { title: 'Roles of colleagues that wait for you', all: 'All roles that wait' },
    matches: { title: 'Matches to look at again', all: 'All matches' },
    account_changes: { title: 'Requests about the list of doctors', all: 'All requests' },
    unmatched: {
      title: 'Contacts matched to no doctor',
      all: '',
      help: 'Reps match them in the sidebar of the chat; here they are listed by rep. Until then nothing can be sent.',
    },
    unknown_sends: {
      title: 'Sends without a known result',
      all: 'All without a known result',
      help: 'Of the last 7 days, and nobody has said what became of them. The rep looks into the chat and says so under History in the sidebar.',
    },
    vault_braked: { title: 'Publishing from Vault stands still', all: 'See Veeva Vault' },
    vault_quarantine: { title: 'Put aside by Vault', all: 'All that was put aside' },
    checks: { title: 'System checks that fail', all: 'Open the system check' },
    notices: { title: 'App messages that did not arrive', all: 'All that did not arrive' },
  },
  count: (count, more) => (more ? `${count}+` : String(count)),
  items: (count, more) => `${count}${more ? ' or more' : ''} ${count === 1 && !more ? 'item' : 'items'}`,
  oldest: (ms) => (ms < 60_000 ? 'just arrived' : `the oldest has waited ${span(ms)}`),
  within: (days) => (days === 1 ? 'due within 24 hours' : `due within ${days} days`),
  late: (count) => `${count} overdue`,
  endsSoon: (count) => `${many(count, 'ends', 'end')} within 3 days`,
  faults: (count) => many(count, 'fault'),
  waits: (ms) => (ms < 60_000 ? 'just now' : `${span(ms)} ago`),
  endsIn: (ms) => `ends in ${ms < 86_400_000 ? span(ms) : many(Math.ceil(ms / 86_400_000), 'day')}`,
  overdue: (ms) => `overdue by ${span(ms)}`,
  ends: (at) => `until ${dayAndClock(at)}`,
  contacts: (count) => many(count, 'contact'),
  by: (name) => name,
  failed: 'This part could not be read; the others stand',
  retry: 'Retry',
  none: 'Nothing waits for you',
  noneMeans: 'New things appear here by themselves; what presses also comes to your WeCom.',
  noRole: 'Your role has no to-dos. What you need is in the places above.',
  notices: 'App messages',
  numbers: {
    title: 'The last 30 days',
    days: (from, until) => `${from} to ${until} (Shanghai)`,
    until: (at) => `Counted until ${dayAndClock(at)}`,
    none: 'Nothing was counted yet',
    failed: 'The figures could not be read; the to-dos stand',
    passed: 'Sends that were allowed',
    passedMeans:
      'They passed every rule. The classes below add up to this and do not overlap; no two are called “sent” together.',
    refused: 'Attempts that were blocked',
    refusedMeans: 'At least one rule did not allow it at that moment. Nothing went out.',
    opened: 'Links opened by the doctor',
    openedMeans: 'Links opened by the addressee / links that were allowed.',
    agreed: 'Invitations to consent',
    agreedMeans: 'Agreed / declined / invited.',
    of: (part, whole) => `${part} / ${whole}`,
    three: (yes, no, asked) => `${yes} / ${no} / ${asked}`,
    classes: {
      proven: { name: 'Proved by the archive', means: 'the archive of chats holds the message' },
      opened: { name: 'Opened by the doctor', means: 'no archive, but the addressee opened the link' },
      client: { name: 'Told by the client', means: 'the WeCom client alone said it was handed over' },
      unknown: { name: 'Result unknown', means: 'nothing was told; it counts as sent' },
      cancelled: { name: 'Cancelled', means: 'the rep cancelled; nothing went out' },
      failed: { name: 'Not sent', means: 'WeCom did not take it' },
      not_sent: { name: 'Proved not sent', means: 'absent from the archive, or settled as not sent' },
      exception: { name: 'In contradiction', means: 'facts contradict; a person has to settle it' },
      open: { name: 'Still waiting', means: 'allowed a moment ago, its time is not over' },
    },
    territory: 'your territories alone',
  },
  day,
}
