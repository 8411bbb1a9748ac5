import { newestStatement, type ConsentFacts, type ConsentStatement, type FactKind } from '@vouch/rules'
import type { PastSend, Policy } from '@vouch/rules'
import { sql, type Expression, type Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { stillSaid } from '../merged-records.ts'
import { neverLeft } from './became-of-queries.ts'

/** How far back earlier sends are weighed, in ms; no policy asks for more than 90 days (a check on its table). */
export const lookBackMs = 92 * 86_400_000
/** How long a piece that an HCP asked for is shown as asked for, in ms. */
export const askedForMs = 30 * 86_400_000

/** What holds for a rep whatever the doctor and the piece, as columns of one statement: policy, scope, consent texts. */
export function scopeColumns(about: { repId: string; now: Date }) {
  const { repId, now } = about
  return [
    sql<unknown>`(select json_object(
      'version', version, 'sendsPerMonth', sends_per_month, 'quietFrom', quiet_from, 'quietUntil', quiet_until,
      'sameItemDays', same_item_days, 'askAgainDays', ask_again_days, 'ticketSeconds', ticket_seconds,
      'unknownAfterSeconds', unknown_after_seconds, 'employmentProofMinutes', employment_proof_minutes,
      'contactProofHours', contact_proof_hours, 'consentDays', consent_days, 'disclaimerMode', disclaimer_mode, 'matchReview', match_review, 'vaultProofMinutes', vault_proof_minutes, 'market', market,
      'signInEveryTime', sign_in_every_time)
      from policy where holds_from <= ${now} order by version desc limit 1)`.as('policy'),
    sql<string | null>`(select group_concat(product) from rep_product where rep_id = ${repId})`.as('products'),
    sql<string | null>`(select group_concat(territory) from rep_territory where rep_id = ${repId})`.as('territories'),
    sql<string | null>`(select group_concat(code) from rep_group_member where rep_id = ${repId})`.as('repGroups'),
    sql<unknown>`(select json_array(max(version), max(if(material = 1, version, 0))) from consent_text
      where purpose = 'receive' and active_from <= ${now})`.as('consentTexts'),
  ] as const
}

/** A rep and a contact, as a chat brings them together. */
export type Pair = { repId: string; externalUserId: string }

/**
 * Contacts of these pairs that the rep follows or followed; of several pairs also each rep with the others' contacts.
 * Somebody else's and invented ones alike give nothing. The tables are met in this order: what the database would choose
 * for many pairs is slower and locks more.
 */
export function followedBy(db: Kysely<Database>, pairs: readonly Pair[]) {
  return db
    .selectFrom('externalContact')
    .innerJoin('contactFollow', 'contactFollow.externalUserId', 'externalContact.externalUserId')
    .modifyFront(sql`straight_join`)
    .where(
      'externalContact.externalUserId',
      'in',
      pairs.map((pair) => pair.externalUserId),
    )
    .where(
      'contactFollow.repId',
      'in',
      pairs.map((pair) => pair.repId),
    )
}

/**
 * The same of one pair, for what pages show. The relation is met first: with the contact first the database plans all that
 * is asked about it before it finds that this rep never followed them, which an invented contact does not cost.
 */
export function followOf(db: Kysely<Database>, { repId, externalUserId }: Pair): ReturnType<typeof followedBy> {
  return db
    .selectFrom('contactFollow')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactFollow.externalUserId')
    .modifyFront(sql`straight_join`)
    .where('contactFollow.repId', '=', repId)
    .where('contactFollow.externalUserId', '=', externalUserId)
}

/** What the HCPs behind these contacts said on *receive*. */
export function consentRows(db: Kysely<Database>, pairs: readonly Pair[]) {
  return followedBy(db, pairs)
    .innerJoin('consent', 'consent.accountId', 'externalContact.accountId')
    .select(['consent.accountId', 'consent.statement', 'consent.textVersion', 'consent.statedAt'])
    .where('consent.purpose', '=', 'receive')
    .where(stillSaid('consent'))
}

const pastSendColumns = [
  ...(['externalContact.accountId', 'send.id as sendId', 'send.requestId', 'send.repId'] as const),
  ...(['send.externalUserId', 'send.documentId', 'send.class', 'send.decidedAt as authorisedAt', 'fact.kind'] as const),
] as const

/**
 * Authorised sends by any rep since then to the HCPs behind these contacts, a row for each of their facts: also those to
 * records that were merged into theirs, which keep the account they were made for.
 */
export function pastSendRows(db: Kysely<Database>, pairs: readonly Pair[], since: Date) {
  const own = followedBy(db, pairs)
    .innerJoin('send', 'send.accountId', 'externalContact.accountId')
    .innerJoin('fact', 'fact.sendId', 'send.id')
    .select(pastSendColumns)
    .where('send.decidedAt', '>=', since)
    .where('send.outcome', '=', 'authorised')
  const merged = followedBy(db, pairs)
    .innerJoin('account as record', 'record.mergedInto', 'externalContact.accountId')
    .innerJoin('send', 'send.accountId', 'record.id')
    .innerJoin('fact', 'fact.sendId', 'send.id')
    .select(pastSendColumns)
    .where('send.decidedAt', '>=', since)
    .where('send.outcome', '=', 'authorised')
  return own.unionAll(merged)
}

/** How far what was sent was read, in pages and ms, a version that replaced it aside; for pages, not for the gate. */
export async function findReading(db: Kysely<Database>, sendIds: string[]) {
  if (sendIds.length === 0) return []
  return db
    .selectFrom('pageView')
    .select(['sendId', sql<number>`count(distinct page)`.as('pagesRead'), sql<number>`sum(visible_ms)`.as('readMs')])
    .where('sendId', 'in', sendIds)
    .where('contentItemId', 'is', null)
    .groupBy('sendId')
    .execute()
}

/** What pages show besides: the rep's favourites, and what this HCP asked for since then. */
export function shownColumns(about: { repId: string; account: Expression<unknown>; since: Date }) {
  return [
    sql<unknown>`(select json_arrayagg(document_id) from favourite where rep_id = ${about.repId})`.as('favourites'),
    sql<unknown>`(select json_arrayagg(document_id) from content_ask where account_id = ${about.account}
      and asked_at > ${about.since})`.as('asks'),
    // Under a record that was merged since; an "or" with the one above would find nothing by its key.
    sql<unknown>`(select json_arrayagg(ask.document_id) from account record
      join content_ask ask on ask.account_id = record.id
      where record.merged_into = ${about.account} and ask.asked_at > ${about.since})`.as('mergedAsks'),
  ] as const
}

export const readShown = (row: { favourites: unknown; asks: unknown; mergedAsks: unknown }) => ({
  favourites: parsed<string[] | null>(row.favourites) ?? [],
  asks: [...(parsed<string[] | null>(row.asks) ?? []), ...(parsed<string[] | null>(row.mergedAsks) ?? [])],
})

type ScopeRow = {
  policy: unknown
  products: string | null
  territories: string | null
  repGroups: string | null
  consentTexts: unknown
}
export type SaidRow = {
  accountId: string
  statement: ConsentStatement
  textVersion: number
  statedAt: Date
}
export type SendRow = Omit<PastSend, 'facts'> & { accountId: string | null; requestId: string; kind: FactKind }

/** JSON comes parsed from MySQL and as text from MariaDB. */
const parsed = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T // written by the statement above

export const listOf = (text: string | null): string[] => (text ? text.split(',') : [])

export function readScope(row: ScopeRow) {
  return {
    policy: parsed<Policy & { signInEveryTime: number }>(row.policy),
    products: listOf(row.products),
    territories: listOf(row.territories),
    groups: listOf(row.repGroups),
  }
}

/** Reads the scope and the rows of one HCP into the facts of the rule; earlier sends newest first. */
export function readAround(scope: ScopeRow, saidRows: readonly SaidRow[], sendRows: readonly SendRow[]) {
  const pastSends = asPastSends(sendRows)
  return { ...readScope(scope), pastSends, consent: asConsentFacts(scope, saidRows, pastSends) }
}

function asPastSends(rows: readonly SendRow[]): PastSend[] {
  const sends = new Map<string, PastSend & { facts: FactKind[] }>()
  for (const { kind, accountId: _account, requestId: _request, ...send } of rows) {
    const known = sends.get(send.sendId)
    if (known) known.facts.push(kind)
    else sends.set(send.sendId, { ...send, facts: [kind] })
  }
  return [...sends.values()].sort(newestFirst)
}

const newestFirst = (one: PastSend, other: PastSend): number =>
  other.authorisedAt.getTime() - one.authorisedAt.getTime() || (one.sendId < other.sendId ? 1 : -1)

function asConsentFacts(scope: ScopeRow, saidRows: readonly SaidRow[], pastSends: readonly PastSend[]): ConsentFacts {
  const said = saidRows.map(({ statement, textVersion, statedAt }) => ({
    ...{ purpose: 'receive' as const, statement, textVersion, statedAt },
  }))
  const newest = newestStatement(said, 'receive')
  const [current, oldestValid] = parsed<[number | null, number | null]>(scope.consentTexts)
  const invitation = pastSends.find((send) => send.class === 'consent' && !neverLeft(send.facts))
  return {
    statements: newest ? [newest] : [],
    textVersion: current ?? 0,
    oldestValidVersion: oldestValid ?? 0,
    invitedAt: invitation?.authorisedAt ?? null,
  }
}
