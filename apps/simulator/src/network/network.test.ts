import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { buildSimulator, freePorts, serve } from '../../test/build-simulator.ts'
import { listen } from '../server.ts'
import { carried, deviceKey, keepOnDevice } from './cookies.ts'
import { framedHeaders, injectBridge } from './inject.ts'

describe('cookies', () => {
  test.each([
    ['__Host-session=1; Path=/; Secure', '__Host-repwanglei.session=1; Path=/; Secure'],
    ['__Secure-x=a=b; Secure', '__Secure-repwanglei.x=a=b; Secure'],
    ['plain=1', 'repwanglei.plain=1'],
  ])('%s is kept as %s', (given, kept) => expect(keepOnDevice('repwanglei', given)).toBe(kept))

  const jar = '__Host-repwanglei.s=1; __Host-replina.s=2; __Host-s=3; repwanglei.lang=zh; tab=4'
  test.each([
    { carrier: 'phone', sent: '__Host-s=1; lang=zh' },
    { carrier: 'tab', sent: '__Host-s=3; tab=4' },
    { carrier: 'unknown', sent: '__Host-s=1; tab=4; lang=zh' },
  ] as const)('a $carrier carries its own', ({ carrier, sent }) =>
    expect(carried('repwanglei', carrier, jar)).toBe(sent),
  )

  test('a device is named by letters and digits', () =>
    expect(deviceKey('wx', 'wmDemo_Zhang-Wei')).toBe('wxwmdemozhangwei'))
})

describe('the page on its way', () => {
  test.each([
    ['<!doctype html><html><head><title>x</title>', '<head><script src="/__phone/bridge.js"></script><title>'],
    ['<html lang="zh"><body>', '<html lang="zh"><script src="/__phone/bridge.js"></script><body>'],
    ['<header>no head</header>', '<script src="/__phone/bridge.js"></script><header>'],
  ])('%s gets the bridge first', (given, has) => expect(injectBridge(given, null)).toContain(has))

  test.each([
    ["default-src 'self'; frame-ancestors 'none'", "default-src 'self'; script-src 'self'"],
    ["default-src 'none'", "default-src 'none'; script-src 'self'"],
    ["script-src 'sha256-x'; frame-ancestors 'self'", "script-src 'sha256-x' 'self'"],
    ["script-src 'nonce-abc' 'strict-dynamic'", "script-src 'nonce-abc' 'strict-dynamic'"],
    ["frame-ancestors 'none'", undefined],
  ])('the policy %s becomes %s', (given, becomes) => {
    const { headers } = framedHeaders({ 'content-security-policy': given, 'x-frame-options': 'DENY' })
    expect(headers['content-security-policy']).toBe(becomes)
    expect(headers).not.toHaveProperty('x-frame-options')
  })
})

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Both phone networks before a product that tells what it got. */
async function start() {
  const seen: { url: string; headers: Record<string, unknown> }[] = []
  let publicUrl = ''
  const product = await serve((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    if (request.url === '/page')
      return response
        .writeHead(200, {
          'content-type': 'text/html',
          'content-encoding': 'gzip',
          'x-frame-options': 'DENY',
          'set-cookie': '__Host-s=1; Path=/; Secure',
        })
        .end(gzipSync('<html><head></head><body>页</body></html>'))
    if (request.url === '/away') return response.writeHead(302, { location: `${publicUrl}/l/1` }).end()
    if (request.url === '/oauth')
      return response
        .writeHead(302, { location: `${simulator.config.simulatorUrl}/connect/oauth2/authorize?a=1#wechat_redirect` })
        .end()
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{"done":true}')
  })
  const [port = '', rep = '', hcp = ''] = await freePorts(3)
  const simulator = buildSimulator({
    SIMULATOR_PORT: port,
    REP_PORT: rep,
    HCP_PORT: hcp,
    SERVER_URL: `http://127.0.0.1:${product.port}`,
  })
  publicUrl = simulator.config.publicUrl
  const { close } = await listen(simulator)
  closing.push(close, product.close)
  const frame = { 'sec-fetch-dest': 'iframe' }
  return { simulator, seen, frame, repUrl: `http://localhost:${rep}`, hcpUrl: `http://localhost:${hcp}` }
}

/** fetch does not let a test say where a request comes from; node:http does. */
async function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const { request } = await import('node:http')
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      let body = ''
      answer.on('error', reject)
      answer.on('data', (chunk) => (body += String(chunk)))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('a phone network', () => {
  test('puts the bridge into framed pages, compressed or not, and keeps cookies per person', async () => {
    const { repUrl, frame, seen } = await start()
    const page = await get(`${repUrl}/page`, { ...frame, cookie: '__Host-repwanglei.s=1; __Host-replina.s=2' })
    expect(page.body).toBe('<html><head><script src="/__phone/bridge.js"></script></head><body>页</body></html>')
    expect(page.headers['x-frame-options']).toBeUndefined()
    expect(page.headers['set-cookie']).toEqual(['__Host-repwanglei.s=1; Path=/; Secure'])
    expect(seen[0]?.headers['cookie']).toBe('__Host-s=1')
    expect(seen[0]?.headers['user-agent']).toContain('wxwork/')
  })

  test('leaves a tab of a browser alone', async () => {
    const { repUrl, seen } = await start()
    const page = await get(`${repUrl}/page`, {
      'sec-fetch-dest': 'document',
      'user-agent': 'Chrome',
      cookie: '__Host-s=7; __Host-repwanglei.s=1',
    })
    expect(page.headers['content-encoding']).toBe('gzip')
    expect(page.headers['set-cookie']).toEqual(['__Host-s=1; Path=/; Secure'])
    expect(seen[0]?.headers).toMatchObject({ cookie: '__Host-s=7', 'user-agent': 'Chrome' })
  })

  test('leaves a page alone that tells no referer and was only ever opened in tabs', async () => {
    const { repUrl, frame, seen } = await start()
    await get(`${repUrl}/api/console/sign-in`, { 'sec-fetch-dest': 'document' })
    const cookie = '__Host-s=7; __Host-repwanglei.s=1'
    await get(`${repUrl}/api/console/signings`, { 'sec-fetch-dest': 'empty', cookie }, 'POST')
    expect(seen.at(-1)?.headers['cookie']).toBe('__Host-s=7')
    await get(`${repUrl}/api/console/sign-in`, frame)
    await get(`${repUrl}/api/console/signings`, { 'sec-fetch-dest': 'empty', cookie }, 'POST')
    expect(seen.at(-1)?.headers['cookie']).toBe('__Host-s=1')
  })

  test('leaves a frame alone that a page in a tab shows of its own site', async () => {
    const { repUrl, frame, seen } = await start()
    const cookie = '__Host-s=7; __Host-repwanglei.s=1'
    const own = { ...frame, 'sec-fetch-site': 'same-origin', cookie }
    await get(`${repUrl}/console/home`, { 'sec-fetch-dest': 'document', cookie })
    await get(`${repUrl}/api/console/page`, own)
    expect(seen.at(-1)?.headers['cookie']).toBe('__Host-s=7')
    await get(`${repUrl}/sidebar/`, frame)
    await get(`${repUrl}/sidebar/next`, own)
    expect(seen.at(-1)?.headers['cookie']).toBe('__Host-s=1')
  })

  test("the doctor's one shows the server its own address and keeps redirects on the phone", async () => {
    const { hcpUrl, frame, seen, simulator } = await start()
    const away = await get(`${hcpUrl}/away`, { ...frame, origin: hcpUrl })
    expect(away.headers['location']).toBe(`${hcpUrl}/l/1`)
    expect(seen[0]?.headers).toMatchObject({
      host: new URL(simulator.config.publicUrl).host,
      origin: simulator.config.publicUrl,
    })
  })

  test('tells OAuth on whose phone it is', async () => {
    const { hcpUrl, repUrl, frame } = await start()
    expect((await get(`${hcpUrl}/oauth`, frame)).headers['location']).toMatch(/\?a=1&phone=wechat#wechat_redirect$/)
    expect((await get(`${repUrl}/oauth`, frame)).headers['location']).toMatch(/\?a=1&phone=wecom#wechat_redirect$/)
    const tab = await get(`${repUrl}/oauth`, { 'sec-fetch-dest': 'document', 'user-agent': 'Chrome' })
    expect(tab.headers['location']).toMatch(/\?a=1#wechat_redirect$/)
  })

  test('offline reaches nobody', async () => {
    const { repUrl, seen, simulator } = await start()
    simulator.store.session.repNetwork = 'offline'
    await expect(get(`${repUrl}/api`)).rejects.toThrow(/aborted|socket hang up|ECONNRESET|content length/i)
    expect(seen).toHaveLength(0)
  })

  test('an error strikes once, before the server', async () => {
    const { repUrl, seen, simulator } = await start()
    simulator.store.session.repNetwork = 'error-once'
    expect((await get(`${repUrl}/api`, {}, 'POST')).status).toBe(500)
    expect(seen).toHaveLength(0)
    expect((await get(`${repUrl}/api`, {}, 'POST')).status).toBe(200)
  })

  test('a dropped answer was an answer: the server did its work', async () => {
    const { repUrl, seen, simulator } = await start()
    simulator.store.session.repNetwork = 'drop-once'
    await expect(get(`${repUrl}/api`, {}, 'POST')).rejects.toThrow(/aborted/)
    expect(seen).toHaveLength(1)
    expect((await get(`${repUrl}/api`, {}, 'POST')).status).toBe(200)
  })

  test('a slow line takes its time', async () => {
    const { repUrl, simulator } = await start()
    simulator.store.session.repNetwork = 'slow'
    const startedAt = Date.now()
    await get(`${repUrl}/api`)
    expect(Date.now() - startedAt).toBeGreaterThan(600)
  })
})

test('a one-off fault may wait for the address it is meant for', async () => {
  const { repUrl, simulator } = await start()
  simulator.store.session.repNetwork = 'error-once'
  simulator.store.switches.strikePath = '/sends'
  expect((await get(`${repUrl}/api/other`, {}, 'POST')).status).toBe(200)
  expect((await get(`${repUrl}/api/sends`, {}, 'POST')).status).toBe(500)
})
