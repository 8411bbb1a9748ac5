import type { Kysely, Transaction } from 'kysely'
import { transact } from '../../../db/database.ts'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import { nameSound } from '../name-sound.ts'
import { weighPair, type Compared } from './weigh-pair.ts'

/** The job ends before its lease does. */
const longestMs = 30_000
const atOnce = 100
/** Of one account: who has so many namesakes is found by licence. */
const mostPairs = 20

const columns = ['id', 'name', 'nameSound', 'hospitalId', 'department', 'title', 'licenceNumber'] as const

/**
 * Job: compares accounts that are new or changed with those that share a licence, or a hospital and the sound of the name.
 * It proposes and never merges; what a person said of two is kept.
 */
export async function proposePairs(deps: Deps): Promise<void> {
  const endsAt = performance.now() + longestMs
  while (performance.now() < endsAt) if (!(await compareSome(deps))) return
}

async function compareSome({ db, now }: Deps): Promise<boolean> {
  const due = await db.selectFrom('account').select('id').where('compareDue', '=', 1).limit(atOnce).execute()
  if (due.length === 0) return false
  const ids = due.map((row) => row.id)
  await transact(db, async (trx) => {
    // From here on whatever changes one of them makes it due again.
    await trx.updateTable('account').set({ compareDue: 0 }).where('id', 'in', ids).execute()
    const changed = await findCompared(trx, ids)
    const others = await findOthers(trx, changed)
    const pairs = changed.flatMap((one) => pairsOf(one, others))
    await trx
      .deleteFrom('accountPair')
      .where('settled', 'is', null)
      .where((eb) => eb.or([eb('oneId', 'in', ids), eb('otherId', 'in', ids)]))
      .execute()
    if (pairs.length > 0)
      await trx
        .insertInto('accountPair')
        .ignore()
        .values(pairs.map((pair) => ({ ...pair, foundAt: now(), settled: null, settledBy: null, settledAt: null })))
        .execute()
  })
  return true
}

/** Those that can be sent to, with the sound of their names put right. */
async function findCompared(trx: Transaction<Database>, ids: readonly string[]): Promise<Compared[]> {
  const rows = await standing(trx).where('id', 'in', ids).execute()
  const heard = rows.map((row) => ({ ...row, was: row.nameSound, nameSound: nameSound(row.name) }))
  for (const { id, was, nameSound: sound } of heard)
    if (was !== sound) await trx.updateTable('account').set({ nameSound: sound }).where('id', '=', id).execute()
  return heard
}

const standing = (db: Kysely<Database>) =>
  db.selectFrom('account').select(columns).where('active', '=', 1).where('mergedInto', 'is', null)

async function findOthers(trx: Transaction<Database>, changed: readonly Compared[]): Promise<Compared[]> {
  const licences = changed.flatMap((one) => one.licenceNumber ?? [])
  const byLicence = licences.length > 0 ? await standing(trx).where('licenceNumber', 'in', licences).execute() : []
  const named = changed.filter((one) => one.nameSound !== '')
  const bySound =
    named.length > 0
      ? await standing(trx)
          .where((eb) =>
            eb(
              eb.refTuple('hospitalId', 'nameSound'),
              'in',
              named.map((one) => eb.tuple(one.hospitalId, one.nameSound)),
            ),
          )
          .execute()
      : []
  return [...new Map([...byLicence, ...bySound].map((one) => [one.id, one])).values()]
}

function pairsOf(one: Compared, others: readonly Compared[]) {
  return others
    .flatMap((other) => {
      const weighed = other.id === one.id ? null : weighPair(one, other)
      const [oneId, otherId] = one.id < other.id ? [one.id, other.id] : [other.id, one.id]
      return weighed ? [{ oneId, otherId, points: weighed.points, reasons: weighed.reasons.join(',') }] : []
    })
    .toSorted((a, b) => b.points - a.points)
    .slice(0, mostPairs)
}
