import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import { newId } from '../new-id.ts'
import { createSecrets, provingUses, type Secrets } from '../secrets.ts'
import { loadKeptKeys } from '../setup/kept-keys.ts'
import { rotateKeys } from './rotate-keys.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const newKey = () => randomBytes(36).toString('base64')
const sendId = newId()
const expiresAt = new Date('2099-01-01')
let old: string
let given: { link: string; ticket: string; cookie: string }
beforeEach(async () => {
  await server.owner.deleteFrom('keptKey').execute()
  await server.owner.deleteFrom('wecomCredential').execute()
  old = newKey()
  const secrets = createSecrets(old)
  given = {
    link: secrets.linkTokenOf(sendId),
    ticket: secrets.ticketOf(sendId),
    cookie: secrets.signCookie('reader x'),
  }
  await server.db
    .insertInto('wecomCredential')
    .values({
      ...{ name: 'access_token', sealedValue: secrets.seal('the token'), problem: null },
      ...{ expiresAt, refreshingBy: null, refreshingUntil: new Date(0), blockedUntil: new Date(0) },
    })
    .execute()
})

const rotate = (key: string, from: string, leaked = false) =>
  rotateKeys({ ...server.deps, newId }, { key, old: from, leaked })
/** What an instance that knows this key alone makes of what was given out before. */
async function startWith(key: string): Promise<Secrets> {
  const secrets = createSecrets(key)
  await loadKeptKeys({ db: server.db, secrets })
  return secrets
}
const counts = (secrets: Secrets) => ({
  link: secrets.sendOfLinkToken(given.link) === sendId,
  ticket: secrets.isTicketOf(sendId, given.ticket),
  cookie: secrets.openCookie(given.cookie) === 'reader x',
})
const token = async (secrets: Secrets) => {
  const { sealedValue } = await server.db.selectFrom('wecomCredential').select('sealedValue').executeTakeFirstOrThrow()
  return secrets.unseal(sealedValue)
}
const none = { link: false, ticket: false, cookie: false }
const all = { link: true, ticket: true, cookie: true }

describe('[O10] keys are changed', () => {
  it('and nothing needs the old one any more, though what it made still counts', async () => {
    const key = newKey()
    expect(counts(await startWith(key))).toEqual(none)
    expect(await rotate(key, old)).toEqual({ sealedAnew: 1, unreadable: 0, kept: [...provingUses] })
    const secrets = await startWith(key)
    expect(counts(secrets)).toEqual(all)
    expect(await token(secrets)).toBe('the token')
    expect(() => createSecrets(old).unseal(secrets.seal('x'))).toThrow()
  })

  it('and changed again: what the first made still counts', async () => {
    const [second, third] = [newKey(), newKey()]
    await rotate(second, old)
    await rotate(third, second)
    expect(counts(await startWith(third))).toEqual(all)
    expect(await server.db.selectFrom('keptKey').select('id').execute()).toHaveLength(6)
  })

  it('ten at once, as if it had been once; who would wait too long is told so', async () => {
    const key = newKey()
    const ended = await Promise.allSettled(Array.from({ length: 10 }, () => rotate(key, old)))
    const faults = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    for (const fault of faults) expect(fault).toMatchObject({ code: 'busy' })
    expect(faults.length).toBeLessThan(10)
    const secrets = await startWith(key)
    expect(counts(secrets)).toEqual(all)
    expect(await token(secrets)).toBe('the token')
    expect(await server.db.selectFrom('keptKey').select('id').execute()).toHaveLength(3)
  })

  it('because the old one leaked: of it only links count, also of the one before', async () => {
    const [second, third] = [newKey(), newKey()]
    await rotate(second, old)
    await rotate(third, second, true)
    expect(counts(await startWith(third))).toEqual({ ...none, link: true })
  })

  it('while instances know either key first: each opens what the other makes', () => {
    const key = newKey()
    const [before, after] = [createSecrets(old, [key]), createSecrets(key, [old])]
    for (const [maker, reader] of [
      [before, after],
      [after, before],
    ] as const) {
      expect(reader.sendOfLinkToken(maker.linkTokenOf(sendId))).toBe(sendId)
      expect(reader.isTicketOf(sendId, maker.ticketOf(sendId))).toBe(true)
      expect(reader.openCookie(maker.signCookie('x'))).toBe('x')
      expect(reader.unseal(maker.seal('x'))).toBe('x')
    }
    expect(createSecrets(newKey()).sendOfLinkToken(after.linkTokenOf(sendId))).toBeUndefined()
  })

  it('and the record says so, without a key', async () => {
    const key = newKey()
    await rotate(key, old)
    const entry = await server.db
      .selectFrom('auditEntry')
      .select(['actorKind', 'detail'])
      .where('event', '=', 'keys.rotated')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(entry.actorKind).toBe('system')
    expect(JSON.stringify(entry.detail)).toContain('sealedAnew')
    for (const word of [key, old]) expect(JSON.stringify(entry)).not.toContain(word)
  })

  it('and what nobody can open any more is told and left as it is', async () => {
    await server.db
      .updateTable('wecomCredential')
      .set({ sealedValue: createSecrets(newKey()).seal('x') })
      .execute()
    expect(await rotate(newKey(), old)).toMatchObject({ sealedAnew: 0, unreadable: 1 })
  })
})
