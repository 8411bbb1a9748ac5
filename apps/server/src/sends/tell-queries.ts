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
export const isAskedOf = (repId: string): RawBuilder<boolean> => sql`(told.rep_id = ${repId} or not exists (
  select 1 from external_contact met
  join contact_follow teller on teller.external_user_id = met.external_user_id
  join person on person.id = teller.rep_id
  where met.account_id = told.account_id and teller.rep_id = told.rep_id and teller.following = 1
    and person.status = 'active'))`

/** Withdrawn versions this doctor read and what they are to be sent instead, as a column beside the account. */
export function toTellColumn(about: { repId: string; account: Expression<unknown>; since: Date; now: Date }) {
  const { repId, account, since, now } = about
  return sql<unknown>`(select json_arrayagg(json_object('title', gone.title, 'version', gone.version,
      'noticeItemId', ${noticeInForce(sql.ref('notice.id'), sql.ref('notice.documentId'), now)},
      'notice', notice.title, 'documentId', notice.document_id, 'askedAt', cast(told.asked_at as char)))
    from recall_reader told
    join content_item gone on gone.id = told.content_item_id
    join content_item notice on notice.id = told.notice_item_id
    where told.account_id = ${account} and told.asked_at > ${since} and ${isLastAsked} and ${isAskedOf(repId)})`.as(
    'toTell',
  )
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
export function readTold(value: unknown): Told[] {
  const rows = (typeof value === 'string' ? JSON.parse(value) : value) as
    (Omit<Told, 'askedAt'> & { askedAt: string })[] | null // written by toTellColumn
  return (rows ?? []).map((row) => ({ ...row, askedAt: new Date(`${row.askedAt.replace(' ', 'T')}Z`) }))
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
