import type { AccountFacts, ContentFacts, MessageKind, RepFacts } from '@vouch/rules'
import { sql, type Expression, type Kysely, type Transaction } from 'kysely'
import { readTogether } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { consentColumn, listOf, pastSendRows, scopeColumns, shownColumns, type readAround } from './around-queries.ts'

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
] as const

const followColumns = [
  'externalContact.nickname',
  'contactFollow.following',
  'contactFollow.provedAt',
  'contactFollow.remark',
] as const

const repColumns = ['person.status', 'person.employmentProvedAt', 'person.filingNumber', 'person.filedUntil'] as const

/** Contact, account and the follow relation. Somebody else's contact and an invented one cost and answer the same: nothing. */
function contactOf(db: Kysely<Database>, repId: string, externalUserId: string) {
  return db
    .selectFrom('externalContact')
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .innerJoin('contactFollow', (join) =>
      join
        .onRef('contactFollow.externalUserId', '=', 'externalContact.externalUserId')
        .on('contactFollow.repId', '=', repId),
    )
    .select([...accountColumns, ...followColumns])
    .where('externalContact.externalUserId', '=', externalUserId)
}
type ContactRow = NonNullable<Awaited<ReturnType<ReturnType<typeof contactOf>['executeTakeFirst']>>>

/** The account behind a contact that this rep follows or followed, as part of a statement. */
export const accountOf = (repId: string, externalUserId: string) =>
  sql<string>`(select external_contact.account_id from contact_follow join external_contact
    on external_contact.external_user_id = contact_follow.external_user_id
    where contact_follow.rep_id = ${repId} and contact_follow.external_user_id = ${externalUserId})`

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
] as const

/**
 * Everything a send is decided on, in one round trip: first the lock of `lockContact`, then all the rest. Content and
 * rep are under a shared lock, so that a withdrawal or a leave is wholly before or wholly after this send. `decidedId` is
 * the send this request became, if it was decided before. `contact_not_found`, `content_not_found` when there is none.
 */
export async function lockGate(
  trx: Transaction<Database>,
  asked: { repId: string; externalUserId: string; contentItemId: string; requestId: string; now: Date },
) {
  const account = accountOf(asked.repId, asked.externalUserId)
  const [contacts, pieces, sendRows] = await readTogether(trx, [
    contactOf(trx, asked.repId, asked.externalUserId).forUpdate(),
    gateOf(trx, asked, account),
    pastSendRows(trx, { account, now: asked.now }),
  ])
  const [contact, piece] = [contacts[0], pieces[0]]
  if (!contact) throw new AppError('contact_not_found')
  if (!piece) throw new AppError('content_not_found')
  return { contact, piece, sendRows }
}

function gateOf(trx: Transaction<Database>, asked: Parameters<typeof lockGate>[1], account: Expression<unknown>) {
  const { repId } = asked
  return trx
    .selectFrom('contentItem')
    .innerJoin('person', (join) => join.on('person.id', '=', repId))
    .select([...contentColumns, 'contentItem.body', 'person.name as repName', ...repColumns])
    .select(consentColumn(account))
    .select(
      sql<string | null>`(select id from send where rep_id = ${repId} and request_id = ${asked.requestId})`.as(
        'decidedId',
      ),
    )
    .where('contentItem.id', '=', asked.contentItemId)
    .modifyEnd(sql`lock in share mode`)
}
export type ContentRow = Pick<
  Awaited<ReturnType<typeof lockGate>>['piece'],
  | 'contentItemId'
  | 'documentId'
  | 'class'
  | 'state'
  | 'product'
  | 'market'
  | 'audience'
  | 'ways'
  | 'effectiveAt'
  | 'expiresAt'
  | 'endedAt'
  | 'supersededBy'
  | 'fileHash'
  | 'approvedHash'
  | 'fileBytes'
  | 'cardTitle'
  | 'cardDesc'
>

type Around = Pick<ReturnType<typeof readAround>, 'products' | 'territories'>
type RepRow = Pick<
  Awaited<ReturnType<typeof lockGate>>['piece'],
  'status' | 'employmentProvedAt' | 'filingNumber' | 'filedUntil'
>

export function asRepFacts(person: RepRow, { products, territories }: Around): RepFacts {
  const { employmentProvedAt, filingNumber, filedUntil } = person
  return { active: person.status === 'active', employmentProvedAt, filingNumber, filedUntil, products, territories }
}

export function asContentFacts(row: ContentRow): ContentFacts {
  const { contentItemId, documentId, state, product, market, cardTitle, cardDesc } = row
  return {
    ...{ contentItemId, documentId, class: row.class, state, product, market, cardTitle, cardDesc },
    bytesMatch: row.fileHash === row.approvedHash,
    audience: listOf(row.audience),
    effectiveAt: row.effectiveAt,
    expiresAt: row.expiresAt,
    withdrawnAt: row.endedAt,
    supersededBy: row.supersededBy,
    kinds: listOf(row.ways) as MessageKind[],
    fileBytes: Number(row.fileBytes),
  }
}

export function asAccountFacts(row: ContactRow): AccountFacts | null {
  if (!row.accountId) return null
  return {
    active: Boolean(row.active),
    hcpVerified: Boolean(row.hcpVerified),
    territory: row.territory ?? '',
    specialty: row.specialty ?? '',
    pausedUntil: row.pausedUntil,
  }
}

/** The contact and what pages show of the doctor, without locks. Undefined when this rep never followed them. */
export function findChat(db: Kysely<Database>, repId: string, externalUserId: string, now: Date) {
  const account = sql.ref('account.id')
  return contactOf(db, repId, externalUserId)
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .select('hospital.name as hospital')
    .select(consentColumn(account))
    .select(shownColumns({ repId, account, now }))
    .select(
      sql<number>`exists(select 1 from account twin where twin.name = account.name and twin.id <> account.id
        and twin.active = 1)`.as('sameName'),
    )
    .executeTakeFirst()
}

/** The rep with policy and scope, and the invitation to consent they would send. */
export function loadScope(db: Kysely<Database>, repId: string, now: Date) {
  return db
    .selectFrom('person')
    .select([...repColumns, ...scopeColumns({ repId, now })])
    .select(
      sql<string | null>`(select id from content_item where class = 'consent' and state = 'approved'
        and listed_until > ${now} order by language = 'zh-CN' desc, published_at desc limit 1)`.as('invitation'),
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
