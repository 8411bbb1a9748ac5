import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildCompany, buildOrdinary, buildRep } from '../../test/builders.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { stateConsents } from './state-consents.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

it('the time of the last word moves with each, and for nobody but who knows the doctor', async () => {
  const { accountId, externalUserId, cookie } = await buildOrdinary(server)
  const watch = async () =>
    (await call(server, cookie, repEndpoints.watchChat, { externalUserId })).body.changedAt as string | null
  expect(await watch()).toBe(morning.toISOString())
  server.clock.at = new Date(morning.getTime() + 60_000)
  await stateConsents(
    server.deps,
    { kind: 'hcp', id: externalUserId },
    {
      ...{
        accountId,
        requestId: randomUUID(),
        language: 'zh-CN',
        channel: 'own_page',
        identity: 'remembered',
        evidence: {},
      },
      statements: [{ purpose: 'receive', statement: 'opted_out', textVersion: 1 }],
    },
  )
  expect(await watch()).toBe(server.clock.at.toISOString())
  const other = await server.signIn(await buildRep(server))
  for (const [asked, as] of [
    [externalUserId, other],
    ['wm-nobody', cookie],
  ] as const)
    expect((await call(server, as, repEndpoints.watchChat, { externalUserId: asked })).body.error).toBe(
      'contact_not_found',
    )
  const text = { language: 'zh-CN', title: '新', body: '新', hash: '3'.repeat(64), material: 1 }
  const activeFrom = new Date(morning.getTime() + 90_000)
  await server.db
    .insertInto('consentText')
    .values({ ...text, version: 2, purpose: 'receive', activeFrom })
    .execute()
  expect(await watch()).toBe(new Date(morning.getTime() + 60_000).toISOString())
  server.clock.at = activeFrom
  expect(await watch()).toBe(activeFrom.toISOString())
})
