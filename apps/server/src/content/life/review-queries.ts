import { reviewSteps, type ReviewStep } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { firstRound } from './review-calls.ts'
import { openRound } from './renewal-round.ts'
import { stepsAsked } from './step-facts.ts'

type Asked = {
  personId: string
  roles: readonly string[]
  owed: readonly { contentItemId: string; renewsUntil: Date }[]
}

/** A piece that waits for the signature of somebody, and the step they may sign. */
export type Called = {
  contentItemId: string
  title: string
  version: number
  step: ReviewStep
  renewsUntil: Date | null
}

/** Those of the rounds owed to a person that still wait for them. */
export async function findCalled(db: Kysely<Database>, { personId, roles, owed }: Asked): Promise<Called[]> {
  const ids = [...new Set(owed.map((one) => one.contentItemId))]
  const [pieces, signatures, writers] = await Promise.all([
    db
      .selectFrom('contentItem')
      .select(['id as contentItemId', 'title', 'version', 'state', 'class', 'steps', 'ownerId', 'heldReason'])
      .select(['approvedAt', 'expiredAt'])
      .where('id', 'in', ids)
      .execute(),
    db
      .selectFrom('contentApproval')
      .select(['contentItemId', 'step', 'personId', 'renewsUntil', 'signedAt'])
      .where('contentItemId', 'in', ids)
      .orderBy('signedAt')
      .execute(),
    db
      .selectFrom('contentWriter')
      .select('contentItemId')
      .where('contentItemId', 'in', ids)
      .where('personId', '=', personId)
      .execute(),
  ])
  const wrote = new Set(writers.map((row) => row.contentItemId))
  return owed.flatMap(({ contentItemId, renewsUntil }) => {
    const piece = pieces.find((row) => row.contentItemId === contentItemId)
    if (!piece || piece.heldReason || piece.ownerId === personId || wrote.has(contentItemId)) return []
    const given = signatures.filter((row) => row.contentItemId === contentItemId)
    const signed = signedIn(piece, given, renewsUntil)
    if (!signed || signed.some((one) => one.personId === personId)) return []
    const step = reviewSteps.find(
      (one) =>
        roles.includes(one) && stepsAsked(piece).includes(one) && signed.every((signature) => signature.step !== one),
    )
    const { title, version } = piece
    return step ? [{ contentItemId, title, version, step, renewsUntil: isFirst(renewsUntil) ? null : renewsUntil }] : []
  })
}

const isFirst = (renewsUntil: Date): boolean => renewsUntil.getTime() === firstRound.getTime()

/** Signatures of that round; undefined when it is not open any more. */
function signedIn<One extends { renewsUntil: Date | null; signedAt: Date }>(
  piece: Parameters<typeof openRound>[0],
  signatures: readonly One[],
  renewsUntil: Date,
): One[] | undefined {
  if (isFirst(renewsUntil))
    return piece.state === 'in_review' ? signatures.filter((one) => one.renewsUntil === null) : undefined
  const open = openRound(piece, signatures)
  return open?.until.getTime() === renewsUntil.getTime() ? open.round : undefined
}

/** Renewals that others began and that wait for this person. */
export async function findRenewalsFor(
  db: Kysely<Database>,
  { personId, roles }: { personId: string; roles: readonly string[] },
): Promise<string[]> {
  const owed = await db
    .selectFrom('reviewCall')
    .select(['contentItemId', 'renewsUntil'])
    .where('personId', '=', personId)
    .where('renewsUntil', '>', firstRound)
    .orderBy('renewsUntil', 'desc')
    .limit(mostRenewals)
    .execute()
  if (owed.length === 0) return []
  return (await findCalled(db, { personId, roles, owed })).map((one) => one.contentItemId)
}
const mostRenewals = 500
