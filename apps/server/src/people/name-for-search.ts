import type { Deps } from '../deps.ts'
import { personSearchText } from '../search-text.ts'

const atOnce = 500

/** Job: people who came in another way, e.g. before there was a search, are found like the others. */
export async function nameForSearch({ db }: Deps): Promise<void> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name', 'nameEn', 'wecomUserId'])
    .where('nameSearch', '=', '')
    .limit(atOnce)
    .execute()
  for (const { id, ...person } of rows)
    await db
      .updateTable('person')
      .set({ nameSearch: personSearchText(person) })
      .where('id', '=', id)
      .execute()
}
