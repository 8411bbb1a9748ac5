import type { Input, Output, repEndpoints, SendRecord } from '@vouch/contract'
import { linkState, verdict, type ConsentStatement, type FactKind, type Verdict } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findRecordIds, newestReceive } from '../merged-records.ts'
import { refusalsOf } from './answer-send.ts'
import { findContact } from './queries.ts'

type Endpoint = typeof repEndpoints.history
export type Show = Input<Endpoint>['show']

const pageSize = 20
/** Filtering by verdict happens after the facts are read; this many pages are looked through for one answer. */
const pagesSearched = 5

/**
 * Sends, newest first, each with its verdict computed from its facts. With a contact: everybody's sends to that HCP;
 * without: the rep's own. Two statements a page, both along an index, whatever the size of the table.
 */
export async function listHistory(deps: Deps, repId: string, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const contact = asked.externalUserId ? await findContact(deps.db, repId, asked.externalUserId) : undefined
  if (asked.externalUserId && !contact) throw new AppError('contact_not_found')
  const since = new Date(deps.now().getTime() - asked.days * 86_400_000)
  const records = contact?.accountId ? await findRecordIds(deps.db, contact.accountId) : []
  return readHistory(deps, asked, repId, (page) => {
    const recent = page.where('send.decidedAt', '>=', since)
    if (!asked.externalUserId) return recent.where('send.repId', '=', repId)
    if (records.length > 0) return recent.where('send.accountId', 'in', records)
    return recent.where('send.repId', '=', repId).where('send.externalUserId', '=', asked.externalUserId)
  })
}

type Page = ReturnType<typeof historyRows>

/** Reads pages until one is full. */
async function readHistory(
  deps: Deps,
  asked: { show: Show; cursor: string | null },
  repId: string,
  narrow: (page: Page) => Page,
): Promise<{ sends: SendRecord[]; next: string | null }> {
  const sends: SendRecord[] = []
  let after = readCursor(asked.cursor)
  for (let searched = 0; searched < pagesSearched; searched += 1) {
    const rows = await narrow(historyRows(deps.db, asked.show, after)).execute()
    const page = rows.slice(0, pageSize)
    const facts = await findFacts(
      deps.db,
      page.map((row) => row.sendId),
    )
    const now = deps.now()
    sends.push(
      ...page
        .map((row) => record(row, facts.get(row.sendId) ?? [], repId, now))
        .filter((send) => fits(send, asked.show)),
    )
    const last = page.at(-1)
    const more = rows.length > pageSize && last
    if (!more) return { sends, next: null }
    after = { at: last.at, id: last.sendId }
    if (sends.length >= pageSize) break
  }
  return { sends, next: after ? writeCursor(after) : null }
}

/** The sends of these ids as the console shows them, in the order of the ids. */
export async function findRecords(db: Kysely<Database>, sendIds: string[], now: Date): Promise<SendRecord[]> {
  if (sendIds.length === 0) return []
  const [rows, facts] = await Promise.all([
    recordRows(db).where('send.id', 'in', sendIds).execute(),
    findFacts(db, sendIds),
  ])
  const records = new Map(rows.map((row) => [row.sendId, record(row, facts.get(row.sendId) ?? [], null, now)]))
  return sendIds.flatMap((sendId) => records.get(sendId) ?? [])
}

/** What a record of a send says, before its facts are weighed. */
function recordRows(db: Kysely<Database>) {
  return db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .leftJoin('linkRevocation', 'linkRevocation.sendId', 'send.id')
    .select([
      'send.id as sendId',
      'send.decidedAt as at',
      'send.contentItemId',
      'send.kind',
      'send.outcome',
      'send.repId',
      'send.policyVersion',
    ])
    .select([
      'contentItem.title',
      'contentItem.version',
      'contentItem.state',
      'contentItem.expiresAt',
      'contentItem.pageCount',
    ])
    .select(['contentItem.class', 'contentItem.endedAt', 'contentItem.fileHash', 'contentItem.approvedHash'])
    .select(['contentItem.expiredAt', 'contentItem.supersededAt'])
    .select(['account.name as accountName', 'account.hcpVerified', 'linkRevocation.revokedAt'])
    .select(sql<ConsentStatement | null>`${newestReceive('statement')}`.as('receive'))
    .select(sql<unknown>`if(send.outcome = 'refused', send.weighed, null)`.as('weighed'))
    .select(
      sql<number>`(select count(distinct page) from page_view where page_view.send_id = send.id and content_item_id is null)`.as(
        'pagesRead',
      ),
    )
    .select(
      sql<number>`(select coalesce(sum(visible_ms), 0) from page_view where page_view.send_id = send.id and content_item_id is null)`.as(
        'readMs',
      ),
    )
    .select(visitCounts.as('visits'))
}

function historyRows(db: Kysely<Database>, show: Show, after: { at: Date; id: string } | undefined) {
  let rows = recordRows(db)
    .orderBy('send.decidedAt', 'desc')
    .orderBy('send.id', 'desc')
    .limit(pageSize + 1)
  if (show === 'refused') rows = rows.where('send.outcome', '=', 'refused')
  if (show === 'sent' || show === 'unknown') rows = rows.where('send.outcome', '=', 'authorised')
  if (!after) return rows
  return rows
    .where((eb) =>
      eb.or([
        eb('send.decidedAt', '<', after.at),
        eb.and([eb('send.decidedAt', '=', after.at), eb('send.id', '<', after.id)]),
      ]),
    )
    .where('send.decidedAt', '<=', after.at)
}

/** Looks at the link by kind, and the last one by somebody else, separated by commas; null when nobody looked. */
const visitCounts = sql<string | null>`(select concat_ws(',', sum(visitor = 'addressee'), sum(visitor = 'rep'),
  sum(visitor in ('other', 'stranger')), sum(visitor in ('unknown', 'snapshot')), sum(visitor = 'preview'),
  max(if(visitor in ('other', 'stranger'), visited_at, null)))
  from link_visit where link_visit.send_id = send.id having count(*) > 0)`

function visitsOf(row: HistoryRow): SendRecord['visits'] {
  if (!row.visits) return undefined
  const [addressee, rep, others, unknown, programs, othersAt] = row.visits.split(',')
  return {
    ...{ addressee: Number(addressee), rep: Number(rep), others: Number(others), unknown: Number(unknown) },
    programs: Number(programs),
    othersAt: othersAt ? new Date(`${othersAt.replace(' ', 'T')}Z`) : null,
  }
}

export type HistoryRow = Awaited<ReturnType<ReturnType<typeof historyRows>['execute']>>[number]

type FactRow = { kind: FactKind; at: Date; late: boolean }

export async function findFacts(db: Kysely<Database>, sendIds: string[]): Promise<Map<string, FactRow[]>> {
  const facts = new Map<string, FactRow[]>()
  if (sendIds.length === 0) return facts
  const rows = await db
    .selectFrom('fact')
    .select(['sendId', 'kind', 'at', 'late'])
    .where('sendId', 'in', sendIds)
    .orderBy('at')
    .execute()
  for (const { sendId, kind, at, late } of rows) {
    facts.set(sendId, [...(facts.get(sendId) ?? []), { kind, at, late: Boolean(late) }])
  }
  return facts
}

function record(row: HistoryRow, facts: FactRow[], repId: string | null, now: Date): SendRecord {
  const { sendId, at, contentItemId, title, version, kind, outcome } = row
  const pages = Number(row.pagesRead)
  return {
    ...{ sendId, at, contentItemId, title, version, kind, outcome },
    contact: row.accountName ?? '',
    mine: row.repId === repId,
    verdict: verdict(facts.map((fact) => fact.kind)),
    refusals: row.weighed ? refusalsOf(row.weighed) : [],
    facts,
    reading: pages > 0 ? { pages, of: row.pageCount, seconds: Math.round(Number(row.readMs) / 1_000) } : null,
    visits: visitsOf(row),
    link: linkOf(row, now),
  }
}

function linkOf(row: HistoryRow, now: Date): SendRecord['link'] {
  if (row.outcome === 'refused' || (row.kind !== 'news' && row.kind !== 'miniprogram')) return 'none'
  const hcpVerified = row.hcpVerified === null ? null : Boolean(row.hcpVerified)
  return linkState({ ...row, hcpVerified, receiveStatedAt: null, sealed: true }, now) // the link itself looks at the seal
}

/** Verdicts that a list of what was sent shows, and one of what nobody knows. */
export const sentWords: readonly Verdict[] = [
  'SENT_PROVEN',
  'SENT_OPENED',
  'SENT_CLIENT',
  'SENT_ADJUDICATED',
  'SENT_RECALLED',
]
export const unknownWords: readonly Verdict[] = [
  'UNKNOWN',
  'OPEN',
  'UNKNOWN_ATTESTED_SENT',
  'UNKNOWN_ATTESTED_NOT',
  'CONFLICT',
  'SENT_DISPUTED',
]

function fits(send: SendRecord, show: Show): boolean {
  if (show === 'sent') return sentWords.includes(send.verdict)
  if (show === 'unknown') return send.outcome === 'authorised' && unknownWords.includes(send.verdict)
  return true
}
