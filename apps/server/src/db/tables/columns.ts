import type { ColumnType } from 'kysely'

/** A yes or no: 0 or 1 when read. */
export type Truth = ColumnType<number, number | boolean, number | boolean>
/** The same with a default: optional when a row is written. */
export type DefaultTruth = ColumnType<number, number | boolean | undefined, number | boolean>
/** A snapshot, written as text. */
export type Json = ColumnType<unknown, string, never>
