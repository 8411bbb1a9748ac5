import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { AppError } from './errors.ts'

/** Where a page ended: the time and id of its last row. Pages are read by these keys, never by counting. */
export type Cursor = { at: Date; id: string }

/** In a list of several orders it names its own: where one order stopped says nothing about another. */
export const writeCursor = ({ at, id }: Cursor, order = ''): string => `${order && `${order}.`}${at.getTime()}.${id}`

/** Reads what `writeCursor` wrote for the same order; anything else is `bad_request`. */
export function readCursor(text: string | null, order = ''): Cursor | undefined {
  if (text === null) return undefined
  const found = /^(?:(-?[A-Za-z]+)\.)?(\d{1,14})\.([\w-]{1,40})$/.exec(text)
  if (!found || (found[1] ?? '') !== order) throw new AppError('bad_request', { field: 'cursor' })
  return { at: new Date(Number(found[2])), id: found[3]! }
}

/** Orders are words of the contract, see `listOrders`. */
export const directionOf = (order: string): 'asc' | 'desc' => (order.startsWith('-') ? 'desc' : 'asc')

/** What comes after a row in an order by a column and then by id; so written, an index answers it. */
export function isAfter(
  order: string,
  [column, idColumn]: readonly [string, string],
  [value, id]: readonly [Date | string, string],
): RawBuilder<SqlBool> {
  const [from, beyond] = directionOf(order) === 'desc' ? [sql`<=`, sql`<`] : [sql`>=`, sql`>`]
  const key = sql.ref(column)
  return sql`(${key} ${from} ${value} and (${key} ${beyond} ${value} or ${sql.ref(idColumn)} ${beyond} ${id}))`
}
