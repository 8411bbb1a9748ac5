import { showCondition } from '../content/office-shows.ts'
import { findRenewalsFor } from '../content/life/review-queries.ts'
import { mostCounted, waitingSince, type Asked, type Found, type Part, type Waiting } from './part.ts'

const dayMs = 86_400_000
const reviewDays = 3
/** How long before its end somebody is warned, and from when on it presses (content/life/warn-expiries.ts). */
const expiry = { warnedDays: 30, pressingDays: 3 }

type Piece = { id: string; title: string; version: number }
const asPiece = ({ id, title, version }: Piece, at: Date | null): Found => ({
  ...{ rowId: id, title: `${title} v${version}`, at: at ?? new Date(0) },
})

/** Others' pieces with a step of mine that nobody has signed. */
async function findReviews({ db, personId, roles, at }: Asked): Promise<Waiting> {
  const renewals = await findRenewalsFor(db, { personId, roles })
  const waits = showCondition({ show: 'for_me', product: '', kind: '' }, { personId, roles, at, renewals })
  const rows = await db
    .selectFrom('contentItem')
    .select(['id', 'title', 'version', 'submittedAt'])
    .select((eb) =>
      eb
        .selectFrom('reviewCall')
        .select((call) => call.fn.max('askedAt').as('askedAt'))
        .whereRef('reviewCall.contentItemId', '=', 'contentItem.id')
        .where('reviewCall.personId', '=', personId)
        .as('askedAt'),
    )
    .where(waits)
    .limit(mostCounted + 1)
    .execute()
  const since = (row: (typeof rows)[number]) => row.askedAt ?? row.submittedAt
  const oldestFirst = rows.toSorted((one, other) => (since(one)?.getTime() ?? 0) - (since(other)?.getTime() ?? 0))
  return waitingSince(
    oldestFirst.map((row) => asPiece(row, since(row))),
    at,
    reviewDays,
  )
}

async function findReturned({ db, personId, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('contentItem')
    .select(['id', 'title', 'version', 'submittedAt'])
    .where('ownerId', '=', personId)
    .where('state', '=', 'returned')
    .orderBy('id')
    .limit(mostCounted + 1)
    .execute()
  return waitingSince(
    rows.map((row) => asPiece(row, row.submittedAt)),
    at,
    null,
  )
}

/** Their author's; whoever watches over content sees those whose author is not here. */
async function findExpiring({ db, personId, roles, at }: Asked): Promise<Waiting> {
  const isOfficer = roles.includes('compliance_officer')
  const rows = await db
    .selectFrom('contentItem')
    .leftJoin('person as owner', 'owner.id', 'contentItem.ownerId')
    .select(['contentItem.id', 'contentItem.title', 'contentItem.version', 'contentItem.expiresAt'])
    .where('contentItem.state', '=', 'approved')
    .where('contentItem.expiresAt', '>', at)
    .where('contentItem.expiresAt', '<=', new Date(at.getTime() + expiry.warnedDays * dayMs))
    .where((eb) =>
      eb.or([
        eb('contentItem.ownerId', '=', personId),
        ...(isOfficer ? [eb('contentItem.ownerId', 'is', null), eb('owner.status', '!=', 'active')] : []),
      ]),
    )
    .orderBy('contentItem.expiresAt')
    .orderBy('contentItem.id')
    .limit(mostCounted + 1)
    .execute()
  const found = waitingSince(
    rows.map((row) => ({ ...asPiece(row, row.expiresAt), dueAt: row.expiresAt })),
    at,
    null,
  )
  const soon = new Date(at.getTime() + expiry.pressingDays * dayMs)
  const pressing = rows.slice(0, mostCounted).filter((row) => row.expiresAt && row.expiresAt <= soon).length
  return { ...found, oldestAt: null, pressing }
}

export const contentParts: Part[] = [
  { part: 'review', roles: ['medical', 'legal', 'compliance'], find: findReviews },
  { part: 'returned', roles: ['author'], find: findReturned },
  { part: 'expiring', roles: ['author', 'compliance_officer'], find: findExpiring },
]
