import * as z from 'zod/mini'
import type { QuarantineReason } from '@vouch/rules'

const instant = z.coerce.date()

/** What does not fit: `what` names a word of a piece or what was compared, as texts that people and machines can read. */
export const vaultDifference = z.object({ what: z.string(), expected: z.string(), found: z.string() })
export type VaultDifference = z.output<typeof vaultDifference>

export const quarantineShow = z.enum(['all', 'person', 'vault', 'released', 'braked'])

export const quarantineRow = z.object({
  vaultId: z.number(),
  major: z.number(),
  minor: z.number(),
  reason: z.custom<QuarantineReason>((value) => typeof value === 'string'),
  since: instant,
  /** Ends only by a person's release; the others end when the vault is put right. */
  needsPerson: z.boolean(),
  contentItemId: z.nullable(z.string()),
  title: z.string(),
  /** What stood in the way when it was last looked at. */
  differences: z.array(vaultDifference),
  /** A release is given, and the vault is asked again within a minute. */
  released: z.boolean(),
  releasedBy: z.string(),
  releasedReason: z.string(),
})

/** How much the vault lets us ask, as it last told; null where it never did. */
export const vaultAllowance = z.object({
  most: z.nullable(z.number()),
  left: z.nullable(z.number()),
  /** Until then it is left alone. */
  restsUntil: z.nullable(instant),
})

export const mappingFault = z.object({ field: z.string(), problem: z.string() })

/** What would become of a document under a mapping that is being tried. */
export const triedDocument = z.object({
  vaultId: z.number(),
  version: z.string(),
  title: z.string(),
  stateLabel: z.string(),
  verdict: z.enum(['publish', 'quarantine', 'not_taken']),
  /** Why not; empty when it would be published. */
  reason: z.string(),
  about: z.string(),
  /** Who signed was looked at; it is for the first few only. */
  signaturesSeen: z.boolean(),
})

/** Where a piece from the vault stands there. */
export const vaultOrigin = z.object({
  vaultId: z.nullable(z.number()),
  version: z.string(),
  provedAt: z.nullable(instant),
  /** A version above this one that the vault calls approved, and why it is not here yet; empty while it is on its way. */
  newer: z.nullable(z.object({ version: z.string(), reason: z.string() })),
  differences: z.array(vaultDifference),
})
