import { refusalWordsEn } from '@vouch/contract'
import type { FaultCode, MessageKind, Show, Verdict } from '../api.ts'
import type { Gone } from '../state/session.ts'
import { compare } from './compare.en.ts'
import { content } from './content.en.ts'
import { fileProblems } from './file-problems.en.ts'
import { clock, dayAndClock } from './format.ts'
import { imports } from './imports.en.ts'
import { vault } from './vault.en.ts'
import { readers } from './readers.en.ts'
import { vaultSteps } from './vault-steps.en.ts'
import type { KnownFact, Text } from './zh.ts'

const verdicts: Record<Verdict, { word: string; means: string }> = {
  NONE: { word: 'Nothing sent', means: 'Nothing was authorised and no message was found.' },
  OFF_SYSTEM: { word: 'Sent off system', means: 'The archive holds this message, but it was not authorised here.' },
  OPEN: { word: 'Waiting for result', means: 'Sending was allowed; WeCom’s result has not come back yet.' },
  SENT_PROVEN: { word: 'Sent, archive proves it', means: 'The chat archive holds this message.' },
  SENT_RECALLED: { word: 'Sent, then recalled', means: 'The chat archive holds this message and its recall.' },
  SENT_OPENED: { word: 'Opened by doctor', means: 'The addressed doctor opened the link. Opened is not read.' },
  SENT_CLIENT: {
    word: 'Handed to WeCom',
    means: 'The rep’s WeCom says it accepted it. Whether it arrived or was seen is not known.',
  },
  SENT_DISPUTED: { word: 'Disputed, to review', means: 'WeCom says it accepted it, but the archive does not hold it.' },
  SENT_ADJUDICATED: { word: 'Ruled as sent', means: 'Compliance reviewed it and ruled that it was sent.' },
  NOT_SENT_ADJUDICATED: { word: 'Ruled as not sent', means: 'Compliance reviewed it and ruled that it was not sent.' },
  NOT_SENT_PROVEN: { word: 'Not sent, archive proves it', means: 'The archive is complete and does not hold it.' },
  CANCELLED: { word: 'Cancelled by rep', means: 'WeCom says the rep cancelled this send.' },
  FAILED: { word: 'WeCom reported failure', means: 'The rep’s WeCom says it did not accept this message.' },
  CONFLICT: { word: 'Contradicting, to review', means: 'The reports contradict each other; compliance has to review.' },
  UNKNOWN: { word: 'Result unknown', means: 'No result by the deadline. It may have been sent or not.' },
  UNKNOWN_ATTESTED_SENT: { word: 'Unknown, rep says sent', means: 'Only the rep’s own word, no other evidence.' },
  UNKNOWN_ATTESTED_NOT: { word: 'Unknown, rep says not sent', means: 'Only the rep’s own word, no other evidence.' },
}

const ways: Record<MessageKind, string> = {
  news: 'Link',
  file: 'File',
  image: 'Image',
  video: 'Video',
  text: 'Text',
  miniprogram: 'Mini program',
}

const facts: Record<KnownFact, { says: string; by: string }> = {
  A: { says: 'Checks passed, sending allowed', by: 'Server' },
  H: { says: 'Message fetched, about to be handed to WeCom', by: 'Rep sidebar' },
  K: { says: 'WeCom says: accepted', by: 'Rep sidebar' },
  C: { says: 'WeCom says: cancelled by the rep', by: 'Rep sidebar' },
  F: { says: 'WeCom says: failed', by: 'Rep sidebar' },
  T: { says: 'Deadline passed without a result', by: 'Server' },
  O: { says: 'The addressed doctor opened the link', by: 'Doctor page' },
  M: { says: 'The chat archive holds the message', by: 'Chat archive' },
  N: { says: 'The chat archive does not hold the message', by: 'Chat archive' },
  V: { says: 'The message was recalled', by: 'Chat archive' },
  'R+': { says: 'Rep states: it is in the chat', by: 'The rep' },
  'R-': { says: 'Rep states: it is not in the chat', by: 'The rep' },
  'X+': { says: 'Ruling: sent', by: 'Compliance' },
  'X-': { says: 'Ruling: not sent', by: 'Compliance' },
}

const faults: Partial<Record<FaultCode, string>> = {
  no_answer: 'The service cannot be reached. Check the network and retry',
  unreadable: 'The service was updated and this page is older. Reload the page',
  not_staff: 'You may not use the console. Ask your administrator',
  wrong_login: 'Not signed in: name, password or code is wrong',
  link_over: 'This link was used or has ended. Make a new one',
  proof_needed: 'Not done: please confirm first that it is you. Everything you typed is still here',
  wecom_not_set_up: 'Not done: WeCom is not set up yet. A system administrator finds what it takes under System check',
  bad_request: 'This query cannot be used. Clear the filters and retry',
  too_many_requests: 'Too many queries, wait a moment',
  busy: 'The service is busy, wait a moment',
  stopping: 'The service is restarting, wait a moment',
}

const roles: Record<string, string> = {
  rep: 'rep',
  author: 'author',
  medical: 'medical',
  legal: 'legal',
  compliance: 'compliance',
  compliance_officer: 'compliance officer',
  manager: 'area manager',
  auditor: 'auditor, read only',
  system_admin: 'system administrator',
  security_admin: 'security administrator',
}

const shows: Record<Show, string> = { all: 'All', sent: 'Sent', unknown: 'Unknown', refused: 'Blocked' }

const gone: Record<Gone, string> = {
  not_yet: 'Sign in with WeCom to see the records.',
  ended: 'Your session has ended. Sign in again to come back to this page.',
  left: 'You are signed out.',
}

export const en: Text = {
  app: 'Vouch console',
  brand: 'Vouch',
  place: 'Console',
  demo: 'Demonstration data',
  demoMeans: 'people, hospitals and material are invented',
  language: { label: '中文', code: 'zh', lang: 'zh-CN' },
  places: {
    label: 'Sections',
    home: 'Home',
    content: 'Content',
    sends: 'Sends',
    reports: 'Reports',
    vault: 'Veeva Vault',
    consents: 'Consent',
    accounts: 'Doctors',
    safety: 'Adverse reactions',
    requests: 'Doctors’ requests',
    matching: 'Doctor matching',
    contactsSync: 'Contact sync',
    contactCodes: 'Contact codes',
    people: 'People and roles',
    policy: 'Sending rules',
    audit: 'Audit trail',
    company: 'Company',
    settings: 'Settings',
    system: 'System check',
  },
  skip: 'Skip to the page',
  loading: 'Loading',
  slow: 'Still loading, slow network',
  retry: 'Retry',
  copy: 'Copy',
  copied: 'Copied',
  code: (code, time) => `Code ${code} · ${time}`,
  fault: (code) => faults[code] ?? 'Service problem. No records were read',
  fileProblem: (code) => fileProblems[code],
  offline: (readAt) =>
    `Offline. ${readAt ? `What you see was read at ${clock(readAt)}` : 'No records can be read now'}`,
  me: {
    roles: (codes) => codes.map((code) => roles[code] ?? code).join('; '),
    sessions: 'Where I am signed in',
    signOut: 'Sign out',
    notLeft: 'Not signed out, try again',
  },
  signIn: {
    title: 'Sign in to the console',
    gone: (why) => gone[why],
    press: 'Sign in with WeCom',
    note: 'Confirm in WeCom and you come back here. Looking at records is itself recorded.',
    locally: 'Sign in as a local administrator',
    noWecom:
      'WeCom is not set up yet, so only a local administrator can sign in. If there is none, run the admin command on the server first.',
    local:
      'You are signed in as a local administrator; the other administrators are told of each step. For daily work, sign in with WeCom.',
    localAlone:
      'You are signed in as a local administrator; the other administrators are told of each step. Once WeCom is set up, sign in with it for daily work.',
  },
  order: { label: 'Sort', asc: 'ascending', desc: 'descending', plain: 'Usual order' },
  views: {
    open: 'Views',
    dropped: (fields) =>
      `This view or link has filters that are no longer there and were left out: ${fields.join(', ')}. The others hold.`,
  },
  columns: { title: 'Columns', choose: 'Columns to show', exported: 'An exported table always has every column' },
  sends: {
    title: 'Sends',
    caption: (shown, query) => `Sends, ${shown.toLowerCase()}${query ? `, search “${query}”` : ''}`,
    show: 'Show',
    shows,
    search: 'Search doctor or material',
    hint: 'Doctor or title of material',
    clear: 'Clear',
    refresh: 'Refresh',
    readAt: (at) => `read at ${clock(at)}`,
    column: {
      at: 'Time (+08:00)',
      rep: 'Rep',
      contact: 'Doctor',
      hospital: 'Hospital',
      piece: 'Material',
      way: 'Way',
      outcome: 'Outcome',
      policy: 'Policy',
    },
    policy: (version) => `v${version}`,
    noDoctor: 'Not matched',
    refused: 'Blocked',
    moreReasons: (count) => `${count} more`,
    readShort: (pages, of) => `${pages}/${of} pages read`,
    expand: (about) => `Details: ${about}`,
    none: 'No sends yet',
    noHit: 'No record fits these filters',
    clearAll: 'Clear filters',
    more: 'More',
    shown: (count, more) => (more ? `${count} shown, there are earlier ones` : `${count} in all, no earlier ones`),
    moreFailed: 'Earlier records could not be read',
    reloadFailed: 'Not refreshed, what follows was read before',
    keys: '/ search · ↑ ↓ rows · Enter details',
  },
  send: {
    verdict: (verdict) => verdicts[verdict].word,
    means: (verdict) => verdicts[verdict].means,
    refusedMeans: 'The checks before sending did not pass. Nothing was handed to WeCom, the limit is not used.',
    reason: (reason) => refusalWordsEn[reason] ?? reason,
    everyReason: () => Object.entries(refusalWordsEn).map(([value, label]) => ({ value, label })),
    reasonFacts: ({ since, until, count, limit, about }) =>
      [
        count !== undefined && (limit !== undefined ? `${count} of ${limit}` : `${count}`),
        count === undefined && limit !== undefined && `limit ${limit}`,
        since && `since ${dayAndClock(since)}`,
        until && `until ${dayAndClock(until)}`,
        about,
      ]
        .filter(Boolean)
        .join(' · '),
    reasons: 'Why it was blocked',
    facts: 'What happened',
    fact: (kind) => (kind in facts ? facts[kind as KnownFact] : { says: `Other record (${kind})`, by: 'not stated' }), // checked by `in`
    factRefused: { says: 'Checks not passed, nothing sent', by: 'Server' },
    late: 'Late',
    lateMeans: 'Late: received after the send ticket had expired.',
    noFacts: 'No other records yet.',
    record: 'Record',
    sendId: 'Record no.',
    piece: 'Material',
    contentItemId: 'Material no.',
    doctor: 'Doctor',
    rep: 'Rep',
    way: 'Way',
    policy: 'Policy then',
    link: 'Link',
    links: {
      none: '',
      live: 'Live',
      revoked: 'Revoked',
      expired: 'Expired',
      withdrawn: 'Disabled, material withdrawn',
      superseded: 'Disabled, a newer version is out',
      not_consented: 'Disabled, the doctor no longer receives',
    },
    reading: 'Reading',
    visits: 'Looks at the link',
    visited: ({ addressee, rep, others, unknown, programs }) =>
      `addressee ${addressee} · colleagues ${rep} · others ${others} · not recognised ${unknown} · programs ${programs}`,
    read: (pages, of, seconds) =>
      `${pages}/${of} pages · ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`,
    ways,
  },
  content,
  vault,
  compare,
  imports,
  readers,
  ...vaultSteps,
  print: (by, readAt) => `Printed by ${by} · read at ${dayAndClock(readAt)} +08:00`,
}
