import type { PolicySettings } from '@vouch/contract'
import { dayAndClock } from './format.ts'
import type { PolicyText } from './policy.zh.ts'

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const some = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`
const modes = [
  'The company asks nothing itself',
  'Reps invite once a contact is matched',
  'The welcome message asks whoever is added, and reps invite once matched',
]
const modeEffects = [
  'no invitation goes out; only paper and imported consents count',
  'contacts nobody has matched are not asked',
  'answers of contacts nobody has matched wait and count once they are matched',
]
const reviews: Record<PolicySettings['matchReview'], string> = {
  off: 'A match counts as soon as the rep has chosen',
  weak: 'A match with little to speak for it counts once compliance has looked at it',
  always: 'Every match counts once compliance has looked at it',
}

/** The rules of sending and how they are changed, in English. */
export const policy: PolicyText = {
  title: 'Sending rules',
  inForce: (version, from) => `Version ${version}, in force since ${dayAndClock(from)}`,
  scheduled: (version, from) =>
    `Version ${version} is approved and holds from ${dayAndClock(from)}. Then this changes:`,
  groups: { sending: 'How much and when', consent: 'Consent', proof: 'Proofs and matching', technical: 'Technical' },
  says: {
    sendsPerMonth: (s) =>
      `Each doctor gets at most ${some(s.sendsPerMonth, 'send')} a calendar month, from all reps together. Further sends are blocked until the 1st; invitations to consent do not count.`,
    quiet: (s) =>
      s.quietFrom === s.quietUntil
        ? 'No quiet hours: sends may go out at any time.'
        : `${clockOf(s.quietFrom)}–${clockOf(s.quietUntil)} are quiet hours: nothing goes out, except to a doctor who has just added the rep.`,
    sameItemDays: (s) =>
      s.sameItemDays === 0
        ? 'The same piece may go to the same doctor again at any time.'
        : `The same piece does not go to the same doctor again within ${some(s.sameItemDays, 'day')}; a rep who has seen the warning may insist.`,
    disclaimerMode: (s) => `${modes[s.disclaimerMode]}; ${modeEffects[s.disclaimerMode]}.`,
    askAgainDays: (s) =>
      `After a doctor declines or withdraws, nobody may invite them again for ${some(s.askAgainDays, 'day')}.`,
    consentDays: (s) =>
      s.consentDays === null
        ? 'Consent lasts until the doctor withdraws it.'
        : `Consent runs out after ${some(s.consentDays, 'day')}; then the doctor is asked again and nothing goes out until they agree.`,
    employmentProofMinutes: (s) =>
      `WeCom must have confirmed within the last ${some(s.employmentProofMinutes, 'minute')} that the rep works here, or the send is blocked.`,
    contactProofHours: (s) =>
      `WeCom must have confirmed within the last ${some(s.contactProofHours, 'hour')} that the doctor is the rep’s contact, or the send is blocked.`,
    vaultProofMinutes: (s) =>
      s.vaultProofMinutes === null
        ? 'While Vault cannot be reached, pieces from Vault go out as usual.'
        : `Pieces from Vault must have been confirmed there within the last ${some(s.vaultProofMinutes, 'minute')}, or the send is blocked.`,
    matchReview: (s) => `${reviews[s.matchReview]}.`,
    ticketSeconds: (s) =>
      `Once a send is allowed the rep has ${some(s.ticketSeconds, 'second')} to hand it over; after that they tap again.`,
    unknownAfterSeconds: (s) =>
      `A send without a result ${some(s.unknownAfterSeconds, 'second')} after it was allowed counts as unknown, and the rep is asked.`,
    signInEveryTime: (s) =>
      s.signInEveryTime
        ? 'Reps sign in each time they open the sidebar.'
        : 'Reps stay signed in for 30 minutes between uses, 8 hours at most.',
    market: (s) => `Only pieces for market ${s.market} may go out; those for others are blocked.`,
  },
  label: {
    ...{ sendsPerMonth: 'Sends a month', quietFrom: 'Quiet hours from', quietUntil: 'Quiet hours until' },
    ...{ sameItemDays: 'Same piece again after (days)', askAgainDays: 'Invite again after (days)' },
    ...{ consentDays: 'Consent lasts (days)', disclaimerMode: 'How consent is asked', matchReview: 'Second look' },
    ...{ employmentProofMinutes: 'Proof of employment (minutes)', contactProofHours: 'Proof of contact (hours)' },
    ...{ vaultProofMinutes: 'Proof from Vault (minutes)', ticketSeconds: 'Time to hand over (seconds)' },
    ...{ unknownAfterSeconds: 'Unknown after (seconds)', signInEveryTime: 'Sign in every time', market: 'Market' },
  },
  between: (from, to) => `${from}–${to}`,
  betweenOrOff: (from, to) => `${from}–${to}, empty for no limit`,
  modes,
  reviews,
  value(setting, value) {
    if (value === '') return 'no limit'
    if (setting === 'quietFrom' || setting === 'quietUntil') return clockOf(Number(value))
    if (setting === 'disclaimerMode') return modes[Number(value)] ?? value
    if (setting === 'matchReview') return reviews[value as keyof typeof reviews] ?? value
    if (setting === 'signInEveryTime') return value === 'true' || value === '1' ? 'yes' : 'no'
    return value
  },
  change: 'Propose a change',
  form: 'Change the rules',
  formNote: 'A second person must approve it, and it holds from its date. Lines you change are marked.',
  changed: 'Changed',
  reason: 'Why',
  reasonHint: 'For whoever approves and for inspectors later, 3 characters or more',
  from: 'From when',
  fromApproval: 'As soon as it is approved',
  fromTime: 'From this time (Beijing)',
  propose: 'Submit for a second person',
  try: 'See the effect first',
  cancel: 'Discard',
  kept: 'This is the change you did not submit last time.',
  proposed: 'Submitted; it waits for a second person',
  notProposed: 'Not submitted. The rules are unchanged and what you typed is kept.',
  notDecided: 'That did not work. The rules are unchanged.',
  open: 'A change waits for a second person',
  openBy: (by, at) => `${by} proposed it on ${dayAndClock(at)}`,
  openFrom: (from) =>
    from
      ? `Once approved it holds from ${dayAndClock(from)}; approved later than that, it holds at once`
      : 'Holds as soon as it is approved',
  before: 'Now',
  after: 'Proposed',
  rule: 'Rule',
  approve: 'Approve',
  decline: 'Decline',
  takeBack: 'Take back',
  answer: 'To whoever proposed it',
  answerHint: 'A reason is needed to decline',
  done: {
    approved: (from) => `Approved${from ? `; it holds from ${dayAndClock(from)}` : ''}`,
    declined: 'Declined; the rules are unchanged',
    taken_back: 'Taken back; the rules are unchanged',
  },
  mine: 'You proposed it, so somebody else must approve it.',
  refused: {
    ...{ nothing_changed: 'It does not differ from the newest version' },
    newer_version: 'A newer version came while you were typing; compare with it and submit again',
    another_open: 'Another change waits for approval and must be decided first',
    too_early: 'It cannot hold before now, nor before the version that is approved and still to come',
    own_change: 'Nobody approves their own change or takes back somebody else’s',
    needs_officer: 'One of the two people must be a compliance officer',
    already_decided: 'Somebody has decided it already',
    asker_lost_right: 'Whoever asked may no longer ask for changes, so it can only be declined',
  },
  preview: 'Effect on the last 90 days',
  progress: (done, of) => `Counting: ${done} of ${of} doctors`,
  span: (from, until) =>
    `Every send from ${dayAndClock(from)} to ${dayAndClock(until)}, decided again by the same rules on the facts kept with it.`,
  counts: {
    stillSent: 'Still allowed',
    stillRefused: 'Still blocked',
    blocked: 'Newly blocked',
    allowed: 'Newly allowed',
    unknown: 'Cannot be known',
  },
  why: { blocked: 'because', allowed: 'was blocked because', unknown: 'missing' },
  times: (count) => `${count}×`,
  limits: [
    'A send that would be blocked does not count for later ones; one that would be allowed counts as sent. Whether reps would then have sent something else, or at another time, cannot be known.',
    '“Cannot be known” means the facts it takes were not kept then, or the doctor’s records were merged since. Nothing is guessed.',
    'Only what the rules block is counted. Second looks, signing in and time limits change what people do, which records cannot show.',
  ],
  seeExamples: (count) => `See examples (${count})`,
  examples: { blocked: 'Sends newly blocked', allowed: 'Sends newly allowed', unknown: 'Sends that cannot be known' },
  examplesOf: (shown, of) => (shown < of ? `${of} in all, the latest ${shown} are listed` : `${of} in all`),
  example: { at: 'Time (+08:00)', doctor: 'Doctor', title: 'Piece', rep: 'Rep', reasons: 'Reasons' },
  nobody: 'a contact nobody has matched',
  history: 'Versions',
  column: {
    version: 'Version',
    holdsFrom: 'Holds from (+08:00)',
    differences: 'What changed',
    who: 'Who',
    reason: 'Why',
  },
  life: { scheduled: 'To come', in_force: 'In force', ended: 'Ended' },
  version: (version) => `Version ${version}`,
  heldUntil: (at) => `until ${dayAndClock(at)}`,
  first: 'The rules at installation',
  who: (by, approver) => (by ? `${by} proposed, ${approver} approved` : 'System'),
  difference: (label, before, after) => `${label}: ${before} → ${after}`,
  none: 'No versions yet',
  shown: (count, more) =>
    more ? `${count} versions shown, there are earlier ones` : `${count} in all, that is the end`,
  reloadFailed: 'Not refreshed; what you see was read before',
  moreFailed: 'Earlier versions were not read',
  close: 'Close',
}
