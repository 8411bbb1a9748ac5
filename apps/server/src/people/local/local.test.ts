import { auditEndpoints, consoleEndpoints, localEndpoints, peopleEndpoints, proofEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../../test/builders.ts'
import { buildLocal as buildOne, codeOf as codeAt, cookieOf, localPassword } from '../../../test/local-login.ts'
import { buildColleague } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { transact } from '../../db/database.ts'
import { announceLocalActs } from './announce-local-acts.ts'
import { inviteLocal } from './invite-local.ts'
import { spendCode } from './local-queries.ts'

let server: TestServer
let passed = 0
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
/** A day of its own for each test, so that no budget is left from the one before. */
beforeEach(() => {
  passed += 1
  server.clock.at = new Date(morning.getTime() + passed * 86_400_000)
})

const password = localPassword
const wait = (seconds: number) => (server.clock.at = new Date(server.clock.at.getTime() + seconds * 1_000))
const codeOf = (secret: string) => codeAt(server, secret)
const buildLocal = (name: string) => buildOne(server, name)

const open = async (of?: string) => (await inviteLocal(server.deps, { role: 'system_admin', of }))!.token
const look = (token: string) => call(server, '', localEndpoints.lookAtInvite, { token })
const setUp = (token: string, name: string, code: string, given = password) =>
  call(server, '', localEndpoints.setUpLocal, { token, name, password: given, code })
const signIn = (name: string, code: string, given = password, cookie = '') =>
  call(server, cookie, localEndpoints.signInLocal, { name, password: given, code })
const events = async (event: string) =>
  server.owner
    .selectFrom('auditEntry')
    .selectAll()
    .where('event', '=', event as never)
    .orderBy('id')
    .execute()

describe('the first administrator', () => {
  it('comes in by the link of the command line, which is kept as a hash and counts once', async () => {
    const token = await open()
    const found = await look(token)
    expect(found.body).toMatchObject({ name: '', role: 'system_admin', address: expect.stringMatching(/^otpauth:/) })
    const made = await setUp(token, '应急', codeOf(found.body.secret))
    expect(made.body).toMatchObject({ outcome: 'done', recoveryCodes: { length: 10 } })
    const me = await call(server, cookieOf(made), consoleEndpoints.whoAmI, {})
    expect(me.body).toMatchObject({ name: '应急', roles: ['system_admin'], way: 'local', wecom: true })
    expect((await look(token)).body.error).toBe('link_over')
    expect((await setUp(token, '应急二', '123456')).status).toBe(410)
    const kept = JSON.stringify([
      await server.owner.selectFrom('localInvite').selectAll().execute(),
      await server.owner.selectFrom('localLogin').selectAll().execute(),
      await server.owner.selectFrom('localRecovery').selectAll().execute(),
    ])
    for (const secret of [token, found.body.secret, password, made.body.recoveryCodes[0]])
      expect(kept).not.toContain(secret)
  })

  it('is one person however often the link is used at once', async () => {
    const token = await open()
    const { secret } = (await look(token)).body
    const answers = await Promise.all(Array.from({ length: 10 }, () => setUp(token, '只一个', codeOf(secret))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'link_over')).toHaveLength(9)
    const people = await server.owner.selectFrom('person').select('id').where('name', '=', '只一个').execute()
    expect(people).toHaveLength(1)
  })

  it('has half an hour, and the newest link is the only one', async () => {
    const [older, newer] = [await open(), await open()]
    expect([(await look(older)).status, (await look(newer)).status]).toEqual([410, 200])
    wait(30 * 60)
    expect((await look(newer)).status).toBe(410)
  })

  it('is told what is wrong with a password, a name and a code, and loses nothing by it', async () => {
    await buildLocal('有人')
    const token = await open()
    const { secret } = (await look(token)).body
    const code = codeOf(secret)
    const reasons = async (...asked: [string, string, string]) => (await setUp(token, ...asked)).body.reasons
    expect(await reasons('新人', code, 'short')).toEqual(['too_short'])
    for (const easy of ['passwordpassword', 'qwertyuiop123', 'vouchadmin2026', 'woaini1314520'])
      expect(await reasons('新人', code, easy)).toEqual(['too_easy'])
    expect(await reasons(' 有人 ', '000000', password)).toEqual(['name_taken', 'wrong_code'])
    expect((await setUp(token, '新人', code)).body.outcome).toBe('done')
  })
})

describe('a local sign-in', () => {
  it('takes the name in any case, the password and a code that is good once', async () => {
    const { name, secret, personId } = await buildLocal('Root')
    const answer = await signIn('ＲＯＯＴ', codeOf(secret))
    expect(answer.status).toBe(200)
    expect((await call(server, cookieOf(answer), consoleEndpoints.whoAmI, {})).body.way).toBe('local')
    expect((await signIn(name, codeOf(secret))).body.error).toBe('wrong_login')
    expect((await events('local.signed_in')).filter(({ subjectId }) => subjectId === personId)).toHaveLength(1)
  })

  it('hears one of ten who bring the same code at once', async () => {
    const { secret, personId, codes } = await buildLocal('ten')
    for (const code of [codeOf(secret), codes[0]!]) {
      const given = { personId, secret, code, at: server.deps.now() }
      const spend = () => transact(server.db, (trx) => spendCode(trx, given))
      const spent = await Promise.all(Array.from({ length: 10 }, spend))
      expect(spent.filter((by) => by !== null)).toHaveLength(1)
    }
  })

  it('answers the same for a name nobody has, a wrong password and a wrong code, and takes as long', async () => {
    const { name, secret } = await buildLocal('same')
    const tookOf = async (...asked: Parameters<typeof signIn>) => {
      const began = performance.now()
      const { status, body } = await signIn(...asked)
      return { told: { status, error: body.error }, ms: performance.now() - began }
    }
    const wrong = { status: 401, error: 'wrong_login' }
    const tries = [
      await tookOf('nobody at all', codeOf(secret)),
      await tookOf(name, codeOf(secret), 'another long password'),
      await tookOf(name, '000000'),
    ]
    expect(tries.map(({ told }) => told)).toEqual([wrong, wrong, wrong])
    const times = tries.map(({ ms }) => ms)
    expect(Math.max(...times) / Math.min(...times)).toBeLessThan(4) // none of them skips the slow hash
    expect(Math.min(...times)).toBeGreaterThan(30)
    const refused = await events('local.sign_in_refused')
    expect(refused.slice(-3).map(({ subjectId }) => subjectId === 'unknown')).toEqual([true, false, false])
    expect(JSON.stringify(refused)).not.toContain('nobody at all')
  })

  it('takes a recovery code once instead of the phone', async () => {
    const { name, codes } = await buildLocal('phone lost')
    expect((await signIn(name, codes[0]!.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await signIn(name, codes[0]!)).status).toBe(401)
    expect((await signIn(name, codes[1]!)).status).toBe(200)
  })

  it('is limited after five wrong tries, and a right one meanwhile is none', async () => {
    const { name, secret } = await buildLocal('limited')
    const tries = await Promise.all(Array.from({ length: 10 }, () => signIn(name, '000000')))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5)
    const refused = tries.find(({ status }) => status === 429)
    expect(refused?.body).toMatchObject({ error: 'too_many_requests', retryAfterMs: expect.any(Number) as number })
    expect((await signIn(name, codeOf(secret))).status).toBe(429)
    wait(15 * 60)
    expect((await signIn(name, codeOf(secret))).status).toBe(200)
  })

  it('cannot be kept from somebody who got in from that browser before, whatever strangers try', async () => {
    const { name, secret } = await buildLocal('known')
    const first = await signIn(name, codeOf(secret))
    const known = cookieOf(first, '__Host-vouch_console_known=')
    for (let nth = 0; nth < 6; nth += 1) await signIn(name, '000000')
    wait(30)
    expect((await signIn(name, codeOf(secret))).status).toBe(429)
    expect((await signIn(name, codeOf(secret), password, known)).status).toBe(200)
    expect((await signIn(name, codeOf(secret), password, known.replace(/.$/, 'x'))).status).toBe(429)
  })

  it('is set up anew by a link for that name; who was signed in is not any more', async () => {
    const { name, cookie, secret: lost } = await buildLocal('again')
    expect(await inviteLocal(server.deps, { role: 'system_admin', of: 'who?' })).toBeUndefined()
    const token = await open(name)
    const { body } = await look(token)
    expect(body).toMatchObject({ name })
    expect((await setUp(token, name, codeOf(body.secret), 'seven 7 quiet 云朵 harbours')).body.outcome).toBe('done')
    wait(31)
    expect((await call(server, cookie, consoleEndpoints.whoAmI, {})).status).toBe(401)
    expect((await signIn(name, codeOf(lost))).status).toBe(401)
    expect((await signIn(name, codeOf(body.secret), 'seven 7 quiet 云朵 harbours')).status).toBe(200)
    expect(await events('local.set_up_again')).toHaveLength(1)
  })

  it('takes what means something to others as plain text, and nothing but text', async () => {
    for (const odd of ["' or 1=1 -- ", '%', '_', '<script>']) {
      server.clock.at = new Date(server.clock.at.getTime() + 16 * 60_000)
      expect((await signIn(odd, odd, odd)).body.error).toBe('wrong_login')
    }
    for (const odd of [null, 0, [], {}, '', 'x'.repeat(300)])
      expect((await signIn(odd as string, '000000')).status).toBe(400)
  })

  it('is closed to somebody who is not with us any more', async () => {
    const { name, secret, personId } = await buildLocal('gone')
    await server.owner.updateTable('person').set({ status: 'left' }).where('id', '=', personId).execute()
    expect((await signIn(name, codeOf(secret))).body.error).toBe('wrong_login')
  })
})

describe('a local administrator', () => {
  const exporting = (cookie: string) => call(server, cookie, peopleEndpoints.exportAccess, { language: 'zh' } as never)

  it('proves who they are with the next code, which counts once', async () => {
    const { secret, cookie, personId } = await buildLocal('prover')
    wait(11 * 60)
    expect((await exporting(cookie)).body.error).toBe('proof_needed')
    const begin = async () => (await call(server, cookie, proofEndpoints.beginProof, {})).body
    const prove = (proofId: string, code: string) => call(server, cookie, proofEndpoints.proveByCode, { proofId, code })
    const begun = await begin()
    expect(begun.wecomUrl).toBeNull()
    expect((await prove(begun.proofId, '000000')).body).toEqual({ outcome: 'refused' })
    const next = await begin()
    const answers = await Promise.all(Array.from({ length: 5 }, () => prove(next.proofId, codeOf(secret))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await exporting(cookie)).status).toBe(200)
    const proofs = await server.owner
      .selectFrom('auditEntry')
      .select(['event', 'detail'])
      .where('subjectId', '=', personId)
      .where('event', 'like', 'proof.%')
      .orderBy('id')
      .execute()
    expect(proofs.map(({ event }) => event)).toEqual(['proof.refused', 'proof.given'])
    wait(11 * 60)
    const third = await begin()
    const stranger = await buildColleague(server, 'auditor')
    const theirs = await call(server, stranger.cookie, proofEndpoints.proveByCode, {
      ...{ proofId: third.proofId, code: codeOf(secret) },
    })
    expect(theirs.status).toBe(404)
  })

  it('does nothing unseen: each sign-in and each deed is told to the other administrators', async () => {
    const admin = await buildColleague(server, 'security_admin')
    const { name, secret, personId } = await buildLocal('watched')
    const cookie = cookieOf(await signIn(name, codeOf(secret)))
    await exporting(cookie)
    wait(11)
    await Promise.all(Array.from({ length: 10 }, () => announceLocalActs(server.deps)))
    const notices = await server.owner
      .selectFrom('outbox')
      .select(['kind', 'body'])
      .where('toPerson', '=', admin.id)
      .orderBy('id')
      .execute()
    const own = notices.filter(({ body }) => JSON.stringify(body).includes('watched'))
    expect(own.map(({ kind }) => kind)).toEqual(['local_login', 'local_login', 'local_login'])
    expect(JSON.stringify(own[2]?.body)).toContain('watched：')
    const announced = (await events('local.announced')).filter(({ subjectId }) => subjectId === personId)
    expect(announced).toHaveLength(1)
    expect(announced[0]?.detail).toMatchObject({ told: expect.any(Number) as number })
  })

  it('has no more rights than the role: the audit trail stays closed', async () => {
    const { cookie } = await buildLocal('bounded')
    expect((await call(server, cookie, auditEndpoints.listAudit, {})).body.error).toBe('wrong_role')
  })
})
