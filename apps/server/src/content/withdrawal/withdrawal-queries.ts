import { reachesRep, type ContentStepFacts } from '@vouch/rules'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { listOf } from '../../sends/around-queries.ts'
import { isSealed, statementColumns } from '../../statement.ts'

const successorsShown = 20
const sendsAtOnce = 10_000

const stopColumns = [
  'contentItem.id as contentItemId',
  'contentItem.state',
  'contentItem.approvedHash',
  'contentItem.endedAt',
  'contentItem.expiredAt',
  'contentItem.supersededAt',
  'contentItem.heldReason',
  'contentItem.ownerId',
  'contentItem.replacesLinks',
  'contentItem.pageCount',
] as const

function stopRow(db: Kysely<Database>, contentItemId: string) {
  return db.selectFrom('contentItem').select(stopColumns).select(statementColumns).where('id', '=', contentItemId)
}
type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof stopRow>['executeTakeFirst']>>>

/** A version as far as ending it goes. */
export type Stopping = Row & { sealed: boolean }

const withSeal = (row: Row | undefined): Stopping | undefined => row && { ...row, sealed: isSealed(row) }

export async function findStopping(db: Kysely<Database>, contentItemId: string): Promise<Stopping | undefined> {
  return withSeal(await stopRow(db, contentItemId).executeTakeFirst())
}

/** Locks it: every send of it is decided wholly before or wholly after. */
export async function lockStopping(trx: Transaction<Database>, contentItemId: string): Promise<Stopping | undefined> {
  return withSeal(await stopRow(trx, contentItemId).forUpdate().executeTakeFirst())
}

/** What the rule about a withdrawal asks for. */
export function stopFacts(
  piece: Stopping,
  { actorId, roles, reason }: { actorId: string; roles: readonly string[]; reason: string },
): ContentStepFacts {
  const { title, cardTitle, cardDesc, kind, state, ownerId, effectiveAt, expiresAt } = piece
  return {
    ...{ action: 'withdraw', actorId, roles, reason, state, ownerId, effectiveAt, expiresAt },
    ...{ submittedBy: ownerId, class: piece.class, steps: [], signatures: [], step: null },
    ...{ statementHash: '', signedHash: null, pagesReady: true, reauthenticatedAt: null, openVersion: false },
    held: piece.heldReason !== null,
    text: { title, cardTitle, cardDesc, body: '', kind },
  }
}

/** Reps who sent it or tried; short statements, so that no number of sends can hold up a withdrawal. */
async function findSenders(db: Kysely<Database>, contentItemId: string): Promise<Set<string>> {
  const reps = new Set<string>()
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('send')
      .select(['id', 'repId'])
      .where('contentItemId', '=', contentItemId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(sendsAtOnce)
      .execute()
    for (const { repId } of rows) reps.add(repId)
    const last = rows.at(-1)
    if (!last || rows.length < sendsAtOnce) return reps
    after = last.id
  }
}

/** Reps in whose list the piece is: by the same rule as list, search and gate. */
export async function findRepsInReach(db: Kysely<Database>, piece: Stopping, now: Date): Promise<string[]> {
  return (await loadReach(db, now))(piece)
}

/** The same for one piece after another. */
export async function loadReach(db: Kysely<Database>, now: Date): Promise<(piece: Stopping) => string[]> {
  const { market } = await loadPolicy(db, now)
  const rows = await db
    .selectFrom('person')
    .innerJoin('personRole', 'personRole.personId', 'person.id')
    .select('person.id')
    .select(sql<string | null>`(select group_concat(product) from rep_product where rep_id = person.id)`.as('products'))
    .select(
      sql<string | null>`(select group_concat(territory) from rep_territory where rep_id = person.id)`.as(
        'territories',
      ),
    )
    .select(sql<string | null>`(select group_concat(code) from rep_group_member where rep_id = person.id)`.as('groups'))
    .where('person.status', '=', 'active')
    .where('personRole.role', '=', 'rep')
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .execute()
  const reps = rows.map(({ id, products, territories, groups }) => ({
    ...{ id, products: listOf(products), territories: listOf(territories), groups: listOf(groups) },
  }))
  return (piece) => {
    const content = { ...piece, territories: listOf(piece.territories), repGroups: listOf(piece.repGroups) }
    return reps.filter((rep) => reachesRep(content, rep, market)).map(({ id }) => id)
  }
}

/** Who is told of a withdrawal: who sent it or has it in their list. Read before the lock: nobody can send while it is held. */
export async function findRepsToTell(db: Kysely<Database>, piece: Stopping, now: Date): Promise<Set<string>> {
  const [senders, inReach] = await Promise.all([findSenders(db, piece.contentItemId), findRepsInReach(db, piece, now)])
  return new Set([...senders, ...inReach])
}

/** Versions that are in force and may stand in for a piece: of its own document first, then of its product. */
export function findStandIns(db: Kysely<Database>, piece: Stopping, now: Date) {
  return inForce(db, now)
    .select(['id as contentItemId', 'documentId', 'version', 'title', 'kind'])
    .where('id', '!=', piece.contentItemId)
    .where((eb) =>
      eb.or([
        eb('documentId', '=', piece.documentId),
        eb.and([eb('market', '=', piece.market), eb('product', '=', piece.product), eb('class', '!=', 'consent')]),
      ]),
    )
    .orderBy(sql`document_id = ${piece.documentId}`, 'desc')
    .orderBy('publishedAt', 'desc')
    .limit(successorsShown)
    .execute()
}

/** One approved version that may be sent now; undefined when it may not. */
export function findInForce(db: Kysely<Database>, contentItemId: string, now: Date) {
  return inForce(db, now).select(['id', 'title', 'version']).where('id', '=', contentItemId).executeTakeFirst()
}

const inForce = (db: Kysely<Database>, now: Date) =>
  db
    .selectFrom('contentItem')
    .where('state', '=', 'approved')
    .where('heldReason', 'is', null)
    .where('expiredAt', 'is', null)
    .where((eb) => eb.or([eb('effectiveAt', 'is', null), eb('effectiveAt', '<=', now)]))
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))

/** What a step on a piece was answered with, when this person asked it before under the same request. */
export async function findAnswered<Detail>(
  trx: Transaction<Database>,
  asked: { event: string; subjectId: string; actorId: string; requestId: string },
): Promise<{ at: Date; detail: Detail } | undefined> {
  const row = await trx
    .selectFrom('auditEntry')
    .select(['at', 'detail'])
    .where('subjectId', '=', asked.subjectId)
    .where('event', '=', asked.event)
    .where('actorId', '=', asked.actorId)
    .where(sql`json_unquote(json_extract(detail, '$.requestId'))`, '=', asked.requestId)
    .executeTakeFirst()
  if (!row) return undefined
  const detail = typeof row.detail === 'string' ? JSON.parse(row.detail) : row.detail // text on MariaDB
  return { at: row.at, detail: detail as Detail } // written by the same use case
}
