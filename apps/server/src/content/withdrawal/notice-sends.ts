import type { PastSend } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { asKinds, factKinds } from '../../sends/became-of-queries.ts'

type AskedFor = { accountId: string; documentId: string | null; askedAt: Date | null }
/** By account what was sent of the notices asked for, in whatever version; and the names of who sent it. */
export type NoticeSends = { past: Map<string, PastSend[]>; names: Map<string, string> }

/** What these doctors were sent of the notices that were asked for them, since the first of these was. */
export async function findNoticeSends(db: Kysely<Database>, asked: readonly AskedFor[]): Promise<NoticeSends> {
  const found: NoticeSends = { past: new Map(), names: new Map() }
  const open = asked.filter(({ askedAt }) => askedAt !== null)
  if (open.length === 0) return found
  const since = new Date(Math.min(...open.map(({ askedAt }) => askedAt?.getTime() ?? Infinity)))
  const recordsOf = await findSameDoctor(db, [...new Set(open.map(({ accountId }) => accountId))])
  const rows = await db
    .selectFrom('send')
    .innerJoin('person', 'person.id', 'send.repId')
    .select(['send.id as sendId', 'send.accountId', 'send.repId', 'send.externalUserId', 'send.documentId'])
    .select(['send.class', 'send.decidedAt as authorisedAt', 'person.name'])
    .select(factKinds.as('kinds'))
    .where('send.accountId', 'in', [...recordsOf.keys()])
    .where('send.documentId', 'in', [...new Set(open.map(({ documentId }) => documentId ?? ''))])
    .where('send.decidedAt', '>=', since)
    .where('send.outcome', '=', 'authorised')
    .execute()
  for (const { accountId, kinds, name, ...send } of rows) {
    if (!accountId) continue
    found.names.set(send.repId, name)
    const facts = asKinds(kinds)
    for (const asked of recordsOf.get(accountId) ?? [])
      found.past.set(asked, [...(found.past.get(asked) ?? []), { ...send, facts }])
  }
  return found
}

/** All records of these doctors, each with those of them that were asked about: what one was sent, all were. */
async function findSameDoctor(db: Kysely<Database>, accountIds: string[]): Promise<Map<string, string[]>> {
  const asked = await db.selectFrom('account').select(['id', 'mergedInto']).where('id', 'in', accountIds).execute()
  const byDoctor = new Map<string, string[]>()
  for (const { id, mergedInto } of asked)
    byDoctor.set(mergedInto ?? id, [...(byDoctor.get(mergedInto ?? id) ?? []), id])
  const merged = await db
    .selectFrom('account')
    .select(['id', 'mergedInto'])
    .where('mergedInto', 'in', [...byDoctor.keys()])
    .execute()
  const records = [...[...byDoctor.keys()].map((id) => ({ id, mergedInto: id })), ...merged]
  return new Map(records.map(({ id, mergedInto }) => [id, byDoctor.get(mergedInto ?? id) ?? []]))
}
