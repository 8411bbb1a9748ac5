import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { lookBackMs } from '../../sends/around-queries.ts'
import type { DecisionRow } from './kept-decision.ts'
import { groupBy, type FactRow } from './replay-doctor.ts'

export type Span = { fromAt: Date; untilAt: Date }

/** Doctors after one of them, by id. */
export async function findDoctorsAfter(db: Kysely<Database>, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('account')
    .select('id')
    .where('id', '>', after)
    .where('mergedInto', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

const decisions = (db: Kysely<Database>) =>
  db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .select(['send.id as sendId', 'send.repId', 'send.externalUserId', 'send.accountId', 'send.documentId'])
    .select(['send.class', 'send.outcome', 'send.policyVersion', 'send.weighed', 'send.decidedAt'])
    .select(['contentItem.market', 'contentItem.source'])

/**
 * All decisions about these doctors, also about records that were merged into theirs, from as far back as the first of the
 * span could look; by the doctor they count for.
 */
export async function findDecisions(db: Kysely<Database>, doctors: readonly string[], { fromAt, untilAt }: Span) {
  const merged = await db
    .selectFrom('account')
    .select(['id', 'mergedInto'])
    .where('mergedInto', 'in', [...doctors])
    .execute()
  const wholeOf = new Map(merged.map(({ id, mergedInto }) => [id, mergedInto ?? id]))
  const rows: DecisionRow[] = await decisions(db)
    .where('send.accountId', 'in', [...doctors, ...wholeOf.keys()])
    .where('send.decidedAt', '>=', new Date(fromAt.getTime() - lookBackMs))
    .where('send.decidedAt', '<=', untilAt)
    .execute()
  return groupBy(rows, ({ accountId }) => wholeOf.get(accountId ?? '') ?? accountId ?? '')
}

/** Decisions about contacts who were matched to nobody, after one of them. */
export async function findUnmatched(
  db: Kysely<Database>,
  after: { at: Date; id: string } | undefined,
  { fromAt, untilAt }: Span,
  limit: number,
): Promise<DecisionRow[]> {
  return decisions(db)
    .where('send.accountId', 'is', null)
    .where('send.decidedAt', '>=', after?.at ?? fromAt)
    .where('send.decidedAt', '<=', untilAt)
    .$if(after !== undefined, (rows) =>
      rows.where((eb) => eb.or([eb('send.decidedAt', '>', after?.at ?? fromAt), eb('send.id', '>', after?.id ?? '')])),
    )
    .orderBy('send.decidedAt')
    .orderBy('send.id')
    .limit(limit)
    .execute()
}

/** What is known of these sends and since when. */
export async function findFacts(db: Kysely<Database>, sendIds: readonly string[]): Promise<FactRow[]> {
  if (sendIds.length === 0) return []
  return db
    .selectFrom('fact')
    .select(['sendId', 'kind', 'at'])
    .where('sendId', 'in', [...sendIds])
    .execute()
}

/** Sends as an example shows them. */
export async function findShown(db: Kysely<Database>, sendIds: readonly string[]) {
  if (sendIds.length === 0) return new Map<string, never>()
  const rows = await db
    .selectFrom('send')
    .innerJoin('person', 'person.id', 'send.repId')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select(['send.id as sendId', 'send.decidedAt as at', 'send.kind', 'person.name as rep', 'contentItem.title'])
    .select(['account.name as doctor', 'hospital.name as hospital'])
    .where('send.id', 'in', [...sendIds])
    .execute()
  return new Map(
    rows.map(({ doctor, hospital, ...row }) => [
      row.sendId,
      { ...row, doctor: doctor ?? '', hospital: hospital ?? '' },
    ]),
  )
}
