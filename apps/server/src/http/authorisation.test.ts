import { errorStatus, roleNames, type ErrorCode } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { becomeLocal } from '../../test/attacks/office-things.ts'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { others } from '../../test/other-routes.ts'
import { post, startTestServer, type TestServer } from '../../test/test-server.ts'
import { openapi } from './openapi.ts'
import { endpointTable } from './serve.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

describe('who may call what', () => {
  it('[AUTH-01] every route is in the authorisation table', () => {
    const declared = new Set([
      ...endpointTable.map((endpoint) => `${endpoint.method} ${endpoint.path}`),
      ...Object.keys(others),
    ])
    const mounted = server.router.stack.flatMap((layer) =>
      layer.methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(layer.path)}`),
    )
    expect(mounted.filter((route) => !declared.has(route))).toEqual([])
    expect([...declared].filter((route) => !mounted.includes(route))).toEqual([])
  })

  it('[AUTH-05] only what begins a sign-in is open to anyone', () => {
    const open = endpointTable.filter(({ caller }) => caller === 'anyone').map(({ path }) => path)
    expect(open).toEqual([
      ...['/api/console/sign-in/ways', '/api/console/local/sign-in'],
      ...['/api/console/local/challenges', '/api/console/local/sign-in/passkey'],
      ...['/api/console/local/set-up/look', '/api/console/local/set-up'],
    ])
  })

  it.each(
    endpointTable
      .filter(({ caller }) => caller !== 'anyone')
      .map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const),
  )('[AUTH-02] %s: nobody, and the other face, get 401', async (_, endpoint) => {
    const personId = await buildRep(server, { roles: ['rep', 'auditor'] })
    const otherFace = endpoint.caller === 'rep' ? 'console' : 'rep'
    for (const cookie of ['', await server.signIn(personId, otherFace)]) {
      const answer = await post(server, cookie, endpoint.path, '{}', { method: endpoint.method })
      expect(answer).toMatchObject({ status: 401, body: { error: 'not_signed_in' } })
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  it.each(
    endpointTable
      .filter((endpoint) => endpoint.method === 'POST')
      .map((endpoint) => [endpoint.path, endpoint] as const),
  )('[AUTH-03] %s refuses another site, a form and a stray field', async (_, endpoint) => {
    const personId = await buildRep(server, { roles: [...roleNames] })
    if (endpoint.caller === 'console') await becomeLocal(server.owner, personId) // some doors are for them alone
    const cookie = await server.signIn(personId, endpoint.caller === 'rep' ? 'rep' : 'console')
    const send = (body: string, headers: Record<string, string>) =>
      post(server, cookie, endpoint.path, body, { headers })
    expect((await send('{}', { origin: 'https://evil.example' })).body.error).toBe('wrong_origin')
    expect((await send('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).body.error).toBe('not_json')
    expect(await send('{"state":"approved"}', {})).toMatchObject({ status: 400, body: { error: 'bad_request' } })
    expect((await send('x'.repeat(endpoint.bodyLimit + 1), {})).body.error).toBe('too_large')
  })

  it('[AUTH-04] an unknown address answers like every error, with headers that keep it to itself', async () => {
    const answer = await fetch(`${server.url}/api/rep/nothing`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: 'not_found', requestId: answer.headers.get('x-request-id') })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

describe('the description of the interface', () => {
  it('[API-01] names every endpoint, its shapes and every error', () => {
    const description = openapi('http://vouch.test') as {
      paths: Record<string, Record<string, { requestBody?: unknown }>>
      components: { schemas: { Error: { properties: { error: { enum: ErrorCode[] } } } } }
    }
    for (const endpoint of endpointTable) {
      const operation = description.paths[endpoint.path]![endpoint.method.toLowerCase()]!
      expect(operation).toBeDefined()
      if (endpoint.method === 'POST')
        expect(JSON.stringify(operation.requestBody)).toContain('"additionalProperties":false')
    }
    expect(description.components.schemas.Error.properties.error.enum).toEqual(Object.keys(errorStatus))
  })
})

describe('health and logs', () => {
  it('[OPS-01] live, ready with the database, and numbers to scrape', async () => {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    const ready = await fetch(`${server.url}/readyz`)
    expect(await ready.json()).toMatchObject({ database: true, files: true })
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('vouch_uploads_waiting 0')
    expect(metrics).toContain('vouch_request_seconds_bucket{le="0.005",route="/healthz",method="GET",status="200"}')
  })

  it('[OPS-03] is ready while the store of files is away, because sends need none, and says that it is', async () => {
    const { files } = server.deps
    const before = server.clock.at
    server.clock.at = new Date() // a node whose clock is wrong is not ready either
    for (const check of [() => Promise.reject(new Error('away')), () => new Promise<void>(() => {})]) {
      Object.assign(server.deps, { files: { ...files, check } })
      const ready = await fetch(`${server.url}/readyz`)
      expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, files: false }])
    }
    Object.assign(server.deps, { files })
    server.clock.at = before
  })

  it('[OPS-02] the log has one line a request and neither names nor secrets', async () => {
    const cookie = await server.signIn(await buildRep(server, { name: '金丝雀姓名' }))
    await post(server, cookie, '/api/rep/accounts', JSON.stringify({ query: '搜索金丝雀', externalUserId: null }))
    const log = server.logged.join('\n')
    expect(log).toContain('"route":"/api/rep/accounts"')
    for (const canary of ['金丝雀', 'agent-secret-canary', cookie.split('=')[1]!]) expect(log).not.toContain(canary)
  })
})
