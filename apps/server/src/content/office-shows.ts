import type { Input, searchEndpoints } from '@vouch/contract'
import { reviewSteps } from '@vouch/rules'
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Condition } from './reach-conditions.ts'

type Row = ExpressionBuilder<Database, 'contentItem'>
type Asked = Pick<Input<typeof searchEndpoints.listContent>, 'show' | 'product' | 'kind'>
/** `renewals` are versions whose renewal waits for this person. */
type Who = { personId: string; roles: readonly string[]; at: Date; renewals: readonly string[] }

/** How long before its last day a piece counts as expiring, in ms: the first of the warnings. */
const soonMs = 30 * 86_400_000

/** What one view of the office's list holds, as a condition on rows. */
export const showCondition =
  ({ show, product, kind }: Asked, who: Who): Condition =>
  (row) =>
    row.and([
      ...viewOf(row, show, who),
      ...(product ? [row('contentItem.product', '=', product)] : []),
      ...(kind ? [row('contentItem.kind', '=', kind)] : []),
    ])

function viewOf(row: Row, show: Asked['show'], who: Who): Expression<SqlBool>[] {
  switch (show) {
    case 'all':
      return []
    case 'mine':
      return [row('contentItem.ownerId', '=', who.personId)]
    case 'held':
      return [row('contentItem.heldReason', 'is not', null)]
    case 'for_me':
      return [forMe(row, who)]
    case 'expiring':
      return [
        row('contentItem.state', '=', 'approved'),
        row('contentItem.expiresAt', '>', who.at),
        row('contentItem.expiresAt', '<=', new Date(who.at.getTime() + soonMs)),
      ]
    default:
      return [row('contentItem.state', '=', show)]
  }
}

/** What waits for this person's signature: reviews, and renewals that others began. */
function forMe(row: Row, who: Who): Expression<SqlBool> {
  const review = row.and([row('contentItem.state', '=', 'in_review'), ...waitsFor(row, who)])
  return who.renewals.length === 0 ? review : row.or([review, row('contentItem.id', 'in', who.renewals)])
}

/** Somebody else’s piece that this person has not signed, with a step of their role that nobody has. */
function waitsFor(row: Row, { personId, roles }: Who): Expression<SqlBool>[] {
  const signatures = row
    .selectFrom('contentApproval')
    .select('contentApproval.step')
    .whereRef('contentApproval.contentItemId', '=', 'contentItem.id')
  const open = reviewSteps
    .filter((step) => roles.includes(step))
    .map((step) =>
      row.and([
        sql<SqlBool>`find_in_set(${step}, ${row.ref('contentItem.steps')}) > 0`,
        row.not(row.exists(signatures.where('contentApproval.step', '=', step))),
      ]),
    )
  return [
    row.or([row('contentItem.ownerId', 'is', null), row('contentItem.ownerId', '!=', personId)]),
    row.not(
      row.exists(
        row
          .selectFrom('contentWriter')
          .select('contentWriter.personId')
          .whereRef('contentWriter.contentItemId', '=', 'contentItem.id')
          .where('contentWriter.personId', '=', personId),
      ),
    ),
    row.not(row.exists(signatures.where('contentApproval.personId', '=', personId))),
    row.or(open),
  ]
}
