import type { bulkEndpoints, Input, Output } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { asTags } from './life/change-tags.ts'

type Endpoint = typeof bulkEndpoints.findTags

/** Tags in use are looked for among the newest versions, and so many are offered. */
const versionsLookedAt = 2_000
const mostOffered = 200

/** What these versions are tagged with, and what there is to choose from. */
export async function findTags({ db }: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const [these, newest] = await Promise.all([
    db.selectFrom('contentItem').select('tags').where('id', 'in', asked.contentItemIds).execute(),
    findNewest(db),
  ])
  return {
    held: counted(these).map(([tag, pieces]) => ({ tag, pieces })),
    known: counted(newest)
      .slice(0, mostOffered)
      .map(([tag]) => tag),
  }
}

const findNewest = (db: Kysely<Database>) =>
  db
    .selectFrom(db.selectFrom('contentItem').select('tags').orderBy('id', 'desc').limit(versionsLookedAt).as('newest'))
    .select('tags')
    .where('tags', '!=', '')
    .execute()

/** How many have each tag, the most used first. */
function counted(rows: readonly { tags: string }[]): [tag: string, pieces: number][] {
  const counts = new Map<string, number>()
  for (const tag of rows.flatMap(({ tags }) => asTags(tags))) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].toSorted(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
}
