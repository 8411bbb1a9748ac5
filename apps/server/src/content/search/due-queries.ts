import { sql, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** Has the pieces of a product indexed anew: they are found by what it is called. */
export async function askForProduct(trx: Transaction<Database>, at: Date, product: string): Promise<void> {
  await sql`insert into search_due (content_item_id, fresh, mark, asked_at)
    select content_item.id, search_place.place is null, 1, ${at} from content_item
    left join search_place on search_place.content_item_id = content_item.id
    where content_item.product = ${product}
    on duplicate key update mark = mark + 1`.execute(trx)
}
