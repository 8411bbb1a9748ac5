import { verdict, type ConsentFacts, type ConsentStatement, type ContentClass, type FactKind } from '@vouch/rules'
import type { PastSend, Policy, Verdict } from '@vouch/rules'
import { sql, type Expression } from 'kysely'

/** How far back earlier sends are weighed, in days; no policy asks for more than 90 (a check on its table). */
const lookBackDays = 92

/** Dates inside JSON, as text that `new Date` reads. */
const iso = (column: string) => sql`date_format(${sql.ref(column)}, '%Y-%m-%dT%H:%i:%s.%fZ')`

/**
 * What holds for a rep whatever the doctor and the piece, as columns of one statement: policy, scope, consent texts. Like
 * the columns below all are subqueries, so that a locking statement around them locks none of these tables: the
 * application may not update them, and need not.
 */
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

const pagesRead = sql`(select count(distinct page) from page_view where page_view.send_id = send.id)`
const readMs = sql`(select coalesce(sum(visible_ms), 0) from page_view where page_view.send_id = send.id)`

/**
 * What holds for a doctor whatever the piece: the newest word on *receive*, the earlier sends with their facts. Pages show
 * how far each was read as well; the gate has no use for it.
 */
export function doctorColumns(about: { account: Expression<unknown>; now: Date; reading: boolean }) {
  const { account, now, reading } = about
  const since = new Date(now.getTime() - lookBackDays * 86_400_000)
  return [
    sql<unknown>`(select json_array(statement, text_version, ${iso('consent.stated_at')}) from consent
      where consent.account_id = ${account} and purpose = 'receive'
      order by consent.stated_at desc, consent.id desc limit 1)`.as('consent'),
    sql<unknown>`(select json_arrayagg(json_array(send.id, send.rep_id, send.external_user_id, send.document_id,
      send.class, ${iso('send.decided_at')},
      (select group_concat(kind) from fact where fact.send_id = send.id),
      ${reading ? pagesRead : sql`0`}, ${reading ? readMs : sql`0`}))
      from send where send.account_id = ${account} and send.decided_at >= ${since}
      and send.outcome = 'authorised')`.as('pastSends'),
  ] as const
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
type AroundRow = ScopeRow & { consent: unknown; pastSends: unknown }

export type ReadSend = PastSend & { pagesRead: number; readMs: number }

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

/** Reads the columns above into the facts of the rule; earlier sends newest first. */
export function readAround(row: AroundRow) {
  const pastSends = (parsed<SendTuple[] | null>(row.pastSends) ?? []).map(asPastSend).sort(newestFirst)
  return { ...readScope(row), pastSends, consent: asConsentFacts(row, pastSends) }
}

type SendTuple = [string, string, string, string, ContentClass, string, string | null, number, number]

function asPastSend([
  sendId,
  repId,
  externalUserId,
  documentId,
  contentClass,
  at,
  facts,
  pages,
  ms,
]: SendTuple): ReadSend {
  return {
    ...{ sendId, repId, externalUserId, documentId, class: contentClass, authorisedAt: new Date(at) },
    facts: listOf(facts) as FactKind[],
    pagesRead: Number(pages),
    readMs: Number(ms),
  }
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
