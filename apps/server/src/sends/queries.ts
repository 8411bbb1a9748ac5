import { sql, type Kysely, type Transaction } from 'kysely'
import { standing, type Later } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import {
  askedForMs,
  consentRows,
  followedBy,
  followOf,
  lookBackMs,
  pastSendRows,
  scopeColumns,
  shownColumns,
  type Pair,
} from './around-queries.ts'
import { toTellColumns } from './tell-queries.ts'

const accountColumns = [
  'account.id as accountId',
  'account.name as accountName',
  'account.title',
  'account.department',
  'account.active',
  'account.hcpVerified',
  'account.territory',
  'account.specialty',
  'account.pausedUntil',
  'accountWish.unwanted',
  'accountWish.mostPerMonth',
  'accountWish.quietFrom',
  'accountWish.quietUntil',
  // No join: it would lock the hospital with the account.
  sql<string | null>`(select grade from hospital where hospital.id = account.hospital_id)`.as('hospitalGrade'),
] as const

const followColumns = [
  'externalContact.nickname',
  'externalContact.waitingMatchId',
  'contactFollow.following',
  'contactFollow.provedAt',
  'contactFollow.remark',
] as const

export const repColumns = [
  'person.status',
  'person.employmentProvedAt',
  'person.filingNumber',
  'person.filedUntil',
] as const

/** Contact, account and the follow relation. Somebody else's contact and an invented one cost and answer the same: nothing. */
export const contactsOf = (db: Kysely<Database>, pairs: readonly Pair[]) => asContacts(followedBy(db, pairs))

const asContacts = (followed: ReturnType<typeof followedBy>) =>
  followed
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .leftJoin('accountWish', 'accountWish.accountId', 'account.id')
    .select(['contactFollow.repId', 'contactFollow.externalUserId', ...accountColumns, ...followColumns])
export type ContactRow = Awaited<ReturnType<ReturnType<typeof contactsOf>['execute']>>[number]

/**
 * Locks the contact, its account and the follow relation, so that whatever concerns one HCP is decided in turn. The
 * first statement of every transaction that decides about an HCP. `contact_not_found` when this rep never followed them.
 */
export async function lockContact(
  trx: Transaction<Database>,
  repId: string,
  externalUserId: string,
): Promise<ContactRow> {
  const row = await contactsOf(trx, [{ repId, externalUserId }]).forUpdate().executeTakeFirst()
  if (!row) throw new AppError('contact_not_found')
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
  'contentItem.hospitalGrades',
  'contentItem.territories',
  'contentItem.repGroups',
  'contentItem.source',
  'contentItem.heldReason',
  'contentItem.expiredAt',
  'contentItem.supersededAt',
  sql<Date | null>`if(content_item.source = 'vault', (select max(proved_at) from vault_version
    where vault_version.content_item_id = content_item.id), null)`.as('provedAt'),
] as const

/**
 * The contact, what pages show of the doctor, consent and earlier sends, without locks, in one round trip. No contact
 * when this rep never followed them.
 */
export async function findChat(db: Kysely<Database>, pair: Pair, now: Date) {
  const [contacts, saidRows, sendRows] = await askChat(db, { pair, now })
  return { contact: contacts[0], saidRows, sendRows }
}

const askChat = standing((db, later: Later<{ pair: Pair; now: Date }>) => {
  const pair = { repId: later(({ pair }) => pair.repId), externalUserId: later(({ pair }) => pair.externalUserId) }
  return [
    asContacts(followOf(db, pair))
      .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
      .select(['hospital.name as hospital', 'externalContact.kind', 'externalContact.unionId'])
      .select(['externalContact.company', 'contactFollow.remarkCompany'])
      .select(
        shownColumns({
          repId: pair.repId,
          account: sql.ref('account.id'),
          since: later(({ now }) => new Date(now.getTime() - askedForMs)),
        }),
      )
      .select(
        toTellColumns({
          repId: pair.repId,
          account: sql.ref('account.id'),
          since: later(({ now }) => new Date(now.getTime() - lookBackMs)),
          now: later(({ now }) => now),
        }),
      )
      .select(
        sql<number>`exists(select 1 from account twin where twin.name = account.name and twin.id <> account.id
          and twin.active = 1)`.as('sameName'),
      ),
    consentRows(db, [pair]),
    pastSendRows(
      db,
      [pair],
      later(({ now }) => new Date(now.getTime() - lookBackMs)),
    ),
  ]
})

/** The rep with policy and scope, and the invitation to consent they would send. */
export function loadScope(db: Kysely<Database>, repId: string, now: Date) {
  return db
    .selectFrom('person')
    .select([...repColumns, ...scopeColumns({ repId, now })])
    .select(
      sql<string | null>`(select id from content_item where class = 'consent' and state = 'approved'
        and held_reason is null and expired_at is null and listed_until > ${now} order by language = 'zh-CN' desc, published_at desc limit 1)`.as(
        'invitation',
      ),
    )
    .where('id', '=', repId)
    .executeTakeFirstOrThrow()
}
export type ScopeOfRep = Awaited<ReturnType<typeof loadScope>>

/** The documents a rep keeps at hand. */
export async function findFavourites(db: Kysely<Database>, repId: string): Promise<string[]> {
  const rows = await db.selectFrom('favourite').select('documentId').where('repId', '=', repId).execute()
  return rows.map((row) => row.documentId)
}

/** The account behind a contact this rep follows or followed. */
export function findContact(db: Kysely<Database>, repId: string, externalUserId: string) {
  return db
    .selectFrom('contactFollow')
    .innerJoin('externalContact', 'externalContact.externalUserId', 'contactFollow.externalUserId')
    .select('externalContact.accountId')
    .where('contactFollow.repId', '=', repId)
    .where('contactFollow.externalUserId', '=', externalUserId)
    .executeTakeFirst()
}
