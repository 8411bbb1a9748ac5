import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { findReaders } from './find-readers.ts'
import { correctionNotice } from './notice-texts.ts'
import { findMaskedNames, findTellers } from './reader-queries.ts'
import type { Stopping } from './withdrawal-queries.ts'

/** Doctors to be told, each by one rep, and how many nobody can tell. */
export type NoticePlan = {
  byRep: Map<string, string[]>
  /** Names of the reps, and of the doctors as a message may show them. */
  reps: Map<string, string>
  names: Map<string, string>
  unreachable: number
}
/** What one rep is asked for. */
export type ToAsk = { repId: string; accountIds: string[] }

export async function planNotices(db: Kysely<Database>, piece: Stopping): Promise<NoticePlan> {
  const readers = await findReaders(db, piece)
  const tellers = await findTellers(db, readers)
  const byRep = new Map<string, string[]>()
  const reps = new Map<string, string>()
  for (const { accountId } of readers) {
    const teller = tellers.get(accountId)
    if (!teller) continue
    reps.set(teller.repId, teller.name)
    byRep.set(teller.repId, [...(byRep.get(teller.repId) ?? []), accountId])
  }
  const names = await findMaskedNames(db, [...tellers.keys()])
  return { byRep, reps, names, unreachable: readers.length - tellers.size }
}

/** Whom each rep is asked for, those who were asked for with this notice before left out. */
export function whomToAsk({ byRep }: NoticePlan, already: ReadonlySet<string>): ToAsk[] {
  return [...byRep]
    .map(([repId, all]) => ({ repId, accountIds: all.filter((accountId) => !already.has(accountId)) }))
    .filter(({ accountIds }) => accountIds.length > 0)
}

/** The app message one rep gets. */
export function messageTo(
  { accountIds }: ToAsk,
  { names }: NoticePlan,
  about: { title: string; version: number; notice: string },
) {
  return correctionNotice({ ...about, doctors: accountIds.map((accountId) => names.get(accountId) ?? '') })
}
