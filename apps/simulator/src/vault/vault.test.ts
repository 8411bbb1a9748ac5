import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listenVault } from './server.ts'
import { vaultPieces } from '../../cast/vault.ts'
import { createVaultSite, type VaultSite } from './site.ts'
import { stockVault } from './stock.ts'

type Body = Record<string, unknown> & { data?: Record<string, unknown>[]; errors?: { type: string }[] }

let site: VaultSite
let clock: { ms: number }
let vault: Awaited<ReturnType<typeof listenVault>>
let session: string

beforeEach(async () => {
  clock = { ms: Date.parse('2026-03-02T04:00:00Z') }
  site = createVaultSite(() => clock.ms)
  vault = await listenVault(site, 0)
  session = String((await signIn())['sessionId'])
})
afterEach(() => vault.close())

const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })

async function ask(path: string, init: RequestInit = {}, authorization = session): Promise<Body> {
  const answer = await fetch(`${vault.url}/api/v25.2${path}`, { ...init, headers: { authorization } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Body
}
const signIn = (password = 'demo') => ask('/auth', form({ username: site.user, password }), '')
const query = (q: string) => ask('/query', form({ q }))

async function control(name: string, body: unknown = {}): Promise<Body> {
  const answer = await fetch(`${vault.url}/sim/vault/${name}`, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Body
}
const publish = async (given: unknown = {}) => Number((await control('publish', given))['id'])
const numbers = (answer: Body) =>
  answer.data?.map((row) => `${String(row['major_version_number__v'])}.${String(row['minor_version_number__v'])}`)
const columns = 'id, major_version_number__v, minor_version_number__v'

describe('signing in', () => {
  test('a user of another vault is told SUCCESS and given a session of that one', async () => {
    expect(await signIn()).toMatchObject({ responseStatus: 'SUCCESS', vaultId: 5102 })
    await control('switches', { otherVault: true })
    const answer = await signIn()
    expect(answer).toMatchObject({ responseStatus: 'SUCCESS', vaultId: 5103 })
    expect(answer['vaultIds']).toHaveLength(1)
  })

  test('a wrong password is a FAILURE with HTTP 200', async () => {
    expect(await signIn('wrong')).toMatchObject({
      responseStatus: 'FAILURE',
      errors: [{ type: 'USERNAME_OR_PASSWORD_INCORRECT' }],
      errorType: 'AUTHENTICATION_FAILED',
    })
  })

  test('a session ends after the idle time, and any call puts that off', async () => {
    clock.ms += 15 * 60_000
    expect(await ask('/keep-alive', { method: 'POST' })).toMatchObject({ responseStatus: 'SUCCESS' })
    clock.ms += 15 * 60_000
    expect(await ask('/objects/users/me', {}, `Bearer ${session}`)).toMatchObject({ responseStatus: 'SUCCESS' })
    clock.ms += 21 * 60_000
    expect(await ask('/objects/users/me')).toMatchObject({ errors: [{ type: 'INVALID_SESSION_ID' }] })
  })

  test('too many sign-ins of a minute are refused', async () => {
    await control('switches', { loginLimit: 3, burstDelayMs: 0 })
    await signIn()
    await signIn()
    expect(await signIn()).toMatchObject({ errors: [{ type: 'API_LIMIT_EXCEEDED' }] })
  })
})

describe('queries', () => {
  test('documents are the newest version only; a draft on top hides the approved one', async () => {
    const id = await publish()
    await control('draft', { id })
    expect(numbers(await query(`SELECT ${columns} FROM documents`))).toEqual(['1.1'])
    expect((await query(`SELECT ${columns} FROM documents WHERE status__v = STEADYSTATE()`)).data).toEqual([])
    const steady = `SELECT ${columns} FROM ALLVERSIONS documents WHERE status__v = STEADYSTATE()`
    expect(numbers(await query(steady))).toEqual(['1.0'])
  })

  test('the trap: LATESTVERSION gives 1.0 when 2.0 was withdrawn and 1.0 never left its state', async () => {
    const id = await publish()
    await publish({ id, supersedes: false })
    await control('state', { id, major: 2, to: 'Withdrawn' })
    const trap = `SELECT LATESTVERSION ${columns} FROM ALLVERSIONS documents WHERE status__v = STEADYSTATE()`
    expect(numbers(await query(trap))).toEqual(['1.0'])
  })

  test('states come as labels, and as names when asked for', async () => {
    await publish()
    const { data } = await query(`SELECT status__v, TONAME(status__v) AS state__v FROM documents`)
    expect(data).toEqual([{ status__v: 'Approved for Distribution', state__v: 'approved_for_distribution__c' }])
  })

  test('pages get smaller, are linked by path, and are read by POST and GET', async () => {
    await control('storm', { count: 7 })
    await control('switches', { pageSize: 3, pageShrinks: 1 })
    const first = await query(`SELECT id FROM ALLVERSIONS documents WHERE id > 0 ORDER BY id ASC PAGESIZE 500`)
    const details = first['responseDetails'] as Record<string, unknown>
    expect(details).toMatchObject({ pagesize: 3, size: 3, total: 7 })
    const link = String(details['next_page']).replace('/api/v25.2', '')
    expect(link).toMatch(/^\/query\/[\w-]+\?/)
    expect(await ask(link, { method: 'POST' })).toMatchObject({ responseDetails: { pagesize: 2, size: 2 } })
    expect((await ask(link)).data?.[0]).toEqual(first.data?.length === 3 ? { id: 4104 } : {})
    await control('end-links')
    expect(await ask(link)).toMatchObject({ errors: [{ type: 'MALFORMED_URL' }] })
  })

  test.each([
    { says: 'a number of ids', where: 'id CONTAINS (4101, 4103)', found: 2 },
    { says: 'a moment', where: "version_modified_date__v >= '2026-03-02T04:00:00.000Z'", found: 3 },
    { says: 'a day for a moment', where: "version_modified_date__v < '2026-03-02'", found: 0 },
    { says: 'case-sensitive values', where: "channel__c CONTAINS ('wecom')", found: 0 },
    { says: 'a value among several', where: "channel__c = 'WeCom' AND binder__v = false", found: 3 },
  ])('$says', async ({ where, found }) => {
    await control('storm', { count: 3 })
    expect((await query(`select id from documents where ${where}`)).data).toHaveLength(found)
  })

  test.each([
    { q: 'SELECT id FORM documents', type: 'INCORRECT_QUERY_SYNTAX_ERROR' },
    { q: 'SELECT id FROM documents WHERE id = 1 OR id = 2', type: 'INCORRECT_QUERY_SYNTAX_ERROR' },
    { q: 'SELECT id FROM users', type: 'INCORRECT_QUERY_SYNTAX_ERROR' },
    { q: 'SELECT nothing__v FROM documents', type: 'ATTRIBUTE_NOT_SUPPORTED' },
  ])('$q is refused', async ({ q, type }) => {
    expect(await query(q)).toMatchObject({ responseStatus: 'FAILURE', errors: [{ type }] })
  })
})

describe('files and history', () => {
  const file = (id: number) =>
    `${vault.url}/api/v25.2/objects/documents/${id}/versions/1/0/renditions/viewable_rendition__v`

  test('a rendition is bytes without a length, or the envelope with HTTP 200', async () => {
    const id = await publish()
    const bytes = await fetch(file(id), { headers: { authorization: session } })
    expect(bytes.headers.get('content-type')).toContain('octet-stream')
    expect(bytes.headers.get('content-length')).toBeNull()
    expect(
      Buffer.from(await bytes.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await control('rendition', { id, major: 1, ready: false })
    const envelope = await fetch(file(id), { headers: { authorization: session } })
    expect(envelope.status).toBe(200)
    expect(await envelope.json()).toMatchObject({ responseStatus: 'FAILURE' })
  })

  test('a swap changes the bytes and nothing else', async () => {
    const id = await publish()
    const read = async () =>
      Buffer.from(await (await fetch(file(id), { headers: { authorization: session } })).arrayBuffer())
    const [before, row] = [await read(), await query('SELECT version_modified_date__v, md5checksum__v FROM documents')]
    clock.ms += 60_000
    await control('swap', { id, major: 1 })
    expect(await read()).not.toEqual(before)
    expect((await query('SELECT version_modified_date__v, md5checksum__v FROM documents')).data).toEqual(row.data)
  })

  test('signatures stand in the audit trail with the number the draft had', async () => {
    const id = await publish()
    const { data } = await ask(`/objects/documents/${id}/audittrail`)
    expect(data?.filter((row) => row['signature_meaning']).map((row) => [row['version'], row['full_name']])).toEqual([
      ['0.1', '吴勇'],
      ['0.1', '周静'],
    ])
  })

  test('a renumbered draft, a lost version and a lost document stand among the deletions', async () => {
    const id = await publish()
    await control('remove', { id, major: 1, minor: 0 })
    await control('remove', { id })
    const { data } = await ask('/objects/deletions/documents')
    expect(data?.map((row) => row['deletion_type'])).toEqual([
      'version_change__sys',
      'document_version__sys',
      'document__sys',
    ])
  })

  test('what the user may not see is not there', async () => {
    const id = await publish()
    await control('see', { id, visible: false })
    expect((await query('SELECT id FROM documents')).data).toEqual([])
    expect(await ask(`/objects/documents/${id}`)).toMatchObject({ errors: [{ type: 'INSUFFICIENT_ACCESS' }] })
  })

  test('a person withdraws by an action; the daily job looks at the newest version only', async () => {
    const day = { fields: { expiration_date__c: '2026-03-01' } }
    const [plain, drafted, withdrawn] = [await publish(day), await publish(day), await publish()]
    await control('draft', { id: drafted })
    const actions = `/objects/documents/${withdrawn}/versions/1/0/lifecycle_actions`
    expect(await ask(`${actions}/withdraw__c`, { method: 'PUT' })).toMatchObject({ id: withdrawn })
    expect(await ask(`${actions}/withdraw__c`, { method: 'PUT' })).toMatchObject({ responseStatus: 'FAILURE' })
    expect(await control('expiry-job')).toEqual({ expired: 1 })
    const { data } = await query('SELECT id, status__v FROM ALLVERSIONS documents WHERE minor_version_number__v = 0')
    expect(data).toContainEqual({ id: plain, status__v: 'Expired' })
    expect(data).toContainEqual({ id: drafted, status__v: 'Approved for Distribution' })
    expect(data).toContainEqual({ id: withdrawn, status__v: 'Withdrawn' })
  })
})

describe('limits and faults', () => {
  test('beyond the burst limit an answer is late, not refused, and says so', async () => {
    await control('switches', { burstLimit: 2, burstDelayMs: 40 })
    await ask('/objects/users/me')
    const begun = performance.now()
    const answer = await fetch(`${vault.url}/api/v25.2/objects/users/me`, { headers: { authorization: session } })
    expect(performance.now() - begun).toBeGreaterThanOrEqual(35)
    expect(answer.headers.get('x-vaultapi-burstlimitremaining')).toBe('0')
    expect(answer.headers.get('x-vaultapi-responsedelay')).toBe('40')
    expect(await answer.json()).toMatchObject({ responseStatus: 'SUCCESS' })
  })

  test.each([
    { kind: 'limit', type: 'API_LIMIT_EXCEEDED' },
    { kind: 'session', type: 'INVALID_SESSION_ID' },
    { kind: 'exception', type: 'UNEXPECTED_ERROR' },
    { kind: 'locked', type: 'USER_LOCKED_OUT' },
  ])('$kind meets the calls it is set for: $type', async ({ kind, type }) => {
    await control('faults', { on: 'query', kind, skip: 1 })
    expect(await query('SELECT id FROM documents')).toMatchObject({ responseStatus: 'SUCCESS' })
    expect(await query('SELECT id FROM documents')).toMatchObject({ errors: [{ type }] })
  })

  test('a proxy says 429, a connection breaks in the middle', async () => {
    const id = await publish()
    await control('faults', { on: 'other', kind: '429' })
    const later = await fetch(`${vault.url}/api/v25.2/objects/users/me`, { headers: { authorization: session } })
    expect([later.status, later.headers.get('retry-after')]).toEqual([429, '1'])
    await control('faults', { on: 'file', kind: 'cut' })
    const path = `${vault.url}/api/v25.2/objects/documents/${id}/versions/1/0/file`
    const cut = fetch(path, { headers: { authorization: session } }).then((answer) => answer.arrayBuffer())
    await expect(cut).rejects.toThrow()
  })

  test.each(['warning_type', 'type'])('a warning is spelt %s', async (spelling) => {
    await control('switches', { warningSpelling: spelling })
    await control('faults', { on: 'query', kind: 'warning' })
    const answer = await query('SELECT id FROM documents')
    expect(answer).toMatchObject({ responseStatus: 'WARNING', data: [], warnings: [{ [spelling]: 'PARTIAL_RESULT' }] })
  })
})

test('a stocked vault has the same documents each time, approved and signed', async () => {
  const stocked = () => {
    const fresh = createVaultSite(() => clock.ms)
    stockVault(fresh, vaultPieces(clock.ms))
    return [...fresh.documents.values()].map(({ id, versions }) => [
      id,
      versions.map(({ major, minor, fields }) => [major, minor, fields['status__v'], fields['md5checksum__v']]),
    ])
  }
  const first = stocked()
  clock.ms += 86_400_000
  expect(stocked()).toEqual(first)
  expect(first).toHaveLength(3)
})
