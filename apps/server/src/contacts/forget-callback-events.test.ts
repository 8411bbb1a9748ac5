import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { forgetCallbackEvents } from './forget-callback-events.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.db.deleteFrom('callbackEvent').execute()
  server.clock.at = morning
})

const daysAgo = (days: number) => new Date(morning.getTime() - days * 86_400_000)
let built = 0

/** So many messages, received a year ago. */
async function build(count: number, given: { settledAt: Date | null; welcomeAt?: Date; about?: string }) {
  const rows = Array.from({ length: count }, () => ({
    digest: createHash('sha256')
      .update(`message ${(built += 1)}`)
      .digest('hex'),
    ...{ event: 'change_external_contact', changeType: 'add_external_contact', externalUserId: 'wmChen' },
    ...{ occurredAt: daysAgo(365), receivedAt: daysAgo(365), runAt: daysAgo(365) },
    ...{ outcome: given.settledAt ? 'done' : null, ...given },
  }))
  for (let from = 0; from < rows.length; from += 500) {
    await server.db
      .insertInto('callbackEvent')
      .values(rows.slice(from, from + 500))
      .execute()
  }
}
const left = async () =>
  (await server.db.selectFrom('callbackEvent').select('about').orderBy('about').execute()).map(({ about }) => about)

it('[R22] removes messages settled more than half a year ago, and never one that something is still owed for', async () => {
  await build(1, { about: 'old', settledAt: daysAgo(191) })
  await build(1, { about: 'a millisecond short', settledAt: new Date(daysAgo(190).getTime()) })
  await build(1, { about: 'not settled', settledAt: null })
  await build(1, { about: 'welcome owed', settledAt: daysAgo(300), welcomeAt: daysAgo(300) })
  await build(1, { about: 'young', settledAt: daysAgo(1) })
  await forgetCallbackEvents(server.deps)
  expect(await left()).toEqual(['a millisecond short', 'not settled', 'welcome owed', 'young'])
})

it('goes through any number in small statements, ten at once as well', async () => {
  await build(1_700, { settledAt: daysAgo(200) })
  await build(3, { settledAt: daysAgo(100), about: 'kept' })
  await Promise.all(Array.from({ length: 10 }, () => forgetCallbackEvents(server.deps)))
  expect(await left()).toEqual(['kept', 'kept', 'kept'])
})

it('finds them by an index', async () => {
  await build(600, { settledAt: daysAgo(1) })
  await build(5, { settledAt: daysAgo(400) }) // older than what other tests have removed: the engine still counts it
  await sql`analyze table callback_event`.execute(server.owner)
  const { rows } = await sql<{ key: string }>`
    explain select digest from callback_event where settled_at < ${daysAgo(300)} and welcome_at is null
    order by settled_at limit 500`.execute(server.owner)
  expect(rows[0]?.key).toBe('callback_event_next')
})
