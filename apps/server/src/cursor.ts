import { AppError } from './errors.ts'

/** Where a page ended: the time and id of its last row. Pages are read by these keys, never by counting. */
export type Cursor = { at: Date; id: string }

export const writeCursor = ({ at, id }: Cursor): string => `${at.getTime()}.${id}`

/** Reads what `writeCursor` wrote; anything else is `bad_request`. */
export function readCursor(text: string | null): Cursor | undefined {
  if (text === null) return undefined
  const found = /^(\d{1,14})\.([\w-]{1,40})$/.exec(text)
  if (!found) throw new AppError('bad_request', { field: 'cursor' })
  return { at: new Date(Number(found[1])), id: found[2]! }
}
