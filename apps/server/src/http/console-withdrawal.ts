import { withdrawalEndpoints } from '@vouch/contract'
import { listReaders } from '../content/list-readers.ts'
import { loadWithdrawalEffect } from '../content/load-withdrawal-effect.ts'
import { tellReaders } from '../content/tell-readers.ts'
import { withdrawContent } from '../content/withdraw-content.ts'
import { serve, type Door } from './serve.ts'

/** Withdrawing, and telling those who read it. */
export function mountWithdrawal(door: Door): void {
  const { deps } = door
  serve(door, withdrawalEndpoints.effectOfWithdrawal, (me, asked) => loadWithdrawalEffect(deps, me, asked))
  serve(door, withdrawalEndpoints.withdrawContent, (me, asked) => withdrawContent(deps, me, asked))
  serve(door, withdrawalEndpoints.listReaders, (me, asked) => listReaders(deps, me, asked))
  serve(door, withdrawalEndpoints.tellReaders, (me, asked) => tellReaders(deps, me, asked))
}
