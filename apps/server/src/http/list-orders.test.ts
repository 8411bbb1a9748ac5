import {
  accountEndpoints,
  auditEndpoints,
  consentEndpoints,
  listOrders,
  peopleEndpoints,
  searchEndpoints,
  sendEndpoints,
  type Endpoint,
} from '@vouch/contract'
import { monotonicFactory } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildPiece, buildRep, giveConsent } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { auditRow } from '../audit/append-audit.ts'

let server: TestServer
let reader: Colleague
let newId = monotonicFactory()
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  newId = monotonicFactory()
  for (const table of ['consent', 'account', 'contentItem', 'auditEntry', 'personRole', 'session', 'person'] as const)
    await server.owner.deleteFrom(table).execute()
  reader = await buildColleague(server, 'auditor', 'compliance')
})

type Row = Record<string, string | null>
type Kept = {
  /** More than two pages of them. */
  rows: number
  list: Endpoint
  filter: object
  orders: readonly string[]
  /** The nth row; many share what they stand by. */
  add: (nth: number) => Promise<unknown>
  id: string
  save?: Endpoint
  /** What a line of the table that is taken away begins with, where that is no id of the row. */
  savedBy?: string
}

const moments = [0, 1, 2].map((nth) => new Date(morning.getTime() + nth * 86_400_000))
const names = ['安', '陈', '张']
const lists: Record<string, Kept> = {
  doctors: {
    ...{ rows: 70, list: accountEndpoints.listAccounts, save: accountEndpoints.exportAccounts, filter: {} },
    ...{ orders: listOrders.accounts, id: 'accountId' },
    add: (nth) => buildAccount(server, { name: names[nth % 3]!, nameSound: String(nth % 3) }),
  },
  content: {
    ...{ rows: 50, list: searchEndpoints.listContent, save: searchEndpoints.exportContent, savedBy: 'documentId' },
    ...{ filter: {}, orders: listOrders.content, id: 'contentItemId' },
    add: (nth) =>
      buildPiece(server, {
        ...{ title: names[nth % 3]!, titleSound: String(nth % 3), expiresAt: moments[nth % 4] ?? null },
        state: nth % 4 < 3 ? 'approved' : 'draft',
      }),
  },
  consents: {
    ...{ rows: 70, list: consentEndpoints.listConsents, save: consentEndpoints.exportConsents, filter: {} },
    ...{ orders: listOrders.consents, id: 'consentId' },
    add: async (nth) => giveConsent(server, await buildAccount(server), 'opted_in', moments[nth % 3]),
  },
  people: {
    ...{ rows: 110, list: peopleEndpoints.listPeople, save: peopleEndpoints.exportAccess, filter: { role: 'rep' } },
    ...{ orders: listOrders.people, id: 'personId' },
    add: (nth) => buildRep(server, { name: names[nth % 3]!, nameSearch: String(nth % 3) }),
  },
  entries: {
    ...{ rows: 110, list: auditEndpoints.listAudit, save: auditEndpoints.exportAudit, orders: listOrders.audit },
    ...{ filter: { event: 'rep.signed_in' }, id: 'entryId' },
    add: (nth) => {
      const at = moments[Math.floor(nth / 40)]!
      const row = auditRow(newId(at.getTime()), { kind: 'rep', id: 'r' }, at, {
        event: 'rep.signed_in',
        subjectId: 'r',
      })
      return server.owner.insertInto('auditEntry').values(row).execute()
    },
  },
}
/** Column by column of the orders: what a row stands by. */
const keyOf = (order: string, row: Row): string | null => row[order.replace('-', '')] ?? null

const ask = async (list: Endpoint, asked: object) => call(server, reader.cookie, list, asked as never)

describe.each(Object.entries(lists))('%s', (_, { rows, list, filter, orders, add, id, save, savedBy = id }) => {
  it.each(orders)('in the order “%s” are complete over the pages while others come in', async (order) => {
    for (let nth = 0; nth < rows; nth += 1) await add(nth)
    const before = await walk(order)
    expect(before).toHaveLength(rows)
    const walked = await walk(order, () => add(rows))
    const ids = walked.map((row) => row[id])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(before.map((row) => row[id])))
    if (order !== '') expect(walked.map((row) => keyOf(order, row))).toEqual(sorted(order, walked))
    if (!save) return
    const { csv } = (await ask(save, { ...filter, order, language: 'zh' })).body as { csv: string }
    const taken = csv.split('\r\n').map((line) => line.split('","')[0]!.slice(1))
    const now = (await walk(order)).map((row) => row[savedBy]!)
    expect([...new Set(taken)].filter((one) => now.includes(one))).toEqual(now)
  })

  it('take no order they do not have, and no place of another order', async () => {
    for (let nth = 0; nth < rows / 2 + 1; nth += 1) await add(nth)
    for (const order of ['nothing', '-', 'id desc', "at'--"])
      expect(await ask(list, { ...filter, order })).toMatchObject({ status: 400, body: { error: 'bad_request' } })
    const [one, other] = orders.slice(-2) as [string, string]
    const { next: cursor } = (await ask(list, { ...filter, order: one })).body
    expect(cursor).toEqual(expect.any(String))
    expect((await ask(list, { ...filter, order: one, cursor })).status).toBe(200)
    expect(await ask(list, { ...filter, order: other, cursor })).toMatchObject({
      ...{ status: 400, body: { error: 'bad_request' } },
    })
  })

  async function walk(order: string, meanwhile?: () => Promise<unknown>): Promise<Row[]> {
    const seen: Row[] = []
    let cursor: string | null = null
    do {
      const { body } = await ask(list, { ...filter, order, cursor })
      seen.push(...body.rows)
      cursor = body.next
      await meanwhile?.()
    } while (cursor)
    return seen
  }
})

/** What rows stand by, put in order here; what is missing comes last either way. */
function sorted(order: string, rows: Row[]): (string | null)[] {
  const keys = rows.map((row) => keyOf(order, row))
  const known = keys.filter((key) => key !== null).toSorted((one, other) => (sounds(one) < sounds(other) ? -1 : 1))
  if (order.startsWith('-')) known.reverse()
  return [...known, ...keys.filter((key) => key === null)]
}
const sounds = (key: string): string => (names.includes(key) ? String(names.indexOf(key)) : key)

it('a place in the sends of one order is none in the other', async () => {
  for (const [order, cursor] of [
    ['at', '-at.0.x'],
    ['-at', 'at.0.x'],
    ['at', '0.x'],
  ])
    expect((await ask(sendEndpoints.listSends, { order, cursor })).status).toBe(400)
  expect((await ask(sendEndpoints.listSends, { order: 'at', cursor: 'at.0.x' })).status).toBe(200)
})
