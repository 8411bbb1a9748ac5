import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** Pages of a version that these doctors read, at its own link or at that of an earlier one, as far as they agreed to tell. */
export async function findPagesRead(
  db: Kysely<Database>,
  contentItemId: string,
  accountIds: string[],
): Promise<Map<string, number[]>> {
  const pages = new Map<string, number[]>()
  if (accountIds.length === 0) return pages
  const rows = await db
    .selectFrom('send')
    .innerJoin('account as record', 'record.id', 'send.accountId')
    .innerJoin('pageView', 'pageView.sendId', 'send.id')
    .select((eb) => eb.fn.coalesce('record.mergedInto', 'record.id').as('accountId'))
    .select('pageView.page')
    .distinct()
    .where((eb) => eb.or([eb('record.id', 'in', accountIds), eb('record.mergedInto', 'in', accountIds)]))
    .where((eb) =>
      eb.or([
        eb('pageView.contentItemId', '=', contentItemId),
        eb.and([eb('pageView.contentItemId', 'is', null), eb('send.contentItemId', '=', contentItemId)]),
      ]),
    )
    .orderBy('pageView.page')
    .execute()
  for (const { accountId, page } of rows) pages.set(accountId, [...(pages.get(accountId) ?? []), page])
  return pages
}

export async function findNames(db: Kysely<Database>, personIds: string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(personIds)])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
