import { consentState, type Policy } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import { newestReceive, stillSaid } from '../merged-records.ts'
import { isSealed, statementColumns } from '../statement.ts'
import type { Database } from '../db/schema.ts'
import type { LinkFacts } from '@vouch/rules'

/**
 * The version that may stand at links of this one: the newest in force whose owner allows it, or, when the last of them
 * was ended, that one, because its end is what readers must be told.
 */
export const nextVersion = sql<string | null>`(
  select n.id from content_item n
  where n.document_id = content_item.document_id and n.version > content_item.version and n.replaces_links = 1
    and n.state in ('approved', 'expired', 'withdrawn')
  order by n.state = 'approved' desc, n.version desc limit 1)`

/** What of a version a link is decided from and shows. */
export const shownColumns = [
  ...(['contentItem.id as contentItemId', 'contentItem.documentId', 'contentItem.version'] as const),
  ...(['contentItem.kind', 'contentItem.class', 'contentItem.language', 'contentItem.title'] as const),
  ...(['contentItem.approvalNumber', 'contentItem.state', 'contentItem.effectiveAt', 'contentItem.expiresAt'] as const),
  ...(['contentItem.endedAt', 'contentItem.expiredAt', 'contentItem.supersededAt'] as const),
  ...(['contentItem.withdrawnReason', 'contentItem.supersededBy', 'contentItem.fileHash'] as const),
  ...(['contentItem.approvedHash', 'contentItem.fileBytes', 'contentItem.mime', 'contentItem.pageCount'] as const),
  ...(['contentItem.seconds', 'contentItem.cardHash', 'contentItem.mayForward'] as const),
] as const

/**
 * Everything about one link in one statement: send, content, rep, account, newest consent and revocation. For an id that
 * is no send of ours the nearest send is read and thrown away, so that both take the same time (assurance.md A35).
 */
export async function findLink(db: Kysely<Database>, sendId: string) {
  const row = await db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('person', 'person.id', 'send.repId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .leftJoin('linkRevocation', 'linkRevocation.sendId', 'send.id')
    .select(['send.id as sendId', 'send.repId', 'send.externalUserId', 'send.decidedAt as sentAt'])
    .select('send.outcome')
    // Whoever stands for the HCP since, when their record was merged into another.
    .select(sql<string | null>`coalesce(account.merged_into, send.account_id)`.as('accountId'))
    .select([...shownColumns, ...statementColumns])
    .select(['person.name as repName', 'person.status as repStatus', 'linkRevocation.revokedAt'])
    .select(['account.name as accountName', 'account.hcpVerified'])
    .select([
      sql<LinkFacts['receive']>`${newestReceive('statement')}`.as('receive'),
      sql<Date | null>`${newestReceive('stated_at')}`.as('receiveStatedAt'),
      nextVersion.as('nextId'),
    ])
    .where(
      'send.id',
      '=',
      sql<string>`coalesce((select max(id) from send near where id <= ${sendId}), (select min(id) from send first))`,
    )
    .executeTakeFirst()
  if (!row) return undefined
  const { outcome, ...link } = row
  const hcpVerified = link.hcpVerified === null ? null : Boolean(link.hcpVerified)
  const found = { ...link, hcpVerified, sealed: isSealed(link) }
  return found.sendId === sendId && outcome === 'authorised' ? found : undefined
}
export type LinkRow = NonNullable<Awaited<ReturnType<typeof findLink>>>

/** What is drawn of a piece besides its facts: its pages in order, or its approved text, or its captions. One statement. */
export async function findShown(db: Kysely<Database>, contentItemId: string) {
  const rows = await db
    .selectFrom('contentItem')
    .leftJoin('contentPage', 'contentPage.contentItemId', 'contentItem.id')
    .select(['contentPage.number', 'contentPage.width', 'contentPage.height', 'contentPage.placeholder'])
    .select(['contentPage.text', 'contentPage.headings'])
    .select(sql<string>`if(content_page.number is null, content_item.body, '')`.as('body'))
    .select(['contentItem.captions', 'contentItem.captionsLanguage'])
    .where('contentItem.id', '=', contentItemId)
    .orderBy('contentPage.number')
    .execute()
  const pages = rows.flatMap(({ number, width, height, placeholder, text, headings }) =>
    number === null
      ? []
      : [
          {
            ...{ number, width: width ?? 0, height: height ?? 0, placeholder: placeholder ?? '', text: text ?? '' },
            headings: readHeadings(headings ?? ''),
          },
        ],
  )
  const { body = '', captions = null, captionsLanguage = '' } = rows[0] ?? {}
  return { drawn: { body, pages }, said: captions && { captions, language: captionsLanguage } }
}

/** As content/renditions/read-outline.ts writes them. */
function readHeadings(lines: string) {
  return [...lines.matchAll(/^(\d) (.+)$/gm)].map(([, depth, title = '']) => ({ depth: Number(depth), title }))
}

/** The HCP agreed to the reading record and that consent still counts. One statement; no consent is a no. */
export async function mayRecordReading(db: Kysely<Database>, accountId: string | null, now: Date): Promise<boolean> {
  if (!accountId) return false
  const rows = await db
    .selectFrom('consent')
    .select(['purpose', 'statement', 'textVersion', 'statedAt'])
    .select([
      sql<number | null>`(select consent_days from policy where holds_from <= ${now} order by version desc limit 1)`.as(
        'consentDays',
      ),
      sql<number | null>`(select max(version) from consent_text
        where purpose = 'reading_record' and active_from <= ${now} and material = 1)`.as('oldestValidVersion'),
    ])
    .where('accountId', '=', accountId)
    .where('purpose', '=', 'reading_record')
    .where(stillSaid('consent'))
    .execute()
  const around = rows[0]
  if (!around) return false
  const facts = {
    statements: rows,
    textVersion: 0,
    oldestValidVersion: around.oldestValidVersion ?? 0,
    invitedAt: null,
  }
  const policy = { consentDays: around.consentDays, askAgainDays: 0 } as Policy // the state asks for these two only
  return consentState(facts, policy, now, 'reading_record').state === 'opted_in'
}

type Ended = Pick<LinkRow, 'documentId' | 'version' | 'supersededBy'>

/** A version that may be sent instead of one that ended: the named one, or a newer one of its document, in force. */
const followsOn = ({ documentId, version, supersededBy }: Ended, now: Date) => sql<boolean>`
  (content_item.id = ${supersededBy ?? ''} or (content_item.document_id = ${documentId} and content_item.version > ${version}))
  and content_item.state = 'approved' and content_item.held_reason is null and content_item.expired_at is null
  and (content_item.effective_at is null or content_item.effective_at <= ${now})
  and (content_item.expires_at is null or content_item.expires_at > ${now})`

/**
 * The newer version that may be sent instead of a piece: the named successor, else the newest approved version of the
 * same document; and whether the HCP already asked for it since `askedSince`. One statement.
 */
export async function findSuccessor(
  db: Kysely<Database>,
  link: Ended & Pick<LinkRow, 'accountId'>,
  { now, askedSince }: { now: Date; askedSince: Date },
) {
  const rows = await db
    .selectFrom('account')
    .leftJoin('contentItem', (join) => join.on(followsOn(link, now)))
    .select(['contentItem.id', 'contentItem.documentId', 'contentItem.title', 'contentItem.version'])
    .select(
      sql<number>`exists (select 1 from content_ask a where (a.account_id = account.id
          or a.account_id = account.merged_into) and a.asked_at >= ${askedSince}
        and a.document_id in (${link.documentId}, content_item.document_id))`.as('asked'),
    )
    .where('account.id', '=', link.accountId ?? '')
    .orderBy(sql`content_item.id = ${link.supersededBy ?? ''}`, 'desc')
    .orderBy('contentItem.version', 'desc')
    .limit(1)
    .execute()
  const row = rows[0]
  const { documentId, title, version } = row ?? {}
  const found = documentId && title && version
  return { successor: found ? { documentId, title, version } : null, asked: Boolean(row?.asked) }
}

/** The same for no doctor in particular. */
export function findFollower(db: Kysely<Database>, ended: Ended, now: Date) {
  return db
    .selectFrom('contentItem')
    .select(['title', 'version'])
    .where(followsOn(ended, now))
    .orderBy(sql`content_item.id = ${ended.supersededBy ?? ''}`, 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What doctors are told about the company; undefined until somebody has named it. */
export function findCompany(db: Kysely<Database>) {
  return db
    .selectFrom('company')
    .select(['name', 'nameEn', 'safetyPhone', 'safetyEmail', 'privacyEmail'])
    .where('id', '=', 1)
    .where('name', '!=', '')
    .executeTakeFirst()
}
