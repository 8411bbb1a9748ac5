import type { Deps } from '../deps.ts'
import { accountSearchText, soundOf } from '../search-text.ts'

/** What a colleague is found by and in which order they stand: how the name sounds first, the user id last. */
export const personSearchText = (person: { name: string; nameEn: string; wecomUserId: string }): string =>
  [soundOf(person.name), accountSearchText(person), person.wecomUserId.toLowerCase()].join(' ').slice(0, 300)

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
