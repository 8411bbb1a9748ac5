import { localEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { post, startTestServer, type TestServer } from '../../test/test-server.ts'
import { createApp } from './app.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** Where a server behind so many proxies takes a request to come from. */
async function addressBehind(proxies: number, forwarded: string): Promise<string> {
  const deps = { ...server.deps, config: { ...server.deps.config, PUBLIC_PROXIES: proxies } }
  const { app } = createApp(deps, { folders: { sidebar: '/nowhere', console: '/nowhere' } })
  const context = app.createContext(
    { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.9' } } as never,
    {} as never,
  )
  return context.ip
}

it('believes of an address only what its own proxies added', async () => {
  expect(await addressBehind(0, '1.1.1.1')).toBe('10.0.0.9')
  expect(await addressBehind(1, '1.1.1.1')).toBe('1.1.1.1')
  expect(await addressBehind(1, '6.6.6.6, 1.1.1.1')).toBe('1.1.1.1')
  expect(await addressBehind(2, '6.6.6.6, 1.1.1.1, 10.0.0.3')).toBe('1.1.1.1')
})

it('without a proxy, an invented address wins no further tries', async () => {
  const tries = []
  for (let nth = 0; nth < 6; nth += 1) {
    const body = JSON.stringify({ name: 'nobody', password: 'guess', code: '000000' })
    const headers = { 'x-forwarded-for': `7.7.7.${nth}` }
    tries.push((await post(server, '', localEndpoints.signInLocal.path, body, { headers })).status)
  }
  expect(tries).toEqual([401, 401, 401, 401, 401, 429])
})
