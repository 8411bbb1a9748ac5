import { lastDay, type AccountFacts, type ContentFacts, type MessageKind, type RepFacts } from '@vouch/rules'
import { sql, type Kysely, type Transaction } from 'kysely'
import { isSealed, pieceStatementColumns } from '../statement.ts'
import { standing, type Later } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import {
  askedForMs,
  consentRows,
  followedBy,
  listOf,
  lookBackMs,
  pastSendRows,
  scopeColumns,
  shownColumns,
  type Pair,
  type readAround,
} from './around-queries.ts'

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
  // No join: it would lock the hospital with the account.
  sql<string | null>`(select grade from hospital where hospital.id = account.hospital_id)`.as('hospitalGrade'),
] as const

const followColumns = [
  'externalContact.nickname',
  'contactFollow.following',
  'contactFollow.provedAt',
  'contactFollow.remark',
] as const

const repColumns = ['person.status', 'person.employmentProvedAt', 'person.filingNumber', 'person.filedUntil'] as const

/** Contact, account and the follow relation. Somebody else's contact and an invented one cost and answer the same: nothing. */
const contactsOf = (db: Kysely<Database>, pairs: readonly Pair[]) =>
  followedBy(db, pairs)
    .leftJoin('account', 'account.id', 'externalContact.accountId')
    .select(['contactFollow.repId', 'contactFollow.externalUserId', ...accountColumns, ...followColumns])
type ContactRow = Awaited<ReturnType<ReturnType<typeof contactsOf>['execute']>>[number]

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

/** What the gate reads of a piece: what lists show, what signatures stand for, and the words that leave. */
const gateColumns = [
  ...new Set([...contentColumns, ...pieceStatementColumns, 'contentItem.body' as const]),
  sql<null>`null`.as('scriptPieces'),
]

export type GateAsk = Pair & { contentItemId: string; requestId: string }

/**
 * Everything these sends are decided on, in one round trip: first what `lockContact` locks and the reps, then content
 * under a shared lock, so that a withdrawal or a leave is wholly before or wholly after, then consents and earlier sends,
 * which must be read after the locks are held. Not `patient` fails at once when somebody else holds one of them.
 */
export async function lockGate(trx: Transaction<Database>, asks: readonly GateAsk[], now: Date, patient: boolean) {
  const given = { asks, since: new Date(now.getTime() - lookBackMs) }
  const ask = patient ? askPatiently : askAtOnce
  const [contacts, pieces, saidRows, sendRows] = await ask(trx, given, asks.length)
  return { contacts, pieces, saidRows, sendRows }
}
export type Gate = Awaited<ReturnType<typeof lockGate>>

const gateQuestions = (patient: boolean) =>
  standing((db, later: Later<{ asks: readonly GateAsk[]; since: Date }>, many) => {
    const asks = Array.from({ length: many }, (_, index) => ({
      repId: later(({ asks }) => asks[index]!.repId),
      externalUserId: later(({ asks }) => asks[index]!.externalUserId),
      contentItemId: later(({ asks }) => asks[index]!.contentItemId),
    }))
    const contacts = contactsOf(db, asks)
      .innerJoin('person', 'person.id', 'contactFollow.repId')
      .select(['person.name as repName', ...repColumns])
      .forUpdate()
    return [
      patient ? contacts : contacts.noWait(),
      db
        .selectFrom('contentItem')
        .select(gateColumns)
        .where(
          'id',
          'in',
          asks.map(({ contentItemId }) => contentItemId),
        )
        .modifyEnd(sql`lock in share mode`),
      consentRows(db, asks),
      pastSendRows(
        db,
        asks,
        later(({ since }) => since),
      ),
    ]
  })
const askAtOnce = gateQuestions(false)
const askPatiently = gateQuestions(true)

export type ContentRow = Pick<
  Gate['pieces'][number],
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
  | 'hospitalGrades'
  | 'territories'
  | 'repGroups'
  | 'source'
  | 'heldReason'
  | 'expiredAt'
  | 'provedAt'
>

type Around = Pick<ReturnType<typeof readAround>, 'products' | 'territories' | 'groups'>
type RepRow = Pick<Gate['contacts'][number], 'status' | 'employmentProvedAt' | 'filingNumber' | 'filedUntil'>

export function asRepFacts(person: RepRow, { products, territories, groups }: Around): RepFacts {
  const { employmentProvedAt, filingNumber, filedUntil } = person
  const active = person.status === 'active'
  return { active, employmentProvedAt, filingNumber, filedUntil, products, territories, groups }
}

/** At the gate words and dates are held against the signatures too. Lists compare the bytes alone, to be quick. */
export function asSealedContentFacts(piece: Gate['pieces'][number]): ContentFacts {
  const facts = asContentFacts(piece)
  return { ...facts, bytesMatch: facts.bytesMatch && isSealed(piece) }
}

export function asContentFacts(row: ContentRow): ContentFacts {
  const { contentItemId, documentId, state, product, market, cardTitle, cardDesc } = row
  return {
    ...{ contentItemId, documentId, class: row.class, state, product, market, cardTitle, cardDesc },
    bytesMatch: row.fileHash === row.approvedHash,
    audience: listOf(row.audience),
    hospitalGrades: listOf(row.hospitalGrades),
    territories: listOf(row.territories),
    repGroups: listOf(row.repGroups),
    source: row.source,
    held: row.heldReason !== null,
    provedAt: row.provedAt,
    effectiveAt: row.effectiveAt,
    expiresAt: lastDay(row),
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
    hospitalGrade: row.hospitalGrade ?? '',
    pausedUntil: row.pausedUntil,
  }
}

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
    contactsOf(db, [pair])
      .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
      .select('hospital.name as hospital')
      .select(
        shownColumns({
          repId: pair.repId,
          account: sql.ref('account.id'),
          since: later(({ now }) => new Date(now.getTime() - askedForMs)),
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
