import type { ConsentState, Entry, FaultCode, MessageKind, Piece, SendRecord, Verdict, WireRefusal } from '../api.ts'
import type { OutcomeKind } from '../wecom-outcome.ts'
import { ago, clock, fullDay, length, ofDay, shortDay } from './format.ts'
import type { Text } from './zh.ts'

type Reason = WireRefusal['reason']
type RefusalText = {
  short: (refusal: WireRefusal, now: Date) => string
  long: (refusal: WireRefusal, now: Date) => string
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

function agoWords(at: Date, now: Date): string {
  const { unit, count } = ago(at, now)
  if (unit === 'now') return 'just now'
  return { minutes: `${count} min ago`, hours: `${count} h ago`, days: `${plural(count, 'day')} ago` }[unit]
}

const day = (at: Date | undefined, now: Date, otherwise: string): string => (at ? shortDay(at, now) : otherwise)

const same = (short: string, long: string): RefusalText => ({ short: () => short, long: () => long })

const refusals: Record<Reason, RefusalText> = {
  rep_inactive: same('Account inactive', 'Your account is inactive, so nothing can be sent'),
  employment_proof_stale: same('Employment to check', 'Your employment is being checked with WeCom'),
  rep_not_entitled: same('Filing not valid', 'Your filing as a medical representative is not in force'),
  product_not_assigned: same('Not your product', 'This product is not assigned to you'),
  rep_not_in_reach: same('Not for your team', 'This material is not meant for your territory or group'),
  contact_not_yours: same('Not your contact', 'WeCom does not list this contact under your name'),
  contact_proof_stale: same('Contact to check', 'This contact is being checked with WeCom'),
  group_chat: same('Not in group chats', 'In group chats you can look, not send'),
  account_not_matched: same('Not matched', 'Contact not matched yet, so consent and limit are unknown'),
  match_not_reviewed: same(
    'Match under review',
    'Compliance is to look at your choice of doctor before anything is sent',
  ),
  account_inactive: same('Doctor inactive', 'This doctor is inactive'),
  other_territory: same('Other territory', 'This doctor is not in your territory'),
  hcp_not_verified: same('Doctor not verified', 'This doctor’s licence is not verified yet'),
  not_opted_in: same('No consent yet', 'The doctor has not agreed to receive material'),
  opted_out: {
    short: () => 'Doctor declined',
    long: ({ since }, now) => `The doctor chose not to receive (${day(since, now, 'on record')})`,
  },
  consent_outdated: same('New consent text', 'There is a new consent text for the doctor to confirm'),
  consent_expired: same('Consent expired', 'The consent has expired, the doctor needs to confirm again'),
  content_not_approved: same('Not approved', 'This material is not approved'),
  content_withdrawn: same('Withdrawn', 'This material was withdrawn'),
  content_superseded: same('Newer version', 'There is a newer version of this material'),
  content_not_effective: {
    short: ({ until }, now) => `From ${day(until, now, 'later')}`,
    long: ({ until }, now) => `In force from ${day(until, now, 'later')}, can be sent then`,
  },
  content_expired: {
    short: ({ since }, now) => (since ? `Expired ${shortDay(since, now)}` : 'Expired'),
    long: ({ since }) => (since ? `The material expired on ${fullDay(since)}` : 'The material has expired'),
  },
  content_changed: same('File to check', 'The file differs from the approved one and is on hold'),
  content_held: same('Version to check', 'This version does not match the vault and is on hold'),
  content_proof_stale: same('Version to check', 'The vault has not confirmed this version yet; checking'),
  wrong_market: same('Other market', 'This material is not for this market'),
  wrong_audience: same(
    'Not for this doctor',
    'This material is not meant for this doctor’s department, hospital grade or territory',
  ),
  class_not_allowed: same('Class not allowed', 'The rules do not allow sending this class of material'),
  kind_not_allowed: same('Not this way', 'It is not approved to be sent this way'),
  file_too_large: same('File too large', 'The file is over WeCom’s limit, send the link instead'),
  card_text_too_long: same('Card text too long', 'The card text is over WeCom’s limit, ask your administrator'),
  media_not_ready: same('File being prepared', 'The file is being prepared, wait a moment or send the link'),
  hcp_paused: {
    short: ({ until }, now) => (until ? `Paused to ${shortDay(until, now)}` : 'Doctor paused'),
    long: ({ until }) =>
      until ? `The doctor asked for a pause until ${fullDay(until)}` : 'The doctor asked for a pause',
  },
  topic_unwanted: same('Not wanted', 'The doctor chose not to receive material about this product'),
  cap_reached: {
    short: () => 'Limit reached',
    long: ({ until }, now) => `Limit reached, back on ${day(until, now, 'the 1st')}`,
  },
  hcp_cap_reached: {
    short: () => 'Doctor’s own limit',
    long: ({ limit, until }, now) =>
      `The doctor wants ${limit ?? 0} a month at most, again from ${day(until, now, 'the 1st')}`,
  },
  quiet_hours: {
    short: () => 'Quiet hours',
    long: ({ until }) => `Quiet hours${until ? `, can be sent after ${clock(until)}` : ''}`,
  },
  hcp_quiet_hours: {
    short: () => 'Doctor’s quiet hours',
    long: ({ until }) => `The doctor wants to be left alone now${until ? `, can be sent after ${clock(until)}` : ''}`,
  },
  sent_recently: {
    short: ({ since }, now) => (since ? `Sent ${agoWords(since, now)}` : 'Sent recently'),
    long: ({ since }, now) => `The same material was sent ${since ? agoWords(since, now) : 'recently'}`,
  },
  invitation_off: {
    short: () => 'No invitations here',
    long: () => 'The company sends no invitations: ask for consent on paper',
  },
  asked_again_too_soon: {
    short: ({ until }, now) => `Ask again ${day(until, now, 'later')}`,
    long: ({ until }, now) => `Invited not long ago, can be asked again from ${day(until, now, 'later')}`,
  },
}

const verdicts: Record<Verdict, string> = {
  NONE: 'Nothing sent',
  OFF_SYSTEM: 'Not sent from here',
  OPEN: 'Waiting for result',
  SENT_PROVEN: 'Sent, proved by archive',
  SENT_RECALLED: 'Sent, then recalled',
  SENT_OPENED: 'Opened by doctor',
  SENT_CLIENT: 'Handed to WeCom',
  SENT_DISPUTED: 'Disputed, under review',
  SENT_ADJUDICATED: 'Ruled as sent',
  NOT_SENT_ADJUDICATED: 'Ruled as not sent',
  NOT_SENT_PROVEN: 'Not sent, proved by archive',
  CANCELLED: 'Cancelled',
  FAILED: 'Not sent',
  CONFLICT: 'Contradicting records, under review',
  UNKNOWN: 'Result unknown',
  UNKNOWN_ATTESTED_SENT: 'Sent, by your word',
  UNKNOWN_ATTESTED_NOT: 'Not sent, by your word',
}

const failures: Record<OutcomeKind, string> = {
  ok: '',
  cancelled: 'You cancelled',
  no_permission: 'WeCom does not allow it: the app or your account lacks customer contact. Ask your administrator',
  without_context: 'WeCom does not accept this entry, open it from a chat with the doctor',
  too_old: 'WeCom is too old, update it',
  signature: 'The check failed and was renewed',
  domain: 'The address is not a trusted domain. Ask your administrator',
  bad_message: 'WeCom did not accept the form of the message. Ask your administrator',
  cross_corp: 'The mini program belongs to another company',
  no_answer: 'WeCom did not answer',
  unknown: 'WeCom gave no reason',
}

const consents: Record<ConsentState['state'], (consent: ConsentState, now: Date) => string> = {
  never: () => 'No consent yet',
  invited: ({ at }, now) => (at ? `Invited ${agoWords(at, now)}` : 'Invited'),
  opted_in: () => 'Consented',
  declined: () => 'Declined',
  withdrawn: () => 'Withdrawn',
  outdated: () => 'New consent text',
  expired: () => 'Consent expired',
}

const faults: Partial<Record<FaultCode, string>> = {
  no_answer: 'Offline. Nothing was sent',
  too_many_requests: 'Too many taps, wait a moment',
  wecom_unavailable: 'WeCom cannot be reached. Nothing was sent',
  content_not_found: 'This material is gone',
  contact_not_found: 'WeCom does not know this contact',
  not_staff: 'You have no access yet, ask your administrator',
  not_signed_in: 'Sign-in did not work',
  step_up_needed: 'Sign in again to confirm it is you',
  link_not_live: 'The link is no longer live',
  already_matched: 'Somebody matched it just now, refreshed',
  account_taken: 'Another contact was matched to this doctor just now. Check and choose again',
  account_not_found: 'This doctor is no longer in your list',
  upload_not_found: 'The photo is no longer there, choose it again',
}

const kinds: Record<Piece['kind'], string> = {
  document: 'PDF',
  image: 'Image',
  video: 'Video',
  article: 'Article',
  phrase: 'Phrase',
  script: 'Script',
}
const ways: Record<MessageKind, { name: string; note: string }> = {
  news: { name: 'Link', note: 'Can be revoked, shows if it was opened' },
  file: { name: 'File', note: 'Cannot be taken back' },
  image: { name: 'Image', note: 'Cannot be taken back' },
  video: { name: 'Video', note: 'Cannot be taken back' },
  text: { name: 'Text', note: 'Cannot be taken back' },
  miniprogram: { name: 'Mini program', note: 'Can be revoked' },
}
const entries: Record<Entry, string> = {
  single_chat_tools: 'chat',
  group_chat_tools: 'group chat',
  contact_profile: 'contact profile',
  chat_attachment: 'attachment bar',
  single_kf_tools: 'customer service',
  normal: 'workbench',
}

const links: Record<SendRecord['link'], string> = {
  none: '',
  live: '',
  revoked: 'Link revoked',
  expired: 'Link expired',
  withdrawn: 'Material withdrawn, link closed',
  superseded: 'Newer version, link says so',
  not_consented: 'No consent, link shows nothing',
}

const whys: Record<NonNullable<Piece['why']>, string> = {
  asked: 'Asked for',
  unread_new: 'New',
  often_used: 'Often used',
  recent: 'Recent',
}

function facts(piece: Piece, now: Date): string[] {
  const pages = piece.pages > 0 ? plural(piece.pages, 'page') : ''
  const size = piece.seconds > 0 ? length(piece.seconds) : piece.steps ? plural(piece.steps.of, 'piece') : pages
  const until = piece.expiresAt ? `to ${shortDay(piece.expiresAt, now)}` : ''
  return [kinds[piece.kind], size, `v${piece.version}`, until].filter(Boolean)
}

export const en: Text = {
  app: 'Approved material',
  ownCode: 'My code',
  demo: 'Demonstration data',
  language: { label: '中文', code: 'zh' },
  loading: 'Loading',
  slow: 'Still loading, slow network',
  cancel: 'Cancel',
  retry: 'Retry',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  more: 'More',
  code: (code, time) => `Code ${code} · ${time}`,
  fault: (code) => faults[code] ?? 'Service problem. Nothing was sent',
  offline: {
    says: 'Offline. You can look, not send',
    again: 'Retry now',
    later: 'Can send when online',
    seen: (at, now) => `seen ${agoWords(at, now)}`,
  },
  tabs: { label: 'What to see', content: 'Material', phrases: 'Phrases', history: 'History' },
  list: {
    search: 'Search material',
    hint: 'Title or pinyin initials',
    hintPhrases: 'Words or pinyin initials',
    clear: 'Clear',
    filters: 'Filters',
    recommended: 'Suggested',
    favourites: 'Starred',
    all: 'All',
    product: 'Product',
    kind: 'Kind',
    anyProduct: 'Product',
    anyKind: 'Kind',
    kinds,
    facts,
    why: (why) => whys[why],
    onPage: (page) => (page > 0 ? `p. ${page}: ` : 'Text: '),
    favour: (title) => `Star ${title}`,
    empty: 'Nothing assigned to you yet',
    emptyHelp: 'Ask your administrator',
    emptyFavourites: 'Nothing starred yet',
    noHit: (query) => `No match for “${query}”`,
    found: (count, more) => (more ? `${count}+ pieces` : plural(count, 'piece')),
    loadMore: 'Show more',
    checking: 'Checking',
    canSend: 'Can be sent',
    lookOnly: 'View only',
    stepsSent: (sent, of) => `${sent} of ${of} sent`,
    justSent: 'Sent just now',
    sentAgo: (at, now, reading) =>
      `Sent ${agoWords(at, now)}${reading ? `, ${reading.pages}/${reading.of} pages read` : ''}`,
    unknownBefore: 'Last result unknown',
    expiresIn: (days) => (days === 0 ? 'Expires today' : `Expires in ${plural(days, 'day')}`),
    moreReasons: (count) => `${count} more`,
  },
  refusal: (refusal, now) => refusals[refusal.reason].long(refusal, now),
  refusalShort: (refusal, now) => refusals[refusal.reason].short(refusal, now),
  verdict: (verdict) => verdicts[verdict],
  consent: (consent, now) => consents[consent.state](consent, now),
  who: {
    label: 'Recipient',
    left: (left) => (left > 0 ? `${left} left this month` : 'Limit reached'),
    unmatched: 'Not matched',
    answered: (statement) =>
      ({ opted_in: 'Agreed; can be sent to once matched', declined: 'Declined for now', opted_out: 'Withdrew' })[
        statement
      ],
    cameBy: (code) => `Came by “${code}”`,
    remark: 'Remark',
    nickname: 'WeChat name',
    toCheck: 'To be checked',
    switched: (name) => `The chat is now ${name || 'another one'}`,
    invite: 'Invite',
    match: 'Match doctor',
    profile: 'Profile',
    profileOf: (name) => `Profile of ${name}`,
    top: 'Back to top',
  },
  place: {
    outside: 'Open this from a chat with a doctor',
    viewOnly: 'View only here',
    steps: ['Open the chat with the doctor', 'Phone: top right. PC: right panel', 'Choose “Approved material”'],
    pick: 'Choose a doctor',
    openSingle: 'Open the chat',
    entry: (entry) => `Opened from: ${entry ? entries[entry] : 'browser'}`,
    tooOld: 'WeCom is too old',
    tooOldHelp: 'Update WeCom and open this again. Until then you can look, not send.',
    signature: 'Check failed, renewed',
    domain: 'The address is not a trusted domain. Ask your administrator',
    noPermission: 'The app or your account lacks customer contact. Ask your administrator',
    silent: 'WeCom did not answer, so the chat is not known',
  },
  pick: {
    title: 'Choose a doctor to open the chat',
    search: 'Name, pinyin or hospital',
    none: 'No doctor found',
    failed: 'The chat could not be opened',
  },
  sheet: {
    to: (name) => `To ${name}`,
    look: 'View material',
    pages: (count) => plural(count, 'page'),
    page: (page) => `Page ${page}`,
    pageLabel: 'Pages',
    approval: (version, number) => [`v${version}`, number && `Approval ${number}`].filter(Boolean).join(' · '),
    card: 'Card the doctor sees in the chat',
    cannot: (first) => `Not yet: ${first}`,
    checks: 'Checks',
    consent: 'Consented',
    consentSince: (at, version) => [version && `Text v${version}`, at && fullDay(at)].filter(Boolean).join(' · '),
    valid: 'In force',
    validUntil: (at) => (at ? `until ${fullDay(at)}` : 'no end date'),
    cap: 'Within limit',
    leftAfter: (left) => `${left} left this month after this`,
    recipient: 'Recipient',
    recipientIs: (name) => `This chat is ${name}`,
    way: 'How to send',
    ways,
    noRecall: 'A file cannot be taken back: after an update or a withdrawal the doctor still has the old one.',
    opening: 'Opening line (optional, approved)',
    noOpening: 'None',
    send: 'Send to this chat',
    sendAgain: 'Send anyway',
    sending: 'Sending',
    notNow: 'Not now',
    invite: 'Invite the doctor to agree',
    inviteAgain: 'Invite again',
    waiting: 'Waiting for the doctor',
    consentText: 'Read the consent text',
    scan: 'Scan in person',
    scanHelp: 'The doctor scans this with their own WeChat, reads and decides. This page updates by itself.',
    scanFailed: 'No code could be shown',
    after: 'Once the doctor agrees, this material waits here, one tap away.',
    records: 'See history',
    successor: 'Use the new version',
    withdrawn: (reason) => `Withdrawn: ${reason}`,
    neverInvited: 'never invited',
    textVersion: (version) => `Consent text v${version}`,
    used: (used, limit) => `${used} of ${limit} this month`,
    quiet: (from, until) => `Quiet hours ${ofDay(from)}-${ofDay(until)}`,
  },
  sent: {
    handed: 'Handed to WeCom',
    backToChat: 'Back to chat',
    cancelled: 'Cancelled, not sent',
    openingSent: 'Opening line handed to WeCom',
    failed: 'Not sent',
    failedHow: 'WeCom did not accept this message. The doctor got nothing, the limit is not used.',
    reason: (kind) => failures[kind],
    copyLink: 'Copy the link to paste it yourself',
    unknown: 'Result unknown, check the chat',
    unknownHow: 'WeCom did not answer. It counts as sent until you settle it.',
    wasSent: 'It is there',
    wasNot: 'It is not',
    sawIt: 'Seen in the chat',
    sawNot: 'Not in the chat',
    changed: (name) => `The chat is now ${name || 'another one'}. Nothing was sent`,
    seeNew: 'See new doctor',
    unread: 'The chat could not be read. Nothing was sent',
    expired: 'That request has expired. Nothing was sent, tap again.',
    decided: (verdict) => `This one is settled: ${verdicts[verdict]}`,
  },
  history: {
    filters: 'Filters',
    this: 'This doctor',
    everyone: 'All doctors',
    whose: 'Whose history',
    period: 'Period',
    days: (days) => (days >= 3650 ? 'All time' : `${days} days`),
    show: 'State',
    all: 'All states',
    sent: 'Sent',
    unknown: 'Unknown',
    refused: 'Not sent',
    today: (at) => `Today ${clock(at)}`,
    at: (at, now) => `${shortDay(at, now)} ${clock(at)}`,
    empty: 'Nothing in this period',
    refusedBecause: (reason) => `Not sent: ${reason}`,
    opened: 'Opened by doctor',
    openedByOther: 'Opened by somebody else, nothing shown',
    read: (pages, of, seconds) =>
      `${pages}/${of} pages read · ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`,
    colleague: 'Sent by a colleague',
    revoke: 'Revoke link',
    revokeSure: 'The doctor will see “taken back” from now on. It cannot be undone; you can send it again.',
    revokeYes: 'Revoke',
    revokeNo: 'Keep',
    revoked: 'Link revoked',
    links,
    linkSuperseded: 'A newer version is out, link closed',
    linkNotConsented: 'The doctor no longer receives, link closed',
    again: 'Send again',
    settle: 'Is the message in the chat?',
    settled: 'Recorded',
  },
}
