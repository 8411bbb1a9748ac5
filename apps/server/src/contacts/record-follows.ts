import { sql, type Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'newId'>
export type SeenContact = { externalUserId: string; nickname: string; remark: string }

/** What WeCom answered about one rep. `askedAt` is before the question: whatever was recorded since is newer. */
export type Told = { repId: string; askedAt: Date }

/** Rows locked at once; sends to these HCPs wait that long. */
const perTransaction = 100
const mostCharacters = 120

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / perTransaction) }, (_, index) =>
    all.slice(index * perTransaction, (index + 1) * perTransaction),
  )
}

/** Records that a rep follows these contacts and renews the proof of it. New relations are audited. */
export async function recordFollows(deps: Needs, by: Actor, told: Told, seen: readonly SeenContact[]): Promise<void> {
  for (const some of chunks(seen)) await transact(deps.db, (trx) => recordSome(trx, deps, by, told, some))
}

async function recordSome(
  trx: Transaction<Database>,
  { now, newId }: Needs,
  by: Actor,
  { repId, askedAt }: Told,
  seen: SeenContact[],
) {
  const at = now()
  const contacts = seen.map(({ externalUserId, nickname }) => ({
    externalUserId,
    nickname: cut(nickname),
    createdAt: at,
  }))
  const unmatched = { accountId: null, matchedBy: null, matchedAt: null }
  await trx
    .insertInto('externalContact')
    .ignore()
    .values(contacts.map((contact) => ({ ...contact, ...unmatched })))
    .execute()
  const ids = seen.map((contact) => contact.externalUserId)
  const known = await lockFollows(trx, repId, ids)

  for (const { externalUserId, nickname } of contacts) {
    if (known.get(externalUserId)?.nickname === nickname) continue
    await trx.updateTable('externalContact').set({ nickname }).where('externalUserId', '=', externalUserId).execute()
  }
  const fresh = seen.filter(({ externalUserId }) => !((known.get(externalUserId)?.endedAt ?? new Date(0)) > askedAt))
  if (fresh.length === 0) return
  await trx
    .insertInto('contactFollow')
    .values(
      fresh.map(({ externalUserId, remark }) => ({
        repId,
        externalUserId,
        remark: cut(remark),
        following: 1,
        provedAt: askedAt,
        endedAt: null,
      })),
    )
    .onDuplicateKeyUpdate({
      remark: sql`values(remark)`,
      following: 1,
      provedAt: sql`greatest(coalesce(proved_at, values(proved_at)), values(proved_at))`,
      endedAt: null,
    })
    .execute()
  for (const { externalUserId } of fresh.filter((contact) => !known.get(contact.externalUserId)?.following)) {
    const accountId = known.get(externalUserId)?.accountId ?? null
    await appendAudit(trx, newId(), by, at, {
      event: 'contact.followed',
      subjectId: externalUserId,
      accountId,
      detail: { repId },
    })
  }
}

/** Records that a rep no longer follows these contacts, as WeCom itself says; drops nothing that was proved since. */
export async function endFollows(
  deps: Needs,
  by: Actor,
  told: Told,
  externalUserIds: readonly string[],
): Promise<void> {
  for (const some of chunks(externalUserIds)) await transact(deps.db, (trx) => endSome(trx, deps, by, told, some))
}

async function endSome(
  trx: Transaction<Database>,
  { now, newId }: Needs,
  by: Actor,
  { repId, askedAt }: Told,
  ids: string[],
) {
  const at = now()
  const known = await lockFollows(trx, repId, ids)
  for (const externalUserId of ids) {
    const row = known.get(externalUserId)
    if (!row?.following || (row.provedAt && row.provedAt > askedAt)) continue
    await trx
      .updateTable('contactFollow')
      .set({ following: 0, endedAt: at })
      .where('repId', '=', repId)
      .where('externalUserId', '=', externalUserId)
      .execute()
    const { accountId } = row
    await appendAudit(trx, newId(), by, at, {
      event: 'contact.follow_ended',
      subjectId: externalUserId,
      accountId,
      detail: { repId },
    })
  }
}

/** Locks the contacts first, in one order, as everything that concerns an HCP does. */
async function lockFollows(trx: Transaction<Database>, repId: string, ids: string[]) {
  const rows = await trx
    .selectFrom('externalContact')
    .leftJoin('contactFollow', (join) =>
      join
        .onRef('contactFollow.externalUserId', '=', 'externalContact.externalUserId')
        .on('contactFollow.repId', '=', repId),
    )
    .select(['externalContact.externalUserId', 'externalContact.nickname', 'externalContact.accountId'])
    .select(['contactFollow.following', 'contactFollow.provedAt', 'contactFollow.endedAt'])
    .where('externalContact.externalUserId', 'in', ids)
    .orderBy('externalContact.externalUserId')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.externalUserId, row]))
}

const cut = (text: string): string => Array.from(text).slice(0, mostCharacters).join('')
