import { linkState, type ConsentStatement, type LinkFacts } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { newestReceive } from '../../merged-records.ts'
import { asKinds, factKinds, firstOpened, neverLeft } from '../../sends/became-of-queries.ts'

/** Rows a statement; each stays far below the time a statement is given, however often a piece was sent. */
const atOnce = 2_000

const links: readonly string[] = ['news', 'miniprogram']
const files: readonly string[] = ['file', 'image', 'video']

type PieceFacts = Omit<LinkFacts, 'revokedAt' | 'receive' | 'receiveStatedAt' | 'hcpVerified'>

function sendRows(db: Kysely<Database>, contentItemId: string, after: string) {
  return db
    .selectFrom('send')
    .leftJoin('account', 'account.id', 'send.accountId')
    .leftJoin('linkRevocation', 'linkRevocation.sendId', 'send.id')
    .select(['send.id as sendId', 'send.repId', 'send.externalUserId', 'send.kind'])
    .select((eb) => eb.fn.coalesce('account.mergedInto', 'send.accountId').as('accountId'))
    .select(['send.outcome', 'send.decidedAt', 'account.hcpVerified', 'linkRevocation.revokedAt'])
    .select([factKinds.as('kinds'), firstOpened.as('openedAt')])
    .select(sql<ConsentStatement | null>`${newestReceive('statement')}`.as('receive'))
    .select(
      sql<string | null>`(select group_concat(distinct coalesce(content_item_id, '')) from link_visit
        where link_visit.send_id = send.id and visitor = 'addressee')`.as('shown'),
    )
    .where('send.contentItemId', '=', contentItemId)
    .where('send.id', '>', after)
    .orderBy('send.id')
    .limit(atOnce)
    .execute()
}
type SendRow = Awaited<ReturnType<typeof sendRows>>[number]

/**
 * Every authorised send of a piece that may have reached a doctor, in the order of their decisions, each under the record
 * that stands for the doctor now.
 */
export async function* sendsOf(db: Kysely<Database>, contentItemId: string): AsyncGenerator<SentRow> {
  for (let after = ''; ;) {
    const rows = await sendRows(db, contentItemId, after)
    for (const row of rows) if (row.outcome === 'authorised' && !neverLeft(asKinds(row.kinds))) yield row
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return
    after = last.sendId
  }
}
export type SentRow = SendRow

/** One person behind a send: the account, or who the contact is while no account is known. */
export const doctorOf = ({ accountId, externalUserId }: SentRow): string => accountId ?? externalUserId

export const isFile = ({ kind }: SentRow): boolean => files.includes(kind)

/** The doctor has it in the chat itself, and nobody can take it back from there. */
export const isCopy = ({ kind }: SentRow): boolean => !links.includes(kind)

/** The link shows this piece at this moment. */
export function isLive(row: SentRow, piece: PieceFacts, now: Date): boolean {
  if (isCopy(row)) return false
  const hcpVerified = row.hcpVerified === null ? null : Boolean(row.hcpVerified)
  const { revokedAt, receive } = row
  return linkState({ ...piece, revokedAt, receive, receiveStatedAt: null, hcpVerified }, now) === 'live'
}

/** The doctor opened the link and this piece, not one that has replaced it, was what they saw. */
export function sawAtLink(row: SentRow, sent: string, shown: string): boolean {
  if (row.shown === null) return row.openedAt !== null && sent === shown
  return row.shown.split(',').some((id) => (id === '' ? sent : id) === shown)
}
