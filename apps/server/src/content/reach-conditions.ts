import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Scope } from './queries.ts'

type Row = ExpressionBuilder<Database, 'contentItem'>
/** A condition on rows of pieces. */
export type Condition = (row: Row) => Expression<SqlBool>

/**
 * The rule `reachesRep` as a condition: what is listed, found, previewed and sent goes by the same, and a test holds the
 * two against each other. An invitation belongs to no product.
 */
export const reaches =
  (rep: Scope): Condition =>
  (row) =>
    row.and([isMeantFor(rep)(row), row.or([row('contentItem.class', '=', 'consent'), isOfProducts(rep)(row)])])

/** Within reach and of the rep's products: the same without invitations, and answered by the key of the list. */
export const ofProducts =
  (rep: Scope): Condition =>
  (row) =>
    row.and([isMeantFor(rep)(row), isOfProducts(rep)(row)])

/** What a rep is shown in lists and search: approved or just withdrawn, and no invitation. */
export const isListed =
  (rep: Scope, now: Date): Condition =>
  (row) =>
    row.and([ofProducts(rep)(row), row('contentItem.listedUntil', '>', now), row('contentItem.class', '!=', 'consent')])

export const isFavourite =
  (rep: Scope): Condition =>
  (row) =>
    row(
      'contentItem.documentId',
      'in',
      row.selectFrom('favourite').select('favourite.documentId').where('favourite.repId', '=', rep.id),
    )

const isOfProducts = (rep: Scope) => (row: Row) => row('contentItem.product', 'in', ['', ...rep.products])

const isMeantFor = (rep: Scope) => (row: Row) =>
  row.and([
    row('contentItem.market', '=', rep.market),
    namesOneOf(row.ref('contentItem.territories'), rep.territories),
    namesOneOf(row.ref('contentItem.repGroups'), rep.groups),
  ])

/** Nothing named means everybody. */
function namesOneOf(named: Expression<string>, has: readonly string[]): Expression<SqlBool> {
  const one = has.map((value) => sql`find_in_set(${value}, ${named}) > 0`)
  return sql<SqlBool>`(${sql.join([sql`${named} = ''`, ...one], sql` or `)})`
}
