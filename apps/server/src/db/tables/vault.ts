import type { Generated } from 'kysely'

/** One row with id 1. */
export type VaultConnectionTable = {
  id: number
  mapping: string
  brakePerMinute: number
  cursorAt: Generated<string>
  fullAt: Date | null
  cycleAt: Date | null
  problem: string | null
  brakedAt: Date | null
  brakeReason: Generated<string>
  sessionSealed: string | null
  changedBy: string | null
  changedAt: Date
  revision: Generated<number>
  callsMost: number | null
  callsLeft: number | null
  restsUntil: Date | null
}

export type VaultVersionTable = {
  vaultId: number
  major: number
  minor: number
  contentItemId: string | null
  stateLabel: string
  renditionHash: string | null
  fieldsHash: string | null
  seenAt: Date
  provedAt: Date
  quarantine: string | null
  quarantinedAt: Date | null
  releasedBy: string | null
  releasedReason: string | null
  title: Generated<string>
  differences: string | null
}
