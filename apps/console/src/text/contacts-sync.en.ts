import type { ContactsSyncText, Repair, SyncRun } from './contacts-sync.zh.ts'
import { dayAndClock } from './format.ts'

const stages: Record<SyncRun['stage'], string> = {
  reading: 'Reading',
  ending: 'Checking what is missing',
  done: 'Done',
  stopped: 'Stopped, a person has to look',
  failed: 'Not finished',
}
const kinds: Record<SyncRun['kind'], string> = { first: 'First', scheduled: 'Scheduled', asked: 'Asked for' }
const whats: Record<Repair['what'], string> = {
  begun: 'Relation added',
  whole: 'One-way became mutual',
  ended: 'Relation ended',
  remark: 'Remark updated',
  nickname: 'Nickname updated',
}
const standings: Record<string, string> = {
  none: 'Not recorded',
  following: 'Connected',
  half: 'One-way, rep has to confirm',
  ended: 'Ended',
  not_listed: 'Ended: WeCom no longer lists it',
  handed_over: 'Ended: handed over to a colleague',
  rep_left: 'Ended: the rep left the company',
  rep_deleted: 'Ended: the rep deleted the doctor',
  hcp_deleted: 'Ended: the doctor deleted the rep',
}
const waits: Record<string, string> = {
  wecom_unavailable: 'WeCom does not answer for now; it goes on by itself when WeCom does',
  took_too_long: 'Given up after 20 hours; the next one begins anew',
}

/** The reading of all relations from WeCom, in English. */
export const contactsSync: ContactsSyncText = {
  title: 'Contact sync',
  lead: 'Once an hour all customer relations are read from WeCom, to make good for change messages that got lost. Before a relation is ended, WeCom is asked about it alone.',
  run: 'Which one',
  all: 'All',
  option: ({ startedAt, stage }) => `${dayAndClock(startedAt)} ${stages[stage]}`,
  last: 'Latest',
  noRun: 'No sync yet. Once WeCom is set up, the first begins by itself seconds after the server starts.',
  stage: (stage) => stages[stage],
  kind: (kind) => kinds[kind],
  fact: {
    startedAt: 'Began (+08:00)',
    endedAt: 'Ended (+08:00)',
    askedBy: 'Asked for by',
    reps: 'Reps read',
    seen: 'Relations read',
    begun: 'Added',
    changed: 'Remarks or nicknames updated',
    ended: 'Ended',
    confirmed: 'Not listed, but there when asked alone',
    strangers: 'Members not on our list',
  },
  of: (done, all) => `${done} / ${all}`,
  skipped: (count) => `${count} more could not be read; their relations stay as they are`,
  progress: 'Reading progress',
  reading: (seen, reps, of) => `${seen} relations so far, ${reps} of ${of} reps read to the end`,
  checked: (done, all) => `${done} / ${all} checked`,
  problem: (code) => waits[code] ?? 'A fault inside the service; it goes on by itself',
  tooMany: (missing, known) =>
    `Of ${known} relations we know, WeCom did not list ${missing}, which is more than 5%. None was ended. First make sure that the app’s visible range and its customer-contact permission are as they were. If they should end, sync again and tick “Allow many relations to end”.`,
  start: 'Sync now',
  starting: 'Starting',
  reason: 'Why now (at least 3 characters)',
  endMany: 'Allow many relations to end (more than 5%)',
  endManyHint: 'Only after you checked, e.g. when a whole team left. WeCom is still asked about each before it ends.',
  close: 'Close',
  notStarted: 'Not started. What you wrote is still here; try again.',
  started: 'Started; progress shows in a few seconds.',
  running: 'One is going on already; no other was started.',
  repairs: 'What was repaired',
  caption: (one) => (one ? 'Repairs of this sync, newest first' : 'All repairs, newest first'),
  column: { at: 'Time (+08:00)', what: 'Repair', rep: 'Rep', contact: 'Contact', was: 'Was', isNow: 'Is now' },
  what: (what) => whats[what],
  standing: ({ what }, word) =>
    what === 'remark' || what === 'nickname' ? word || '(empty)' : (standings[word] ?? word),
  nameless: 'No nickname',
  none: 'Nothing to repair: our records and WeCom agree.',
  shown: (count, more) => (more ? `${count} shown, there are more` : `${count} in all, this is the end`),
  keys: '',
  reloadFailed: 'Not refreshed; this is what was read before',
  runsFailed: 'How the syncs went was not read.',
  moreFailed: 'Further repairs were not read',
}
