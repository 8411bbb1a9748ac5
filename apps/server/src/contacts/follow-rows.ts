import { sql, type ExpressionBuilder, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'

/** A rep and a contact. */
export type Pair = { repId: string; externalUserId: string }
export const pairKey = ({ repId, externalUserId }: Pair): string => `${repId} ${externalUserId}`

/** Rows locked at once; sends to these HCPs wait that long. */
const perTransaction = 100
const mostCharacters = 120

export function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / perTransaction) }, (_, index) =>
    all.slice(index * perTransaction, (index + 1) * perTransaction),
  )
}

/** As long as the columns of names are; WeCom counts characters, and so does the database. */
export const cut = (text: string): string => Array.from(text).slice(0, mostCharacters).join('')

const contactColumns = [
  ...(['externalUserId', 'nickname', 'unionId', 'kind', 'company', 'accountId', 'erasedAt'] as const),
] as const
const followColumns = [
  ...(['repId', 'externalUserId', 'remark', 'following', 'provedAt', 'endedAt'] as const),
  ...(['halfAt', 'endReason', 'beganAt'] as const),
] as const

/** Locks the contacts first, in one order, as everything that concerns an HCP does; then what the reps have with them. */
export async function lockPairs(trx: Transaction<Database>, pairs: readonly Pair[]) {
  const ids = [...new Set(pairs.map((pair) => pair.externalUserId))].toSorted()
  const contacts = await trx
    .selectFrom('externalContact')
    .select(contactColumns)
    .where('externalUserId', 'in', ids)
    .orderBy('externalUserId')
    .forUpdate()
    .execute()
  const follows = await trx
    .selectFrom('contactFollow')
    .select(followColumns)
    .where((eb) => ofPairs(eb, pairs))
    .forUpdate()
    .execute()
  return {
    contacts: new Map(contacts.map((row) => [row.externalUserId, row])),
    follows: new Map(follows.map((row) => [pairKey(row), row])),
  }
}
export type LockedPairs = Awaited<ReturnType<typeof lockPairs>>

/** Exactly these pairs, rep by rep: every part is a range of the primary key on each database. */
export function ofPairs(eb: ExpressionBuilder<Database, 'contactFollow'>, pairs: readonly Pair[]) {
  return eb.or(
    [...groupBy(pairs, (pair) => pair.repId)].map(([repId, those]) =>
      eb.and([
        eb('contactFollow.repId', '=', repId),
        eb(
          'contactFollow.externalUserId',
          'in',
          those.map((pair) => pair.externalUserId),
        ),
      ]),
    ),
  )
}

export function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

type NewContact = {
  externalUserId: string
  nickname: string
  unionId: string | null
  kind: 'wechat' | 'wecom'
  company: string
}

/**
 * Adds the contacts nobody has seen yet. Not `insert ignore`: its shared locks on what is there already would turn into
 * deadlocks at the next statement.
 */
export async function addContacts(trx: Transaction<Database>, seen: readonly NewContact[], at: Date): Promise<void> {
  const ids = seen.map((contact) => contact.externalUserId)
  const known = await knownIds(trx, ids)
  const fresh = seen.filter(({ externalUserId }) => !known.has(externalUserId))
  if (fresh.length === 0) return
  const unmatched = { accountId: null, matchedBy: null, matchedAt: null, createdAt: at }
  await trx
    .insertInto('externalContact')
    .values(sorted(fresh).map((contact) => ({ ...contact, ...unmatched })))
    .onDuplicateKeyUpdate({ externalUserId: sql`external_contact.external_user_id` })
    .execute()
}

/** What is newly known of people who are there. A name or union id that WeCom leaves out stays. */
export async function nameContacts(
  trx: Transaction<Database>,
  changed: readonly NewContact[],
  at: Date,
): Promise<void> {
  if (changed.length === 0) return
  await trx
    .insertInto('externalContact')
    .values(sorted(changed).map((contact) => ({ ...contact, accountId: null, createdAt: at })))
    .onDuplicateKeyUpdate({
      nickname: sql`values(nickname)`,
      kind: sql`values(kind)`,
      company: sql`values(company)`,
      unionId: sql`coalesce(values(union_id), external_contact.union_id)`,
    })
    .execute()
}

async function knownIds(db: Kysely<Database>, ids: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('externalContact')
    .select('externalUserId')
    .where('externalUserId', 'in', ids)
    .execute()
  return new Set(rows.map((row) => row.externalUserId))
}

const sorted = <T extends { externalUserId: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((one, other) => (one.externalUserId < other.externalUserId ? -1 : 1))
