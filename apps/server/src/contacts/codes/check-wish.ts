import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { findActiveReps, findProductNamed } from './code-queries.ts'

type CodeWish = {
  wording: string
  temporary: boolean
  days: string
  fromMinute: number | null
  untilMinute: number | null
  mainIds: readonly string[]
  backupIds: readonly string[]
}
type WishRefused = {
  outcome: 'refused'
  why: 'unknown_rep' | 'too_many_reps' | 'names_product' | 'temporary_shape' | 'half_hours' | 'over'
  about: string
}

/** WeCom counts to a hundred, however they are spread. */
const mostReps = 100
export const refusedWish = (why: WishRefused['why'], about = ''): WishRefused => ({ outcome: 'refused', why, about })

/** What speaks against a code as it is wished for; undefined when nothing does. */
export async function checkWish(db: Kysely<Database>, wish: CodeWish): Promise<WishRefused | undefined> {
  const reps = [...wish.mainIds, ...wish.backupIds]
  const scheduled = wish.days !== '' || wish.fromMinute !== null || wish.untilMinute !== null
  if ((wish.fromMinute === null) !== (wish.untilMinute === null)) return refusedWish('half_hours')
  if (wish.temporary && (reps.length > 1 || scheduled)) return refusedWish('temporary_shape')
  if (reps.length > mostReps || new Set(reps).size < reps.length) return refusedWish('too_many_reps')
  const named = await findProductNamed(db, wish.wording)
  if (named) return refusedWish('names_product', named)
  const active = await findActiveReps(db, reps)
  const unknown = reps.find((repId) => !active.has(repId))
  return unknown ? refusedWish('unknown_rep', unknown) : undefined
}

/** Rows of the reps a code leads to. */
export const repRows = (codeId: string, { mainIds, backupIds }: Pick<CodeWish, 'mainIds' | 'backupIds'>) => [
  ...mainIds.map((repId, place) => ({ codeId, repId, part: 'main' as const, place })),
  ...backupIds.map((repId, place) => ({ codeId, repId, part: 'backup' as const, place })),
]
