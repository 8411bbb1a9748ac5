import { verdict, type ConsentFacts, type ConsentStatement, type FactKind } from '@vouch/rules'
import type { PastSend, Policy, Verdict } from '@vouch/rules'
import { sql, type Expression, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'

/** How far back earlier sends are weighed, in days; no policy asks for more than 90 (a check on its table). */
const lookBackDays = 92

/** Dates inside JSON, as text that `new Date` reads. */
const iso = (column: string) => sql`date_format(${sql.ref(column)}, '%Y-%m-%dT%H:%i:%s.%fZ')`

/** What holds for a rep whatever the doctor and the piece, as columns of one statement: policy, scope, consent texts. */
export function scopeColumns(about: { repId: string; now: Date }) {
  const { repId, now } = about
  return [
    sql<unknown>`(select json_object(
      'version', version, 'sendsPerMonth', sends_per_month, 'quietFrom', quiet_from, 'quietUntil', quiet_until,
      'sameItemDays', same_item_days, 'askAgainDays', ask_again_days, 'ticketSeconds', ticket_seconds,
      'unknownAfterSeconds', unknown_after_seconds, 'employmentProofMinutes', employment_proof_minutes,
      'contactProofHours', contact_proof_hours, 'consentDays', consent_days, 'market', market,
      'signInEveryTime', sign_in_every_time)
      from policy where holds_from <= ${now} order by version desc limit 1)`.as('policy'),
    sql<string | null>`(select group_concat(product) from rep_product where rep_id = ${repId})`.as('products'),
    sql<string | null>`(select group_concat(territory) from rep_territory where rep_id = ${repId})`.as('territories'),
    sql<unknown>`(select json_array(max(version), max(if(material = 1, version, 0))) from consent_text
      where active_from <= ${now})`.as('consentTexts'),
  ] as const
}

/**
 * The newest word on *receive*, as a column. It is a subquery, so that a locking statement around it does not lock the
 * table: the application may not update consents, and need not.
 */
export const consentColumn = (account: Expression<unknown>) =>
  sql<unknown>`(select json_array(statement, text_version, ${iso('consent.stated_at')}) from consent
    where consent.account_id = ${account} and purpose = 'receive'
    order by consent.stated_at desc, consent.id desc limit 1)`.as('consent')

/** Authorised sends to an account in the last 92 days by any rep, a row for each of their facts. */
export function pastSendRows(db: Kysely<Database>, about: { account: Expression<unknown>; now: Date }) {
  const since = new Date(about.now.getTime() - lookBackDays * 86_400_000)
  return db
    .selectFrom('send')
    .innerJoin('fact', 'fact.sendId', 'send.id')
    .select([
      'send.id as sendId',
      'repId',
      'externalUserId',
      'documentId',
      'class',
      'decidedAt as authorisedAt',
      'fact.kind',
    ])
    .where('send.accountId', '=', about.account as Expression<string>)
    .where('send.decidedAt', '>=', since)
    .where('send.outcome', '=', 'authorised')
}

/** How far each of these sends was read, in pages and ms; for pages, the gate has no use for it. */
export async function findReading(db: Kysely<Database>, sendIds: string[]) {
  if (sendIds.length === 0) return []
  return db
    .selectFrom('pageView')
    .select(['sendId', sql<number>`count(distinct page)`.as('pagesRead'), sql<number>`sum(visible_ms)`.as('readMs')])
    .where('sendId', 'in', sendIds)
    .groupBy('sendId')
    .execute()
}

/** What pages show besides: the rep's favourites, and what this HCP asked for in the last 30 days. */
export function shownColumns(about: { repId: string; account: Expression<unknown>; now: Date }) {
  const since = new Date(about.now.getTime() - 30 * 86_400_000)
  return [
    sql<unknown>`(select json_arrayagg(document_id) from favourite where rep_id = ${about.repId})`.as('favourites'),
    sql<unknown>`(select json_arrayagg(document_id) from content_ask where account_id = ${about.account}
      and asked_at > ${since})`.as('asks'),
  ] as const
}

export const readShown = (row: { favourites: unknown; asks: unknown }) => ({
  favourites: parsed<string[] | null>(row.favourites) ?? [],
  asks: parsed<string[] | null>(row.asks) ?? [],
})

type ScopeRow = { policy: unknown; products: string | null; territories: string | null; consentTexts: unknown }
type AroundRow = ScopeRow & { consent: unknown }
type SendRow = Omit<PastSend, 'facts'> & { kind: FactKind }

/** JSON comes parsed from MySQL and as text from MariaDB. */
const parsed = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T // written by the statement above

export const listOf = (text: string | null): string[] => (text ? text.split(',') : [])

export function readScope(row: ScopeRow) {
  return {
    policy: parsed<Policy & { signInEveryTime: number }>(row.policy),
    products: listOf(row.products),
    territories: listOf(row.territories),
  }
}

/** Reads the columns and rows above into the facts of the rule; earlier sends newest first. */
export function readAround(row: AroundRow, sendRows: readonly SendRow[]) {
  const pastSends = asPastSends(sendRows)
  return { ...readScope(row), pastSends, consent: asConsentFacts(row, pastSends) }
}

function asPastSends(rows: readonly SendRow[]): PastSend[] {
  const sends = new Map<string, Omit<SendRow, 'kind'> & { facts: FactKind[] }>()
  for (const { kind, ...send } of rows) {
    const known = sends.get(send.sendId)
    if (known) known.facts.push(kind)
    else sends.set(send.sendId, { ...send, facts: [kind] })
  }
  return [...sends.values()].sort(newestFirst)
}

const newestFirst = (one: PastSend, other: PastSend): number =>
  other.authorisedAt.getTime() - one.authorisedAt.getTime() || (one.sendId < other.sendId ? 1 : -1)

/** An invitation the client says never left is no invitation; the doctor cannot be waiting with it. */
const unsent: readonly Verdict[] = ['CANCELLED', 'FAILED', 'NOT_SENT_PROVEN', 'NOT_SENT_ADJUDICATED']

function asConsentFacts(row: AroundRow, pastSends: readonly PastSend[]): ConsentFacts {
  const [newest, oldestValid] = parsed<[number | null, number | null]>(row.consentTexts)
  const said = parsed<[ConsentStatement, number, string] | null>(row.consent)
  const invitation = pastSends.find((send) => send.class === 'consent' && !unsent.includes(verdict(send.facts)))
  return {
    statements: said
      ? [{ purpose: 'receive', statement: said[0], textVersion: said[1], statedAt: new Date(said[2]) }]
      : [],
    textVersion: newest ?? 0,
    oldestValidVersion: oldestValid ?? 0,
    invitedAt: invitation?.authorisedAt ?? null,
  }
}
