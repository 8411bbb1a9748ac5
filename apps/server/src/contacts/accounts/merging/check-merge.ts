import type { MergeRefusal } from '@vouch/contract'
import type { AccountOwn } from '../account-rows.ts'

/** Why two accounts cannot be put together as they are. */
export function mergeRefusals(survivor: AccountOwn, merged: AccountOwn): MergeRefusal[] {
  return [
    ...(survivor.id === merged.id ? (['same_account'] as const) : []),
    ...(merged.mergedInto ? (['already_merged'] as const) : []),
    ...(survivor.mergedInto ? (['survivor_merged'] as const) : []),
  ]
}
