import {
  verdict,
  type ConsentFacts,
  type ContentFacts,
  type FactKind,
  type MessageKind,
  type PastSend,
  type Policy,
  type RepFacts,
  type Verdict,
} from '@vouch/rules'
import { sql, type ExpressionBuilder, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { policyVersion } from '../policy/queries.ts'

export const listOf = (text: string | null): string[] => (text ? text.split(',') : [])

const accountColumns = [
  'account.id as accountId',
  'account.name as accountName',
  'account.title',
  'account.department',
  'account.hospitalId',
  'account.active',
  'account.hcpVerified',
  'account.territory',
  'account.specialty',
  'account.pausedUntil',
] as const

const followColumns = [
  'externalContact.nickname',
  'contactFollow.following',
  'contactFollow.provedAt',
  'contactFollow.remark',
] as const

/** Contact, account and whether this rep follows; undefined when nobody of ours ever saw the contact. */
function contactOf(db: Kysely<Database>, repId: string, externalUserId: string) {
  return db
    .selectFrom('externalContact')
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .leftJoin('contactFollow', (join) =>
      join
        .onRef('contactFollow.externalUserId', '=', 'externalContact.externalUserId')
        .on('contactFollow.repId', '=', repId),
    )
    .select([...accountColumns, ...followColumns])
    .where('externalContact.externalUserId', '=', externalUserId)
}
export type ContactRow = NonNullable<Awaited<ReturnType<ReturnType<typeof contactOf>['executeTakeFirst']>>>

/**
 * Locks the contact, its account and the follow relation, so that whatever concerns one HCP is decided in turn. The
 * first statement of every transaction that decides about an HCP. `contact_not_found` when this rep never followed them.
 */
export async function lockContact(
  trx: Transaction<Database>,
  repId: string,
  externalUserId: string,
): Promise<ContactRow> {
  const row = await contactOf(trx, repId, externalUserId).forUpdate().executeTakeFirst()
  if (!row || row.following === null) throw new AppError('contact_not_found')
  return row
}

export const contentColumns = [
  'contentItem.id as contentItemId',
  'contentItem.documentId',
  'contentItem.version',
  'contentItem.kind',
  'contentItem.class',
  'contentItem.product',
  'contentItem.market',
  'contentItem.language',
  'contentItem.audience',
  'contentItem.ways',
  'contentItem.title',
  'contentItem.cardTitle',
  'contentItem.cardDesc',
  'contentItem.cardHash',
  'contentItem.approvalNumber',
  'contentItem.state',
  'contentItem.effectiveAt',
  'contentItem.expiresAt',
  'contentItem.endedAt',
  'contentItem.withdrawnReason',
  'contentItem.supersededBy',
  'contentItem.fileHash',
  'contentItem.approvedHash',
  'contentItem.fileBytes',
  'contentItem.fileName',
  'contentItem.pageCount',
  'contentItem.seconds',
  'contentItem.publishedAt',
] as const

/** Content and rep under a shared lock: a withdrawal or a leave is wholly before or wholly after this send. */
export async function lockContentAndRep(trx: Transaction<Database>, repId: string, contentItemId: string) {
  const row = await trx
    .selectFrom('contentItem')
    .innerJoin('person', (join) => join.on('person.id', '=', repId))
    .select(contentColumns)
    .select(['contentItem.body', 'person.name as repName', 'person.status', 'person.employmentProvedAt'])
    .select(['person.filingNumber', 'person.filedUntil'])
    .where('contentItem.id', '=', contentItemId)
    .modifyEnd(sql`lock in share mode`)
    .executeTakeFirst()
  if (!row) throw new AppError('content_not_found')
  return row
}
export type ContentRow = Omit<
  Awaited<ReturnType<typeof lockContentAndRep>>,
  'body' | 'repName' | 'status' | 'employmentProvedAt' | 'filingNumber' | 'filedUntil'
>

/**
 * What holds around a send whatever the piece: policy, consent texts, the rep's scope, the newest word on *receive*;
 * and the send this request became, if it was decided before.
 */
export function loadAround(db: Kysely<Database>, repId: string, accountId: string | null, now: Date, requestId = '') {
  return db
    .selectFrom('policy')
    .leftJoin('consent', (join) => join.on('consent.id', '=', newestConsent(accountId)))
    .select([
      'policy.version',
      'sendsPerMonth',
      'quietFrom',
      'quietUntil',
      'sameItemDays',
      'askAgainDays',
      'ticketSeconds',
    ])
    .select(['unknownAfterSeconds', 'employmentProofMinutes', 'contactProofHours', 'consentDays', 'policy.market'])
    .select(['consent.statement', 'consent.textVersion as statedVersion', 'consent.statedAt'])
    .select([
      sql<string | null>`(select group_concat(product) from rep_product where rep_id = ${repId})`.as('products'),
      sql<string | null>`(select group_concat(territory) from rep_territory where rep_id = ${repId})`.as('territories'),
      sql<string | null>`(select id from send where rep_id = ${repId} and request_id = ${requestId})`.as('decidedId'),
      sql<number | null>`(select max(version) from consent_text where active_from <= ${now})`.as('textVersion'),
      sql<number | null>`(select max(version) from consent_text where active_from <= ${now} and material = 1)`.as(
        'oldestValidVersion',
      ),
    ])
    .where('policy.version', '=', policyVersion(now))
    .executeTakeFirstOrThrow()
}
export type AroundRow = Awaited<ReturnType<typeof loadAround>>

const newestConsent = (accountId: string | null) =>
  sql<string>`(select id from consent where account_id = ${accountId} and purpose = 'receive' order by stated_at desc, id desc limit 1)`

/** Authorised sends to an account since a moment, by any rep, each with its facts: newest first. */
export async function findPastSends(
  db: Kysely<Database>,
  accountId: string,
  since: Date,
): Promise<(PastSend & { pagesRead: number; readMs: number })[]> {
  const rows = await db
    .selectFrom('send')
    .select(['send.id as sendId', 'repId', 'externalUserId', 'documentId', 'class', 'decidedAt as authorisedAt'])
    .select((eb) => [factsOf(eb), pagesReadOf(eb), readMsOf(eb)])
    .where('accountId', '=', accountId)
    .where('decidedAt', '>=', since)
    .where('outcome', '=', 'authorised')
    .orderBy('decidedAt', 'desc')
    .orderBy('send.id', 'desc')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    ...row,
    facts: listOf(row.facts) as FactKind[],
    pagesRead: Number(row.pagesRead),
    readMs: Number(row.readMs),
  }))
}

const factsOf = (_: ExpressionBuilder<Database, 'send'>) =>
  sql<string | null>`(select group_concat(kind) from fact where fact.send_id = send.id)`.as('facts')
const pagesReadOf = (_: ExpressionBuilder<Database, 'send'>) =>
  sql<number>`(select count(distinct page) from page_view where page_view.send_id = send.id)`.as('pagesRead')
const readMsOf = (_: ExpressionBuilder<Database, 'send'>) =>
  sql<number>`(select coalesce(sum(visible_ms), 0) from page_view where page_view.send_id = send.id)`.as('readMs')

export function asPolicy(row: AroundRow): Policy {
  const { version, sendsPerMonth, quietFrom, quietUntil, sameItemDays, askAgainDays, ticketSeconds } = row
  const { unknownAfterSeconds, employmentProofMinutes, contactProofHours, consentDays, market } = row
  return {
    ...{ version, sendsPerMonth, quietFrom, quietUntil, sameItemDays, askAgainDays, ticketSeconds },
    ...{ unknownAfterSeconds, employmentProofMinutes, contactProofHours, consentDays, market },
  }
}

/** An invitation the client says never left is no invitation; the doctor cannot be waiting with it. */
const unsent: readonly Verdict[] = ['CANCELLED', 'FAILED', 'NOT_SENT_PROVEN', 'NOT_SENT_ADJUDICATED']

export function asConsentFacts(row: AroundRow, pastSends: readonly PastSend[]): ConsentFacts {
  const said = row.statement && row.statedVersion !== null && row.statedAt
  return {
    statements: said
      ? [{ purpose: 'receive', statement: row.statement!, textVersion: row.statedVersion!, statedAt: row.statedAt! }]
      : [],
    textVersion: row.textVersion ?? 0,
    oldestValidVersion: row.oldestValidVersion ?? 0,
    invitedAt:
      pastSends.find((send) => send.class === 'consent' && !unsent.includes(verdict(send.facts)))?.authorisedAt ?? null,
  }
}

type RepRow = {
  status: 'active' | 'left'
  employmentProvedAt: Date | null
  filingNumber: string | null
  filedUntil: Date | null
}

export function asRepFacts(person: RepRow, around: AroundRow): RepFacts {
  const { employmentProvedAt, filingNumber, filedUntil } = person
  return {
    active: person.status === 'active',
    ...{ employmentProvedAt, filingNumber, filedUntil },
    products: listOf(around.products),
    territories: listOf(around.territories),
  }
}

export function asContentFacts(row: ContentRow): ContentFacts {
  const {
    contentItemId,
    documentId,
    state,
    product,
    market,
    effectiveAt,
    expiresAt,
    supersededBy,
    fileBytes,
    cardTitle,
    cardDesc,
  } = row
  return {
    ...{ contentItemId, documentId, state, product, market, effectiveAt, expiresAt, supersededBy, cardTitle, cardDesc },
    class: row.class,
    bytesMatch: row.fileHash === row.approvedHash,
    audience: listOf(row.audience),
    withdrawnAt: row.endedAt,
    kinds: listOf(row.ways) as MessageKind[],
    fileBytes: Number(fileBytes),
  }
}

export function asAccountFacts(row: ContactRow) {
  if (!row.accountId) return null
  return {
    active: Boolean(row.active),
    hcpVerified: Boolean(row.hcpVerified),
    territory: row.territory ?? '',
    specialty: row.specialty ?? '',
    pausedUntil: row.pausedUntil,
  }
}

/** The contact and what is around it, without locks: for pages. Undefined when this rep never followed the contact. */
export async function findContact(db: Kysely<Database>, repId: string, externalUserId: string) {
  const row = await contactOf(db, repId, externalUserId)
    .innerJoin('person', (join) => join.on('person.id', '=', repId))
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select([
      'hospital.name as hospital',
      'person.status',
      'person.employmentProvedAt',
      'person.filingNumber',
      'person.filedUntil',
    ])
    .executeTakeFirst()
  return row && row.following !== null ? row : undefined
}
