import { sql } from 'kysely'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { forgetNotices } from './forget-notices.ts'

let server: TestServer
let rep: string
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  rep = await buildRep(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.db.deleteFrom('outbox').execute()
  server.clock.at = morning
})

const days = (count: number) => new Date(morning.getTime() + count * 86_400_000)
const never = new Date('9999-12-31T00:00:00.000Z')

/** So many notices of that time. */
async function build(count: number, { sentAt, problem = null }: { sentAt: Date | null; problem?: string | null }) {
  const rows = Array.from({ length: count }, () => ({
    ...{ id: ulid(), kind: 'withdrawn', toPerson: rep, subjectId: ulid(), body: '{}', problem, sentAt },
    ...{ runAt: problem ? never : days(-90), ownedUntil: days(-90), createdAt: days(-90) },
  }))
  for (let from = 0; from < rows.length; from += 500) {
    await server.db
      .insertInto('outbox')
      .values(rows.slice(from, from + 500))
      .execute()
  }
}
const left = () =>
  server.db.selectFrom('outbox').select(['sentAt', 'problem']).orderBy('sentAt').orderBy('problem').execute()

it('removes what was delivered more than 30 days ago, and nothing else', async () => {
  const justYet = new Date(days(-30).getTime() + 1)
  await build(1, { sentAt: days(-31) })
  await build(1, { sentAt: justYet })
  await build(1, { sentAt: null })
  await build(1, { sentAt: null, problem: 'unknown_member' })
  await forgetNotices(server.deps)
  expect(await left()).toEqual([
    { sentAt: null, problem: null },
    { sentAt: null, problem: 'unknown_member' },
    { sentAt: justYet, problem: null },
  ])
})

it('goes through any number in small statements, ten at once as well', async () => {
  await build(1_700, { sentAt: days(-40) })
  await build(3, { sentAt: days(-1) })
  await Promise.all(Array.from({ length: 10 }, () => forgetNotices(server.deps)))
  expect(await left()).toHaveLength(3)
})

it('finds them by their index', async () => {
  await build(600, { sentAt: days(-1) })
  await build(5, { sentAt: days(-100) }) // older than what other tests have removed: the engine still counts it
  await sql`analyze table outbox`.execute(server.owner)
  const { rows } = await sql<{ key: string }>`
    explain select id from outbox where sent_at < ${days(-90)} order by sent_at limit 500`.execute(server.owner)
  expect(rows[0]?.key).toBe('outbox_due')
})
