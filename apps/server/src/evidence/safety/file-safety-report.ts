import { nextSafetyCall, type SafetySeriousness } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { sha256 } from '../../secrets.ts'
import { findLink, type LinkRow } from '../queries.ts'
import { readToken, type Reader } from '../reader.ts'
import { arrivedNotice } from './safety-notices.ts'
import { findFirstTold } from './safety-office.ts'

export type AskedReport = {
  requestId: string
  /** Of the page it was reported from; any text, or empty. */
  token: string
  language: string
  happened: string
  product: string
  occurred: string
  seriousness: SafetySeriousness
  contact: string
  unnamed: boolean
}

const unknownReporter: Actor = { kind: 'hcp', id: 'unknown' }

/**
 * Takes a report from anybody. The company is aware of it from this moment (R29), and whoever is in charge is told in the
 * same transaction. Who reports is kept when they were recognised and did not ask to stay unnamed. The same words under the
 * same `requestId` are one report; changed words are another, so that nothing is lost.
 */
export async function fileSafetyReport(deps: Deps, reader: Reader, asked: AskedReport): Promise<void> {
  const { claimed, genuine } = readToken(deps, asked.token)
  const found = await findLink(deps.db, claimed)
  const link = genuine ? found : undefined
  const reporter = asked.unnamed ? undefined : await findReporter(deps.db, reader, link)
  const awareAt = deps.now()
  const id = deps.newId()
  const { requestId, happened, product, occurred, seriousness, contact, language } = asked
  const words = { happened, product, occurred, seriousness, contact }
  const report = {
    ...{ id, requestId, ...words, language, awareAt, receipt: receiptOf(id, awareAt) },
    bodyHash: sha256(JSON.stringify(words)),
    identity: reporter?.identity ?? ('none' as const),
    externalUserId: reporter?.externalUserId ?? null,
    accountId: reporter?.accountId ?? null,
    sendId: link?.sendId ?? null,
    contentItemId: link?.contentItemId ?? null,
  }
  await transact(deps.db, async (trx) => {
    const added = await trx.insertInto('safetyReport').ignore().values(report).executeTakeFirst()
    if (added.numInsertedOrUpdatedRows === 1n) await begin(deps, trx, report)
  })
}

async function begin(
  { newId }: Deps,
  trx: Transaction<Database>,
  report: { id: string; receipt: string; awareAt: Date; accountId: string | null; seriousness: SafetySeriousness },
): Promise<void> {
  const { id, awareAt, accountId, seriousness } = report
  const { ownerId, tell } = await findFirstTold(trx, awareAt)
  const { nextAt } = nextSafetyCall(awareAt, awareAt)
  const task = { reportId: id, awareAt, ownerId, viewedAt: null, acknowledgedAt: null, nextAt }
  await trx.insertInto('safetyTask').values(task).execute()
  const words = arrivedNotice(report)
  await addNotices(
    ...([trx, newId, awareAt] as const),
    tell.map((toPerson) => ({ ...words, toPerson })),
  )
  const actor: Actor = accountId ? { kind: 'hcp', id: accountId } : unknownReporter
  await appendAudit(trx, newId(), actor, awareAt, {
    ...{ event: 'safety.reported', subjectId: id, accountId },
    detail: { seriousness, told: tell },
  })
}

/** `AE-20261122-7K3FQ2`: read over the telephone without mistakes, and guessed by nobody. */
function receiptOf(id: string, at: Date): string {
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  return `AE-${day}-${id.slice(-6)}`
}

async function findReporter(db: Kysely<Database>, reader: Reader, link: LinkRow | undefined) {
  if (!reader) return undefined
  const identity = link?.externalUserId === reader ? ('addressee' as const) : ('contact' as const)
  const contact = await db
    .selectFrom('externalContact')
    .select('accountId')
    .where('externalUserId', '=', reader)
    .executeTakeFirst()
  return { identity, externalUserId: reader, accountId: contact?.accountId ?? null }
}

/** The receipt of the newest report under a request id, for the page that confirms it. */
export function findReceipt(db: Kysely<Database>, requestId: string) {
  return db
    .selectFrom('safetyReport')
    .select(['receipt', 'awareAt'])
    .where('requestId', '=', requestId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
