import type { PolicySetting, PolicySettings } from '@vouch/contract'

/** Sentences of the rules, in the order they are read; each says what one or two settings mean. */
export const policyGroups = {
  sending: ['sendsPerMonth', 'quiet', 'sameItemDays'],
  consent: ['disclaimerMode', 'askAgainDays', 'consentDays'],
  proof: ['employmentProofMinutes', 'contactProofHours', 'vaultProofMinutes', 'matchReview'],
  technical: ['ticketSeconds', 'unknownAfterSeconds', 'signInEveryTime', 'market'],
} as const
type PolicyGroup = keyof typeof policyGroups
export type PolicyLine = (typeof policyGroups)[PolicyGroup][number]

export const groupNames = Object.keys(policyGroups) as PolicyGroup[] // its own keys

export const settingsOf = (line: PolicyLine): PolicySetting[] =>
  line === 'quiet' ? ['quietFrom', 'quietUntil'] : [line]

/** Sentences that read otherwise under the other settings. */
export const changedLines = (before: PolicySettings, after: PolicySettings): PolicyLine[] =>
  groupNames
    .flatMap((group): readonly PolicyLine[] => policyGroups[group])
    .filter((line) => settingsOf(line).some((setting) => before[setting] !== after[setting]))

/** Whole numbers and their bounds; the server holds them too. */
export const bounds: Partial<Record<PolicySetting, { from: number; to: number; mayBeOff?: true }>> = {
  sendsPerMonth: { from: 1, to: 100 },
  sameItemDays: { from: 0, to: 90 },
  askAgainDays: { from: 1, to: 365 },
  consentDays: { from: 30, to: 3_650, mayBeOff: true },
  employmentProofMinutes: { from: 5, to: 1_440 },
  contactProofHours: { from: 1, to: 168 },
  vaultProofMinutes: { from: 15, to: 10_080, mayBeOff: true },
  ticketSeconds: { from: 30, to: 600 },
  unknownAfterSeconds: { from: 60, to: 86_400 },
}

/** Minutes after midnight as a time field shows them, and back. */
export const asTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(time) ?? []
  return hours ? Number(hours) * 60 + Number(minutes) : undefined
}
