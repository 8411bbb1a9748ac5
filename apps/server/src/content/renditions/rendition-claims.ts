import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { RenderedPage } from './rendition.ts'

/** Who draws renews this often what would run out by itself after so long, in ms. */
export const leaseMs = 45_000
export const renewMs = 15_000

export type Claim = { fileHash: string; pagesDone: number; pageCount: number; attempts: number; owner: string }

/** Somebody else draws this file now; whoever finds out stops and leaves everything as it is. */
export class ClaimLost extends Error {}

/**
 * Takes the file that has waited longest, or one whose drawer was not heard of for so long. `attempts` counts how often
 * it was taken since its last page was done.
 */
export async function claimRendition({ db, now, newId }: Deps): Promise<Claim | undefined> {
  const [owner, at] = [newId(), now()]
  const claimed = await db
    .updateTable('rendition')
    .set((eb) => ({
      ...{ owner, state: 'drawing' as const, ownedUntil: new Date(at.getTime() + leaseMs) },
      attempts: eb('attempts', '+', 1),
    }))
    .where('state', 'in', ['waiting', 'drawing'])
    .where('runAt', '<=', at)
    .where('ownedUntil', '<=', at)
    .orderBy('runAt')
    .limit(1)
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n) return undefined
  const row = await db
    .selectFrom('rendition')
    .select(['fileHash', 'pagesDone', 'pageCount', 'attempts'])
    .where('owner', '=', owner)
    .executeTakeFirst()
  return row && { ...row, owner }
}

/** Says that the drawing goes on. Throws ClaimLost. */
export async function renewClaim({ db, now }: Deps, claim: Claim): Promise<void> {
  await change(db, claim, { ownedUntil: new Date(now().getTime() + leaseMs) })
}

/** Remembers a page whose images are stored. Throws ClaimLost. */
export async function savePage({ db, now }: Deps, claim: Claim, page: RenderedPage, of: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const ownedUntil = new Date(now().getTime() + leaseMs)
    await change(trx, claim, { pagesDone: page.number, pageCount: of, attempts: 0, ownedUntil })
    await trx
      .insertInto('renditionPage')
      .ignore()
      .values({ fileHash: claim.fileHash, ...page })
      .execute()
  })
}

/** Lets the file wait for another turn. `attempts` is what is counted of this one. */
export async function releaseClaim(
  { db, now }: Deps,
  claim: Claim,
  { afterMs, attempts }: { afterMs: number; attempts: number },
): Promise<void> {
  const at = now()
  const runAt = new Date(at.getTime() + afterMs)
  await change(db, claim, { state: 'waiting', owner: null, ownedUntil: at, runAt, attempts })
}

/** Forgets the pages drawn so far: what was stored of them is gone. */
export async function restart({ db, now }: Deps, claim: Claim): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const at = now()
    await change(trx, claim, { state: 'waiting', owner: null, ownedUntil: at, runAt: at, pagesDone: 0, pageCount: 0 })
    await trx.deleteFrom('renditionPage').where('fileHash', '=', claim.fileHash).execute()
  })
}

type Change = Partial<{
  state: 'waiting' | 'done' | 'failed'
  problem: string | null
  owner: string | null
  ownedUntil: Date
  runAt: Date
  doneAt: Date
  pagesDone: number
  pageCount: number
  attempts: number
}>

/** Every change is of one's own claim, and locks it first where it is part of a transaction. Throws ClaimLost. */
export async function change(db: Kysely<Database>, { fileHash, owner }: Claim, values: Change): Promise<void> {
  const changed = await db
    .updateTable('rendition')
    .set(values)
    .where('fileHash', '=', fileHash)
    .where('owner', '=', owner)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) throw new ClaimLost()
}
