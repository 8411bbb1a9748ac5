import { sql, type Kysely, type SqlBool } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Reader } from './find-readers.ts'

/** Readers a statement. */
const atOnce = 500

export type Teller = { repId: string; name: string }

/** Who can tell each reader: whoever sent it to them while they still follow them, else another rep who does. */
export async function findTellers(db: Kysely<Database>, readers: readonly Reader[]): Promise<Map<string, Teller>> {
  const tellers = new Map<string, Teller>()
  const senders = new Map(readers.map(({ accountId, repId }) => [accountId, repId]))
  for (const accountIds of inParts([...senders.keys()])) {
    // Contacts of a record that was merged since are with the one that stands for it.
    const rows = await db
      .selectFrom('account as record')
      .innerJoin('externalContact', (join) =>
        join.on((eb) => eb('externalContact.accountId', '=', eb.fn.coalesce('record.mergedInto', 'record.id'))),
      )
      .innerJoin('contactFollow', 'contactFollow.externalUserId', 'externalContact.externalUserId')
      .innerJoin('person', 'person.id', 'contactFollow.repId')
      .select(['record.id as accountId', 'person.id as repId', 'person.name'])
      .where('record.id', 'in', accountIds)
      .where('contactFollow.following', '=', 1)
      .where('person.status', '=', 'active')
      .orderBy('person.id')
      .execute()
    for (const { accountId, ...rep } of rows) {
      if (!tellers.has(accountId) || senders.get(accountId) === rep.repId) tellers.set(accountId, rep)
    }
  }
  return tellers
}

/** Names and places of these doctors, with the last notice asked for. */
export async function findTold(db: Kysely<Database>, contentItemId: string, accountIds: string[]) {
  if (accountIds.length === 0) return []
  const records = sql<string>`select record.id from account record
    where record.id = account.id or record.merged_into = account.id`
  const newest = sql<Date>`(select max(r.asked_at) from recall_reader r
    where r.content_item_id = ${contentItemId} and r.account_id in (${records}))`
  return db
    .selectFrom('account')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .leftJoin('recallReader', (join) =>
      join
        .on(sql<SqlBool>`recall_reader.account_id in (${records})`)
        .on('recallReader.contentItemId', '=', contentItemId)
        .on('recallReader.askedAt', '=', newest),
    )
    .leftJoin('contentItem', 'contentItem.id', 'recallReader.noticeItemId')
    .leftJoin('person', 'person.id', 'recallReader.repId')
    .select(['account.id as accountId', 'account.name as doctor', 'account.title', 'hospital.name as hospital'])
    .select(['contentItem.title as notice', 'contentItem.documentId', 'recallReader.askedAt'])
    .select('person.name as askedOf')
    .where('account.id', 'in', accountIds)
    .execute()
}

/** Readers who were asked for with this very notice before. */
export async function findAsked(db: Kysely<Database>, contentItemId: string, noticeItemId: string) {
  const rows = await db
    .selectFrom('recallReader')
    .innerJoin('account', 'account.id', 'recallReader.accountId')
    .select((eb) => eb.fn.coalesce('account.mergedInto', 'account.id').as('accountId'))
    .where('contentItemId', '=', contentItemId)
    .where('noticeItemId', '=', noticeItemId)
    .execute()
  return new Set(rows.map((row) => row.accountId))
}

/** 张* 主任医师（仁和）: enough for a rep who knows them, in a message others may see on a screen. */
export async function findMaskedNames(db: Kysely<Database>, accountIds: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const part of inParts(accountIds)) {
    const rows = await db
      .selectFrom('account')
      .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
      .select(['account.id', 'account.name', 'account.title', 'hospital.shortName'])
      .where('account.id', 'in', part)
      .execute()
    for (const { id, name, title, shortName } of rows) {
      names.set(id, `${[...name][0] ?? ''}* ${title}${shortName ? `（${shortName}）` : ''}`)
    }
  }
  return names
}

export function inParts<T>(all: readonly T[], most = atOnce): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, nth) => all.slice(nth * most, (nth + 1) * most))
}
