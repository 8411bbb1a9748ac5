import type { ToTell } from '@vouch/contract'
import { standingOf, type PastSend } from '@vouch/rules'
import { sql, type Expression, type RawBuilder } from 'kysely'

/** The version of a notice that would go now; the notice itself when none is in force, so that its sheet says why. */
export const noticeInForce = (
  notice: Expression<unknown>,
  document: Expression<unknown>,
  now: Date,
): RawBuilder<string> =>
  sql<string>`coalesce((select v.id from content_item v where v.document_id = ${document} and v.state = 'approved'
    and (v.effective_at is null or v.effective_at <= ${now}) order by v.version desc limit 1), ${notice})`

/** Asked of them later with another notice: then only that one is to be told. */
export const isLastAsked = sql<boolean>`not exists (select 1 from recall_reader later where later.content_item_id =
  told.content_item_id and later.account_id = told.account_id and later.asked_at > told.asked_at)`

/** It is the task of the rep who was asked, and of whoever follows the doctor when that one does no more. */
export const isAskedOf = (repId: string, doctor: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`(told.rep_id = ${repId} or not exists (
  select 1 from external_contact met
  join contact_follow teller on teller.external_user_id = met.external_user_id
  join person on person.id = teller.rep_id
  where met.account_id = ${doctor} and teller.rep_id = told.rep_id and teller.following = 1
    and person.status = 'active'))`

/**
 * Withdrawn versions this doctor read and what they are to be sent instead, as columns beside the account: what was asked
 * under its own record, and under those merged into it since.
 */
export function toTellColumns(about: { repId: string; account: RawBuilder<unknown>; since: Date; now: Date }) {
  const { repId, account, since, now } = about
  const asked = (from: RawBuilder<unknown>, whose: RawBuilder<unknown>) =>
    sql<unknown>`(select json_arrayagg(json_object('title', gone.title, 'version', gone.version,
      'noticeItemId', ${noticeInForce(sql.ref('notice.id'), sql.ref('notice.documentId'), now)},
      'notice', notice.title, 'documentId', notice.document_id, 'askedAt', cast(told.asked_at as char)))
    from ${from}
    join content_item gone on gone.id = told.content_item_id
    join content_item notice on notice.id = told.notice_item_id
    where ${whose} and told.asked_at > ${since} and ${isLastAsked} and ${isAskedOf(repId, account)})`
  return [
    asked(sql`recall_reader told`, sql`told.account_id = ${account}`).as('toTell'),
    asked(
      sql`account record join recall_reader told on told.account_id = record.id`,
      sql`record.merged_into = ${account}`,
    ).as('mergedToTell'),
  ] as const
}

export type Told = {
  title: string
  version: number
  noticeItemId: string
  notice: string
  documentId: string
  askedAt: Date
}

/** JSON comes parsed from MySQL and as text from MariaDB; its times are UTC. */
export function readTold({ toTell, mergedToTell }: { toTell: unknown; mergedToTell: unknown }): Told[] {
  type Row = Omit<Told, 'askedAt'> & { askedAt: string }
  const rows = [toTell, mergedToTell].flatMap(
    (value) => ((typeof value === 'string' ? JSON.parse(value) : value) as Row[] | null) ?? [], // written by toTellColumns
  )
  return rows.map((row) => ({ ...row, askedAt: new Date(`${row.askedAt.replace(' ', 'T')}Z`) }))
}

/** What a doctor is still to be told, the newest first and each notice once: it is over when it was sent. */
export function stillToTell(asked: readonly Told[], pastSends: readonly PastSend[]): ToTell[] {
  const named = new Set<string>()
  return asked
    .toSorted((one, other) => other.askedAt.getTime() - one.askedAt.getTime())
    .flatMap(({ documentId, notice, noticeItemId, title, version, askedAt }) => {
      const { standing, send } = standingOf(documentId, pastSends, askedAt)
      if (standing === 'sent' || named.has(documentId)) return []
      named.add(documentId)
      return {
        ...{ notice: { contentItemId: noticeItemId, title: notice }, withdrawn: { title, version }, askedAt },
        ...{ standing, sendId: send?.sendId ?? null },
      }
    })
}
