import { listOrders } from '@vouch/contract'
import { sql, type Kysely } from 'kysely'
import { monotonicFactory } from 'ulid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildPiece, buildRep, giveConsent } from '../../test/builders.ts'
import { morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { auditRow } from '../audit/append-audit.ts'
import { findEntries } from '../audit/audit-queries.ts'
import { findListed } from '../consents/consent-list-queries.ts'
import { findMaterial } from '../consents/consent-queries.ts'
import { findAccountPage } from '../contacts/accounts/account-list-queries.ts'
import { findOfficePage } from '../content/office-list-queries.ts'
import { showCondition } from '../content/office-shows.ts'
import type { Database } from '../db/schema.ts'
import { findPeoplePage } from '../people/people-queries.ts'
import { loadPolicy } from '../policy/queries.ts'

const size = 6_000
let server: TestServer
let middleId: string
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await fill(await buildAccount(server), await buildPiece(server), await buildRep(server))
})
afterAll(() => server.stop())

/** As many of each as a company has; each a copy of one, with keys of its own. */
async function fill(accountId: string, contentItemId: string, personId: string): Promise<void> {
  const { owner } = server
  await giveConsent(server, accountId)
  const [account, piece, person, consent] = await Promise.all([
    owner.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow(),
    owner.selectFrom('contentItem').selectAll().where('id', '=', contentItemId).executeTakeFirstOrThrow(),
    owner.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirstOrThrow(),
    owner.selectFrom('consent').selectAll().executeTakeFirstOrThrow(),
  ])
  const idAt = monotonicFactory()
  for (let from = 0; from < size; from += 500) {
    const nths = Array.from({ length: 500 }, (_, place) => from + place)
    const times = nths.map((nth) => new Date(morning.getTime() + nth * 60_000))
    const ids = times.map((at) => idAt(at.getTime()))
    if (from === size / 2) middleId = ids[0]!
    const sound = (nth: number) => String((nth * 7_919) % size)
    const each = <Row>(make: (nth: number, id: string, at: Date) => Row) =>
      nths.map((nth, place) => make(nth, ids[place]!, times[place]!)) // as many ids and times as numbers
    await owner
      .insertInto('account')
      .values(each((nth, id) => ({ ...account, id, nameSound: sound(nth), externalId: id })))
      .execute()
    await owner
      .insertInto('contentItem')
      .values(
        each((nth, id, at) => ({
          ...{ ...piece, id, documentId: id, titleSound: sound(nth), requestId: id },
          ...{ state: nth % 5 ? ('approved' as const) : ('draft' as const), expiresAt: nth % 5 ? at : null },
        })),
      )
      .execute()
    await owner
      .insertInto('person')
      .values(each((nth, id) => ({ ...person, id, wecomUserId: id, wecomUserKey: id, nameSearch: sound(nth) })))
      .execute()
    await owner
      .insertInto('consent')
      .values(each((nth, id, at) => ({ ...consent, id, accountId: id, statedAt: at, recordedAt: at })))
      .execute()
    await owner
      .insertInto('auditEntry')
      .values(
        each((nth, id, at) =>
          auditRow(id, { kind: 'rep', id: 'r' }, at, { event: 'send.authorised', subjectId: `s-${nth}` }),
        ),
      )
      .execute()
  }
  await sql`analyze table account, content_item, person, consent, audit_entry`.execute(owner)
}

type Find = (db: Kysely<Database>, order: never, after: { at: Date; id: string } | undefined) => unknown
const limit = 51
const finds: Record<string, { orders: readonly string[]; find: Find }> = {
  accounts: {
    orders: listOrders.accounts,
    find: (db, order, after) =>
      findAccountPage(
        db,
        { ...{ show: 'active', verified: '', contact: '', territory: '', query: '' }, order },
        { own: null, after: after?.id, limit },
      ),
  },
  audit: {
    orders: listOrders.audit,
    find: (db, order, after) =>
      findEntries(
        db,
        { ...{ query: '', event: '', subject: '', doctor: '', from: '', until: '' }, order },
        { after: after?.id, limit },
      ),
  },
  consents: {
    orders: listOrders.consents,
    find: async (db, order, after) =>
      findListed(
        db,
        { ...{ show: 'current', purpose: '', standing: '', channel: '', version: 0, query: '' }, order },
        {
          ...{ policy: await loadPolicy(db, morning), material: await findMaterial(db, morning), at: morning },
          ...{ own: null, after, limit },
        },
      ),
  },
  content: {
    orders: listOrders.content,
    find: (db, order, after) => findOfficePage(db, { allowed: (row) => row.lit(true), after, order }),
  },
  'content that is approved': {
    orders: listOrders.content,
    find: (db, order, after) =>
      findOfficePage(db, {
        allowed: showCondition(
          { show: 'approved', product: '', kind: '' },
          { personId: '', roles: [], at: morning, renewals: [] },
        ),
        ...{ after, order },
      }),
  },
  people: {
    orders: listOrders.people,
    find: (db, order, after) =>
      findPeoplePage(
        db,
        { ...{ query: '', role: '', show: 'active', waiting: '' }, order },
        { after: after?.id, limit, now: morning },
      ),
  },
}
const asked = Object.entries(finds).flatMap(([list, { orders, find }]) =>
  orders.map((order) => ({ list, order, find })),
)

it.each(asked)('a page of $list in the order “$order” reads little more than it shows', async ({ order, find }) => {
  const middle = { at: new Date(morning.getTime() + (size / 2) * 60_000), id: middleId }
  for (const after of [undefined, middle])
    await server.owner.connection().execute(async (db) => {
      const before = await rowsRead(db)
      await find(db, order as never, after) // an order of its list
      expect((await rowsRead(db)) - before).toBeLessThan(size / 4)
    })
})

/** Rows that were read for whatever this connection asked. */
async function rowsRead(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ Value: string }>`show session status like 'Handler_read%'`.execute(db)
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
}
