import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startSimulatedVault, vaultAccount, type SimulatedVault } from '../../test/vault/simulated-vault.ts'
import type { Deps } from '../deps.ts'
import { createVault } from './create-vault.ts'
import type { VaultSession } from './session.ts'
import { documentsAfter, versionsOf } from './vql.ts'

let simulated: SimulatedVault
let folder: string
let pauses: number[]
let logged: string[]

beforeAll(async () => {
  simulated = await startSimulatedVault()
  folder = mkdtempSync(join(tmpdir(), 'vouch-vault-'))
})
beforeEach(async () => {
  await simulated.say('reset')
  ;[pauses, logged] = [[], []]
})
afterAll(() => {
  simulated.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A connector of its own, as another instance would have it; `row` is what instances share. */
function connect(change: Record<string, string> = {}, row: { session?: VaultSession } = {}, now = () => new Date()) {
  const config = { VAULT_URL: simulated.url, VAULT_API_VERSION: 'v25.2', ...vaultAccount, ...change }
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) })
  const vault = createVault({ config, log, now } as unknown as Deps, {
    pause: async (ms) => void pauses.push(ms),
    row: { load: async () => row.session, store: async (session) => void (row.session = session) },
  })
  if (!vault) throw new Error('not configured')
  return vault
}
const ids = async (vault = connect()) => (await vault.query(documentsAfter(0, 200))).map(({ id }) => id)
const file = (id: number) => ({ id, major: 1, minor: 0, rendition: 'viewable_rendition__v', protectedCopy: true })

describe('signing in', () => {
  test('is done once for many calls and by one caller at a time', async () => {
    const vault = connect()
    await Promise.all(Array.from({ length: 10 }, () => ids(vault)))
    expect(await simulated.calls()).toMatchObject({ auth: 1, query: 10 })
    expect(await vault.vaultId()).toBe(5102)
  })

  test('another instance takes the session over', async () => {
    const row = {}
    await ids(connect({}, row))
    await ids(connect({}, row))
    expect(await simulated.calls()).toMatchObject({ auth: 1 })
  })

  test('a session of another vault is refused although Vault says SUCCESS', async () => {
    await simulated.say('switches', { otherVault: true })
    await expect(ids()).rejects.toMatchObject({ problem: 'other_vault' })
  })

  test.each([
    { says: 'a wrong password', change: { VAULT_PASSWORD: 'wrong' }, type: 'USERNAME_OR_PASSWORD_INCORRECT' },
    { says: 'a locked user', change: {}, type: 'USER_LOCKED_OUT' },
  ])('$says stops, and is not tried again', async ({ change, type }) => {
    if (type === 'USER_LOCKED_OUT') await simulated.say('faults', { on: 'auth', kind: 'locked' })
    await expect(ids(connect(change))).rejects.toMatchObject({ problem: 'sign_in_stopped', type })
    expect(await simulated.calls()).toMatchObject({ auth: 1 })
  })

  test('a session that ends in the middle of a query is renewed, and no row is missing', async () => {
    await simulated.say('storm', { count: 9 })
    await simulated.say('switches', { pageSize: 2 })
    await simulated.say('faults', { on: 'page', kind: 'session', skip: 1 })
    expect(await ids()).toHaveLength(9)
    expect(await simulated.calls()).toMatchObject({ auth: 2, page: 5 })
  })

  test('a session that Vault refuses again and again is renewed once', async () => {
    await simulated.say('faults', { on: 'query', kind: 'session', times: 5 })
    await expect(ids()).rejects.toMatchObject({ problem: 'refused', type: 'INVALID_SESSION_ID' })
    expect(await simulated.calls()).toMatchObject({ auth: 2, query: 2 })
  })
})

describe('queries', () => {
  test('follow every page however small it gets', async () => {
    await simulated.say('storm', { count: 12 })
    await simulated.say('switches', { pageSize: 5, pageShrinks: 1 })
    expect(new Set(await ids()).size).toBe(12)
  })

  test('start once more when the links of their pages end', async () => {
    await simulated.say('storm', { count: 5 })
    await simulated.say('switches', { pageSize: 2 })
    await simulated.say('faults', { on: 'page', kind: 'links', skip: 1 })
    expect(await ids()).toHaveLength(5)
    expect(await simulated.calls()).toMatchObject({ query: 2 })
  })

  test('that Vault cannot answer three times over end', async () => {
    await simulated.say('faults', { on: 'query', kind: 'exception', times: 3 })
    await expect(ids()).rejects.toMatchObject({ problem: 'refused', type: 'UNEXPECTED_ERROR' })
  })

  test('a warning is an answer, however it is spelt', async () => {
    await simulated.publish()
    for (const warningSpelling of ['warning_type', 'type']) {
      await simulated.say('switches', { warningSpelling })
      await simulated.say('faults', { on: 'query', kind: 'warning' })
      expect(await ids()).toHaveLength(1)
    }
  })

  test('hold field names and numbers only', () => {
    expect(() => versionsOf([1], ["name__v FROM users --'"])).toThrow('not a field name')
    expect(() => versionsOf([1.5], ['id'])).toThrow('not a whole number')
    expect(versionsOf([4101, 4102], ['id', 'status__v'])).toContain('id CONTAINS (4101, 4102)')
  })

  test('a page link to another host is not followed', async () => {
    const liar = await startLiar((host) => ({
      '/auth': { sessionId: 's', vaultId: 1, vaultIds: [{ id: 1, url: `${host}/api` }] },
      '/query': { responseDetails: { next_page: 'https://elsewhere.example/api/v25.2/query/x' }, data: [{ id: 1 }] },
    }))
    await expect(ids(connect({ VAULT_URL: liar.url }))).rejects.toMatchObject({ type: 'FOREIGN_HOST' })
    liar.stop()
  })
})

describe('limits', () => {
  test('calls are spread when little of the burst is left', async () => {
    await simulated.say('switches', { burstLimit: 20, burstDelayMs: 0 })
    const vault = connect()
    for (let call = 0; call < 10; call += 1) await ids(vault)
    expect(pauses).toEqual([])
    for (let call = 0; call < 12; call += 1) await ids(vault)
    expect(pauses.length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...pauses)).toBe(5_000)
  })

  test('a vault that says "too many" is left alone until then', async () => {
    const at = { ms: Date.parse('2026-03-02T04:00:00Z') }
    const vault = connect({}, {}, () => new Date(at.ms))
    await ids(vault)
    await simulated.say('faults', { on: 'query', kind: 'limit' })
    await expect(ids(vault)).rejects.toMatchObject({ problem: 'rate_limited', retryAfterMs: 60_000 })
    await expect(ids(vault)).rejects.toMatchObject({ problem: 'rate_limited' })
    expect(await simulated.calls()).toMatchObject({ query: 2 })
    at.ms += 60_000
    expect(await ids(vault)).toEqual([])
  })

  test('a short 429 is waited for, a long one ends the work', async () => {
    await simulated.publish()
    await simulated.say('faults', { on: 'query', kind: '429', times: 2 })
    expect(await ids()).toHaveLength(1)
    await simulated.say('switches', { retryAfterSeconds: 120 })
    await simulated.say('faults', { on: 'query', kind: '429' })
    await expect(ids()).rejects.toMatchObject({ problem: 'rate_limited', retryAfterMs: 120_000 })
  })

  test.each(['race', 'exception', '503', 'html', 'cut'])('one %s passes', async (kind) => {
    await simulated.publish()
    await simulated.say('faults', { on: 'query', kind })
    expect(await ids()).toHaveLength(1)
  })

  test('a vault under configuration is left alone for minutes', async () => {
    await simulated.say('faults', { on: 'query', kind: 'configuration' })
    await expect(ids()).rejects.toMatchObject({ problem: 'configuring', retryAfterMs: 300_000 })
  })

  test('no answer at all is unreachable, and nothing of our sign-in is told', async () => {
    await expect(ids(connect({ VAULT_URL: 'http://127.0.0.1:9' }))).rejects.toMatchObject({ problem: 'unreachable' })
    expect(logged.join()).not.toContain(vaultAccount.VAULT_PASSWORD)
  })
})

describe('files and history', () => {
  test('a rendition is stored to the byte, also after a broken connection', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(500_000, 7)])
    const id = await simulated.publish({ base64: bytes.toString('base64') })
    await simulated.say('faults', { on: 'file', kind: 'cut' })
    const path = join(folder, 'rendition')
    expect(await connect().download(file(id), path)).toMatchObject({ bytes: bytes.length })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  test('the envelope where bytes were asked for is never stored', async () => {
    const id = await simulated.publish()
    await simulated.say('faults', { on: 'file', kind: 'json' })
    expect(await connect().download(file(id), join(folder, 'envelope'))).toBeNull()
    await simulated.say('rendition', { id, major: 1, ready: false })
    expect(await connect().download(file(id), join(folder, 'late'))).toBeNull()
  })

  test('nor is it when it calls itself a file', async () => {
    const liar = await startLiar((host) => ({
      '/auth': { sessionId: 's', vaultId: 1, vaultIds: [{ id: 1, url: `${host}/api` }] },
      file: { responseStatus: 'FAILURE', errors: [{ type: 'OPERATION_NOT_ALLOWED' }] },
    }))
    expect(await connect({ VAULT_URL: liar.url }).download(file(1), join(folder, 'lie'))).toBeNull()
    liar.stop()
  })

  test('signatures, deletions and field names are read', async () => {
    const id = await simulated.publish()
    const vault = connect()
    const signed = (await vault.auditTrail(id)).filter(({ signatureMeaning }) => signatureMeaning)
    expect(signed.map(({ fullName, version }) => `${fullName} ${version}`)).toEqual(['吴勇 0.1', '周静 0.1'])
    await simulated.say('remove', { id })
    const now = Date.now()
    expect(await vault.deletions(new Date(now - 60_000), new Date(now + 60_000))).toEqual([
      { id, version: { major: 0, minor: 1 }, renumbered: true },
      { id, version: null, renumbered: false },
    ])
    expect(await vault.properties()).toContain('channel__c')
  })
})

/** A server that answers each path with what it is told, files as octet-stream. */
async function startLiar(answers: (host: string) => Record<string, unknown>) {
  const server = createServer((request, response) => {
    const host = `http://${request.headers.host}`
    const path = (request.url ?? '').replace('/api/v25.2', '').split('?')[0] ?? ''
    const known = answers(host)
    const isFile = path.includes('/renditions/')
    response.writeHead(200, { 'content-type': isFile ? 'application/octet-stream' : 'application/json' })
    response.end(JSON.stringify({ responseStatus: 'SUCCESS', ...(known[isFile ? 'file' : path] as object) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, stop: () => (server.closeAllConnections(), server.close()) }
}
