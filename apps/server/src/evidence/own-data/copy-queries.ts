import type { OwnRecords } from '@vouch/hcp/render'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { recordsOf, stillSaid } from '../../merged-records.ts'
import { findOwnPapers, findOwnReports } from './held-queries.ts'
import { findContactIds, ownSends, type Own } from './own-sends.ts'
import { findAllRequests } from './request-queries.ts'
import { findChanges, findClaims, findServedBy, findWelcomes } from './told-queries.ts'

/**
 * Everything held about one HCP: a statement for each kind, all by index, whatever its length. Of a contact whom nobody has
 * matched it is what hangs on the contact; requests.test.ts and every-table.test.ts hold it against the whole structure.
 */
export async function findOwnRecords(db: Kysely<Database>, { accountId, externalUserId }: Whose): Promise<OwnRecords> {
  const contactIds = await findContactIds(db, { accountId, externalUserId })
  const own = { accountId, contactIds }
  const [sends, openings, reading, welcomes, changes] = await Promise.all([
    findSends(db, own),
    findOpenings(db, own),
    findReading(db, own),
    findWelcomes(db, contactIds),
    findChanges(db, own),
  ])
  const [contacts, requests, safetyReports, access] = await Promise.all([
    findContacts(db, contactIds),
    findAllRequests(db, contactIds),
    findOwnReports(db, own),
    findAccess(db, own),
  ])
  const ofContact = { contacts, sends, openings, reading, welcomes, changes, requests, safetyReports, access }
  if (!accountId) return { ...ofContact, ...nothing, consents: await findAnswers(db, externalUserId) }
  const [person, consents, papers, claims, wishes, asks, servedBy] = await Promise.all([
    findPerson(db, accountId),
    findConsents(db, accountId),
    findOwnPapers(db, accountId),
    findClaims(db, accountId),
    findWishes(db, accountId),
    findAsks(db, accountId),
    findServedBy(db, accountId),
  ])
  return { ...ofContact, person, consents, papers, claims, wishes, asks, servedBy }
}

type Whose = { accountId: string | null; externalUserId: string }
/** What hangs on an account alone. */
const nothing = { person: null, papers: [], claims: [], wishes: null, asks: [], servedBy: [] }

async function findPerson(db: Kysely<Database>, accountId: string): Promise<OwnRecords['person']> {
  const row = await db
    .selectFrom('account')
    .leftJoin('hospital', 'hospital.id', 'account.hospitalId')
    .leftJoin('specialty', 'specialty.code', 'account.specialty')
    .leftJoin('territory', 'territory.code', 'account.territory')
    .select(['account.name', 'account.title', 'account.department'])
    .select((eb) => [
      eb.fn.coalesce('specialty.name', 'account.specialty').as('specialty'),
      eb.fn.coalesce('territory.name', 'account.territory').as('territory'),
    ])
    .select(['account.licenceNumber', 'account.hcpVerified', 'account.pausedUntil', 'hospital.name as hospital'])
    .where('account.id', '=', accountId)
    .executeTakeFirstOrThrow()
  const { hospital, licenceNumber, hcpVerified, ...rest } = row
  return { ...rest, hospital: hospital ?? '', licenceNumber: licenceNumber ?? '', verified: Boolean(hcpVerified) }
}

const contactRows = (db: Kysely<Database>) =>
  db
    .selectFrom('externalContact')
    .innerJoin('contactFollow', 'contactFollow.externalUserId', 'externalContact.externalUserId')
    .innerJoin('person', 'person.id', 'contactFollow.repId')
    .select(['externalContact.nickname', 'contactFollow.remark', 'contactFollow.following', 'person.name as rep'])
    .select(['externalContact.company', 'contactFollow.remarkCompany'])
type ContactRow = Awaited<ReturnType<ReturnType<typeof contactRows>['execute']>>[number]

const both = (...words: string[]): string => words.filter(Boolean).join(' · ')

const asContact = ({ nickname, company, remark, remarkCompany, following, rep }: ContactRow) => ({
  ...{ nickname: both(nickname, company), rep, remark: both(remark, remarkCompany) },
  connected: Boolean(following),
})

const findContacts = async (db: Kysely<Database>, contactIds: string[]) =>
  (await contactRows(db).where('externalContact.externalUserId', 'in', contactIds).execute()).map(asContact)

const saidColumns = [
  ...(['statedAt as at', 'purpose', 'statement', 'textVersion', 'textHash'] as const),
  ...(['language', 'channel', 'identity'] as const),
] as const

const findConsents = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('consent')
    .select(saidColumns)
    .where('accountId', 'in', recordsOf(db, accountId))
    .where(stillSaid('consent'))
    .orderBy('statedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** What a contact answered whom nobody has matched yet. */
const findAnswers = (db: Kysely<Database>, externalUserId: string) =>
  db
    .selectFrom('contactAnswer')
    .select(saidColumns)
    .where('externalUserId', '=', externalUserId)
    .orderBy('statedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

const findSends = (db: Kysely<Database>, own: Own) =>
  ownSends(db, own)
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('person', 'person.id', 'send.repId')
    .select(['send.id as number', 'send.decidedAt as at', 'contentItem.title', 'contentItem.version'])
    .select(['person.name as rep', 'send.kind as way', 'send.class'])
    .orderBy('send.decidedAt', 'desc')
    .execute()

const findOpenings = (db: Kysely<Database>, own: Own) =>
  ownSends(db, own)
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('linkVisit', 'linkVisit.sendId', 'send.id')
    .select(['send.id as number', 'linkVisit.visitedAt as at', 'contentItem.title', 'linkVisit.visitor as by'])
    .orderBy('linkVisit.visitedAt', 'desc')
    .execute()

async function findReading(db: Kysely<Database>, own: Own): Promise<OwnRecords['reading']> {
  const rows = await ownSends(db, own)
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('pageView', 'pageView.sendId', 'send.id')
    .select(['send.id as number', 'pageView.viewedAt as at', 'contentItem.title', 'pageView.page'])
    .select('pageView.visibleMs')
    .orderBy('pageView.viewedAt', 'desc')
    .execute()
  return rows.map(({ visibleMs, ...row }) => ({ ...row, seconds: Math.round(visibleMs / 1_000) }))
}

async function findWishes(db: Kysely<Database>, accountId: string): Promise<OwnRecords['wishes']> {
  const row = await db
    .selectFrom('accountWish')
    .select(['unwanted', 'mostPerMonth', 'quietFrom', 'quietUntil'])
    .where('accountId', '=', accountId)
    .executeTakeFirst()
  return row ? { ...row, unwanted: row.unwanted ? row.unwanted.split(',') : [] } : null
}

const findAsks = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('contentAsk')
    .innerJoin('person', 'person.id', 'contentAsk.repId')
    .select(['contentAsk.askedAt as at', 'person.name as rep'])
    .select(
      sql<string>`coalesce((select title from content_item where document_id = content_ask.document_id
        order by version desc limit 1), '')`.as('title'),
    )
    .where('contentAsk.accountId', 'in', recordsOf(db, accountId))
    .orderBy('contentAsk.askedAt', 'desc')
    .execute()

/** What people of the company did that concerns this HCP; the HCP's own taps are told elsewhere in the copy. */
function findAccess(db: Kysely<Database>, { accountId, contactIds }: Own) {
  const entries = db.selectFrom('auditEntry').select(['at', 'actorKind as by', 'event', 'id'])
  const about = entries.where('subjectId', 'in', contactIds)
  return db
    .selectFrom(
      (accountId ? about.union(entries.where('accountId', 'in', recordsOf(db, accountId))) : about).as('entry'),
    )
    .select(['entry.at', 'entry.by', 'entry.event'])
    .orderBy('entry.id', 'desc')
    .execute()
}
