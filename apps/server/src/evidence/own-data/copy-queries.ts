import type { OwnRecords } from '@vouch/hcp/render'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { recordsOf, stillSaid } from '../../merged-records.ts'
import { findOwnPapers, findOwnReports } from './held-queries.ts'
import { findOwnRequests } from './request-queries.ts'

type Whose = { accountId: string; externalUserId: string }

/** Ids of the sends to one HCP; everything about them hangs on these. */
const sendsTo = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .where('send.accountId', 'in', recordsOf(db, accountId))
    .where('send.outcome', '=', 'authorised')

/** Everything held about one HCP: a statement for each kind, all by index, whatever its length. */
export async function findOwnRecords(db: Kysely<Database>, { accountId, externalUserId }: Whose): Promise<OwnRecords> {
  const [person, contacts, consents, papers, sends, openings, reading, wishes] = await Promise.all([
    findPerson(db, accountId),
    findContacts(db, accountId),
    findConsents(db, accountId),
    findOwnPapers(db, accountId),
    findSends(db, accountId),
    findOpenings(db, accountId),
    findReading(db, accountId),
    findWishes(db, accountId),
  ])
  const [requests, safetyReports, asks, access] = await Promise.all([
    findOwnRequests(db, externalUserId),
    findOwnReports(db, { accountId, externalUserId }),
    findAsks(db, accountId),
    findAccess(db, accountId),
  ])
  return {
    ...{ person, contacts, consents, papers, sends, openings, reading, wishes },
    ...{ requests, safetyReports, asks, access },
  }
}

/** What is held of a contact that belongs to no HCP of ours. */
export async function findUnmatchedRecords(db: Kysely<Database>, externalUserId: string): Promise<OwnRecords> {
  const [contacts, consents, requests, safetyReports] = await Promise.all([
    contactRows(db).where('externalContact.externalUserId', '=', externalUserId).execute(),
    findAnswers(db, externalUserId),
    findOwnRequests(db, externalUserId),
    findOwnReports(db, { accountId: null, externalUserId }),
  ])
  const nothing = { papers: [], sends: [], openings: [], reading: [], wishes: null, asks: [], access: [] }
  return { person: null, contacts: contacts.map(asContact), consents, requests, safetyReports, ...nothing }
}

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

const findContacts = async (db: Kysely<Database>, accountId: string) =>
  (await contactRows(db).where('externalContact.accountId', '=', accountId).execute()).map(asContact)

const saidColumns = [
  ...(['statedAt as at', 'purpose', 'statement', 'textVersion', 'textHash'] as const),
  ...(['language', 'channel', 'identity'] as const),
] as const

const findConsents = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('consent')
    .select(saidColumns)
    .where('accountId', '=', accountId)
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

const findSends = (db: Kysely<Database>, accountId: string) =>
  sendsTo(db, accountId)
    .innerJoin('person', 'person.id', 'send.repId')
    .select(['send.id as number', 'send.decidedAt as at', 'contentItem.title', 'contentItem.version'])
    .select(['person.name as rep', 'send.kind as way', 'send.class'])
    .orderBy('send.decidedAt', 'desc')
    .execute()

const findOpenings = (db: Kysely<Database>, accountId: string) =>
  sendsTo(db, accountId)
    .innerJoin('linkVisit', 'linkVisit.sendId', 'send.id')
    .select(['send.id as number', 'linkVisit.visitedAt as at', 'contentItem.title', 'linkVisit.visitor as by'])
    .orderBy('linkVisit.visitedAt', 'desc')
    .execute()

async function findReading(db: Kysely<Database>, accountId: string): Promise<OwnRecords['reading']> {
  const rows = await sendsTo(db, accountId)
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
    .where('contentAsk.accountId', '=', accountId)
    .orderBy('contentAsk.askedAt', 'desc')
    .execute()

/** What people of the company did that concerns this HCP; the HCP's own taps are told elsewhere in the copy. */
const findAccess = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('auditEntry')
    .select(['at', 'actorKind as by', 'event'])
    .where('accountId', '=', accountId)
    .orderBy('id', 'desc')
    .execute()
