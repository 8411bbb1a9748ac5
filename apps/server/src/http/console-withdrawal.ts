import { withdrawalEndpoints } from '@vouch/contract'
import { listReaders } from '../content/withdrawal/list-readers.ts'
import { loadWithdrawalEffect } from '../content/withdrawal/load-withdrawal-effect.ts'
import { tellReaders } from '../content/withdrawal/tell-readers.ts'
import { withdrawContent } from '../content/withdrawal/withdraw-content.ts'
import { serve, type Door } from './serve.ts'

/** Withdrawing, and telling those who read it. */
export function mountWithdrawal(door: Door): void {
  const { deps } = door
  serve(door, withdrawalEndpoints.effectOfWithdrawal, (me, asked) => loadWithdrawalEffect(deps, me, asked))
  serve(door, withdrawalEndpoints.withdrawContent, (me, asked) => withdrawContent(deps, me, asked))
  serve(door, withdrawalEndpoints.listReaders, (me, asked) => listReaders(deps, me, asked))
  serve(door, withdrawalEndpoints.tellReaders, (me, asked) => tellReaders(deps, me, asked))
}
