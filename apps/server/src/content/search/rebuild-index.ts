import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { blockSize } from './place-set.ts'
import { findIndex } from './queries.ts'

const itemsAtOnce = 2_000
const rowsAtOnce = 5_000

/** Has every piece indexed anew, oldest first; the index answers meanwhile. */
export async function askForEverything(db: Kysely<Database>, at: Date): Promise<void> {
  let after = ''
  for (;;) {
    const ids = await db
      .selectFrom('contentItem')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(itemsAtOnce)
      .execute()
    const last = ids.at(-1)
    if (!last) return
    await sql`insert into search_due (content_item_id, fresh, mark, asked_at)
      select content_item.id, search_place.place is null, 1, ${at} from content_item
      left join search_place on search_place.content_item_id = content_item.id
      where content_item.id > ${after} and content_item.id <= ${last.id}
      on duplicate key update mark = mark + 1`.execute(db)
    after = last.id
  }
}

/**
 * Looks after the index once an hour: pieces nobody announced are indexed, blocks that hold no piece any more are
 * removed, and when most places are left behind by pieces that moved on, all is built anew.
 */
export async function rebuildIndex({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const index = await findIndex(db)
  if (!index) return
  await sql`insert ignore into search_due (content_item_id, fresh, mark, asked_at)
    select content_item.id, 1, 1, ${now()} from content_item
    left join search_place on search_place.content_item_id = content_item.id
    where search_place.place is null order by content_item.id limit ${itemsAtOnce}`.execute(db)
  const { pieces, lowest } = await db
    .selectFrom('searchPlace')
    .select((row) => [row.fn.countAll<number>().as('pieces'), row.fn.min('place').as('lowest')])
    .executeTakeFirstOrThrow()
  const firstBlock = lowest === null ? index.firstBlock : Math.floor(lowest / blockSize)
  await dropBlocksBefore(db, firstBlock)
  const places = index.nextPlace - firstBlock * blockSize
  if (places > 2 * Number(pieces) + 2 * blockSize) await askForEverything(db, now())
}

async function dropBlocksBefore(db: Kysely<Database>, firstBlock: number): Promise<void> {
  await db
    .updateTable('searchIndex')
    .set({ firstBlock })
    .where('id', '=', 1)
    .where('firstBlock', '<', firstBlock)
    .execute()
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('searchBlock')
      .where('block', '<', firstBlock)
      .orderBy('block')
      .orderBy('term')
      .limit(rowsAtOnce)
      .executeTakeFirst()
    if (numDeletedRows < rowsAtOnce) return
  }
}
