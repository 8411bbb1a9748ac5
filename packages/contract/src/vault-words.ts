import type { QuarantineReason, VaultEnding } from '@vouch/rules'

export type { QuarantineReason } from '@vouch/rules'

/** Each value once, so that the compiler asks for what is missing here when a rule gets a new one. */
const quarantined: Record<QuarantineReason, true> = {
  ...{ lower_version: true, ended_before: true, bytes_changed: true, fields_changed: true, expiry_missing: true },
  ...{ approval_expired: true, not_mapped: true, approvers_missing: true, one_approver_only: true },
  ...{ same_approver_twice: true, signature_too_old: true, card_not_fit: true, file_not_usable: true, braked: true },
}
/** Why a version that the vault calls approved is not believed. */
export const quarantineWords = Object.keys(quarantined) as QuarantineReason[] // its own keys

/** Why a published piece rests or has ended although nothing contradicts. */
export type VaultHold = VaultEnding | 'newer_in_vault' | 'deleted_in_vault'
const held: Record<VaultHold, true> = {
  ...{ no_approved_version: true, state_not_sendable: true, newest_not_usable: true, is_binder: true },
  ...{ is_crosslink: true, not_for_channel: true, withdrawal_date_reached: true, vault_expired: true },
  ...{ not_in_vault: true, newer_in_vault: true, deleted_in_vault: true },
}
export const vaultHolds = Object.keys(held) as VaultHold[] // its own keys

/** Why the vault cannot be asked; `sign_in_stopped` and `other_vault` need a person. */
export const vaultProblems = [
  ...(['unreachable', 'rate_limited', 'configuring', 'refused', 'sign_in_stopped', 'other_vault'] as const),
  'unexpected_answer',
] as const
export type VaultProblem = (typeof vaultProblems)[number]

/** What may be wrong with a setting of the mapping. */
export const mappingProblems = ['not_in_vault', 'unknown_value', 'also_sendable'] as const
export type MappingProblem = (typeof mappingProblems)[number]
