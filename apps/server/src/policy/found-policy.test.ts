import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import { foundPolicy } from './found-policy.ts'
import { firstPolicy, loadPolicy } from './queries.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
const versions = () => server.owner.selectFrom('policy').selectAll().execute()

it('[POL-20] a company begins with one policy of the defaults, however many servers start at once', async () => {
  await Promise.all(Array.from({ length: 10 }, () => foundPolicy(server.deps)))
  expect(await versions()).toMatchObject([{ version: 1, ...firstPolicy, changedBy: null, approvedBy: null }])
  expect(await loadPolicy(server.db, server.deps.now())).toMatchObject({ version: 1, sendsPerMonth: 4 })
})

it('[POL-21] and a later start changes nothing of what the company decided since', async () => {
  const [first] = await versions()
  await server.owner
    .insertInto('policy')
    .values({ ...first!, version: 2, sendsPerMonth: 2, reason: 'fewer' })
    .execute()
  await foundPolicy(server.deps)
  expect(await loadPolicy(server.db, server.deps.now())).toMatchObject({ version: 2, sendsPerMonth: 2 })
})
