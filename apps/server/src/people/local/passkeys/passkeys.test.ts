import { localEndpoints, peopleEndpoints, proofEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../../../test/builders.ts'
import { buildLocal, codeOf, cookieOf, localPassword } from '../../../../test/local-login.ts'
import { buildColleague } from '../../../../test/office.ts'
import { createDevice } from '../../../../test/passkey-device.ts'
import { call, morning, startTestServer, type TestServer } from '../../../../test/test-server.ts'
import { forgetSignIns } from '../../forget-sign-ins.ts'
import { announceLocalActs } from '../announce-local-acts.ts'
import { inviteLocal } from '../invite-local.ts'

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

type Device = ReturnType<typeof createDevice>
type Asked = { options: { challenge: string }; browser: string }

const wait = (seconds: number) => (server.clock.at = new Date(server.clock.at.getTime() + seconds * 1_000))
const ten = <Answer>(one: () => Promise<Answer>) => Promise.all(Array.from({ length: 10 }, one))
const passkeysOf = async (cookie: string) => (await call(server, cookie, localEndpoints.listPasskeys, {})).body.passkeys
const begin = async (cookie: string) => (await call(server, cookie, localEndpoints.beginPasskey, {})).body.options
const add = (cookie: string, passkey: string, name = '办公室的电脑') =>
  call(server, cookie, localEndpoints.addPasskey, { name, passkey })

/** A local administrator with a passkey, and the cookie of a browser from which they got in before. */
async function buildKeeper(name: string) {
  const person = await buildLocal(server, name)
  const device = createDevice()
  expect((await add(person.cookie, device.make(await begin(person.cookie)))).body.outcome).toBe('added')
  const known = `__Host-vouch_console_known=${server.deps.secrets.signCookie(`known ${person.personId}`)}`
  return { ...person, device, known }
}

async function ask(): Promise<Asked> {
  const answer = await call(server, '', localEndpoints.askForPasskey, {})
  return { options: answer.body.options, browser: cookieOf(answer, '__Host-vouch_console_passkey=') }
}
const signIn = (name: string, passkey: string, cookie: string, password = localPassword) =>
  call(server, cookie, localEndpoints.signInByPasskey, { name, password, passkey })

const actsOf = (personId: string, like: string) =>
  server.owner
    .selectFrom('auditEntry')
    .select(['event', 'detail'])
    .where('subjectId', '=', personId)
    .where('event', 'like', like)
    .orderBy('id')
    .execute()

/** What a device or a browser may have signed, and must not have. */
const otherwise = (type: string) => [
  { origin: 'https://vouch.test.evil.example' },
  { host: 'evil.example' },
  { verified: false },
  { challenge: 'AAAA' },
  { type },
]

describe('a passkey', () => {
  it('is added with a name, listed and removed, each with a fresh proof, and the codes stay', async () => {
    const { cookie, name, secret, personId } = await buildLocal(server, 'adder')
    const [first, second] = [createDevice(), createDevice()]
    const options = await begin(cookie)
    expect(options).toMatchObject({
      rp: { id: 'vouch.test' },
      attestation: 'none',
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
    })
    expect((await add(cookie, first.make(options))).body.outcome).toBe('added')
    const again = await begin(cookie)
    expect(again.excludeCredentials).toEqual([
      expect.objectContaining({ id: Buffer.from(first.id).toString('base64url') }),
    ])
    expect((await add(cookie, second.make(again), '钥匙')).body.outcome).toBe('added')
    const listed = await passkeysOf(cookie)
    expect(listed).toMatchObject([{ name: '钥匙', usedAt: null }, { name: '办公室的电脑' }])

    wait(11 * 60)
    const { passkeyId } = listed[1]
    for (const needy of [
      call(server, cookie, localEndpoints.beginPasskey, {}),
      add(cookie, createDevice().make(again)),
      call(server, cookie, localEndpoints.removePasskey, { passkeyId }),
    ])
      expect((await needy).body.error).toBe('proof_needed')

    const asked = { name, password: localPassword, code: codeOf(server, secret) }
    const fresh = cookieOf(await call(server, '', localEndpoints.signInLocal, asked))
    const answers = await ten(() => call(server, fresh, localEndpoints.removePasskey, { passkeyId }))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 404)])
    expect(await passkeysOf(fresh)).toMatchObject([{ name: '钥匙' }])
    const { passkeyId: last } = listed[0]
    expect((await call(server, fresh, localEndpoints.removePasskey, { passkeyId: last })).status).toBe(200)
    wait(30)
    const code = codeOf(server, secret)
    expect((await call(server, '', localEndpoints.signInLocal, { ...asked, code })).status).toBe(200)
    const acts = (await actsOf(personId, 'passkey.%')).map(({ event }) => event)
    expect(acts).toEqual(['passkey.added', 'passkey.added', 'passkey.removed', 'passkey.removed'])
  })

  it('is added once however often the same answer comes, and a passkey of somebody else is not taken over', async () => {
    const { cookie } = await buildLocal(server, 'ten')
    const device = createDevice()
    const made = device.make(await begin(cookie))
    const answers = await ten(() => add(cookie, made))
    expect(answers.filter(({ body }) => body.outcome === 'added')).toHaveLength(1)
    expect(await passkeysOf(cookie)).toHaveLength(1)
    const other = await buildLocal(server, 'thief')
    const stolen = createDevice(device.id)
    expect((await add(other.cookie, stolen.make(await begin(other.cookie)))).body.outcome).toBe('refused')
    expect(await passkeysOf(other.cookie)).toEqual([])
  })

  it('is refused, and that is on record, when it was made otherwise than asked', async () => {
    const { cookie, personId } = await buildLocal(server, 'maker')
    for (const said of otherwise('webauthn.get'))
      expect((await add(cookie, createDevice().make(await begin(cookie), said))).body, JSON.stringify(said)).toEqual({
        outcome: 'refused',
      })
    expect(await passkeysOf(cookie)).toEqual([])
    expect(await actsOf(personId, 'passkey.refused')).toHaveLength(5)
  })

  it('made in another session, or too late, is refused', async () => {
    const { cookie, name, secret } = await buildLocal(server, 'sessions')
    const asked = { name, password: localPassword, code: codeOf(server, secret) }
    const elsewhere = cookieOf(await call(server, '', localEndpoints.signInLocal, asked))
    expect((await add(cookie, createDevice().make(await begin(elsewhere)))).body.outcome).toBe('refused')
    const options = await begin(cookie)
    wait(5 * 60)
    expect((await add(cookie, createDevice().make(options))).body.outcome).toBe('refused')
    wait(86_400)
    await forgetSignIns(server.deps)
    expect(await server.owner.selectFrom('localChallenge').selectAll().execute()).toEqual([])
  })

  it('is for local administrators alone', async () => {
    const { cookie } = await buildColleague(server, 'system_admin')
    expect((await call(server, cookie, localEndpoints.listPasskeys, {})).body.error).toBe('wrong_role')
    expect((await call(server, cookie, proofEndpoints.askForProofPasskey, {})).body.error).toBe('wrong_role')
  })
})

describe('a sign-in with a passkey', () => {
  it('takes it after the password instead of a code, and tells when it was used', async () => {
    const { name, device, personId } = await buildKeeper('keeper')
    const { options, browser } = await ask()
    expect(options).toMatchObject({ rpId: 'vouch.test', userVerification: 'required' })
    const answer = await signIn(name, device.show(options), browser)
    expect(answer.status).toBe(200)
    expect(await passkeysOf(cookieOf(answer))).toMatchObject([{ usedAt: server.clock.at.toISOString() }])
    const [signedIn] = await actsOf(personId, 'local.signed_in')
    expect(signedIn?.detail).toMatchObject({ by: 'passkey' })
  })

  it('hears one answer once: of ten at once one gets in', async () => {
    const { name, device, known } = await buildKeeper('replayed')
    const { options, browser } = await ask()
    const shown = device.show(options, { counter: 0 }) // so that nothing but the challenge stands against it
    const answers = await ten(() => signIn(name, shown, `${browser}; ${known}`))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 401)])
    expect((await signIn(name, shown, browser)).body.error).toBe('wrong_login')
  })

  it('refuses another browser, a wrong password, somebody else’s passkey and a late answer', async () => {
    const { name, device, known } = await buildKeeper('bound')
    const other = await buildKeeper('other')
    const refused = async (passkey: string, browser: string, password = localPassword) =>
      expect((await signIn(name, passkey, `${browser}; ${known}`, password)).body.error).toBe('wrong_login')
    const asked = await ask()
    await refused(device.show(asked.options), (await ask()).browser)
    await refused(device.show(asked.options), '')
    await refused(device.show(asked.options), asked.browser, 'not the password')
    await refused(other.device.show(asked.options), asked.browser)
    const late = await ask()
    wait(5 * 60)
    await refused(device.show(late.options), late.browser)
    await refused('{"id":{},"response":1}', late.browser)
    const last = await ask()
    expect((await signIn(name, device.show(last.options), last.browser)).status).toBe(200)
  })

  it('refuses a counter that goes back, and tells the other administrators that it may be a copy', async () => {
    const admin = await buildColleague(server, 'security_admin')
    const { name, device, personId } = await buildKeeper('copied')
    const tryWith = async (counter: number) => {
      const { options, browser } = await ask()
      return (await signIn(name, device.show(options, { counter }), browser)).status
    }
    expect([await tryWith(7), await tryWith(7), await tryWith(6), await tryWith(0)]).toEqual([200, 401, 401, 401])
    expect((await actsOf(personId, 'passkey.copied')).map(({ detail }) => detail)).toMatchObject(
      Array.from({ length: 3 }, () => ({ refusedFor: 'counter_went_back' })),
    )
    wait(11)
    await announceLocalActs(server.deps)
    const told = await server.owner.selectFrom('outbox').select('body').where('toPerson', '=', admin.id).execute()
    expect(JSON.stringify(told)).toMatch(/copied：[^"]*添加通行密钥[^"]*可能被复制/)
    expect(await tryWith(8)).toBe(200)
  })

  it('takes a device that keeps no counter', async () => {
    const { name, device } = await buildKeeper('no counter')
    for (let nth = 0; nth < 2; nth += 1) {
      const { options, browser } = await ask()
      expect((await signIn(name, device.show(options, { counter: 0 }), browser)).status).toBe(200)
    }
  })

  it('has the tries of a sign-in with a code, and challenges are not for the asking', async () => {
    const { name, device } = await buildKeeper('limited')
    for (let nth = 0; nth < 5; nth += 1) await signIn(name, '{}', '')
    const { options, browser } = await ask()
    expect((await signIn(name, device.show(options), browser)).status).toBe(429)
    const asked = await Promise.all(
      Array.from({ length: 40 }, () => call(server, '', localEndpoints.askForPasskey, {})),
    )
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(29)
  })

  it('is over when the login is set up anew, and with a passkey that was removed', async () => {
    const { name, device, cookie } = await buildKeeper('anew')
    const removed = createDevice()
    await add(cookie, removed.make(await begin(cookie)))
    const [{ passkeyId }] = await passkeysOf(cookie)
    await call(server, cookie, localEndpoints.removePasskey, { passkeyId })
    const first = await ask()
    expect((await signIn(name, removed.show(first.options), first.browser)).status).toBe(401)
    const { token } = (await inviteLocal(server.deps, { role: 'system_admin', of: name }))!
    const { secret } = (await call(server, '', localEndpoints.lookAtInvite, { token })).body
    const asked = { token, name, password: localPassword, code: codeOf(server, secret) }
    const anew = await call(server, '', localEndpoints.setUpLocal, asked)
    expect(await passkeysOf(cookieOf(anew))).toEqual([])
    const second = await ask()
    expect((await signIn(name, device.show(second.options), second.browser)).status).toBe(401)
  })
})

describe('a proof with a passkey', () => {
  const exporting = (cookie: string) => call(server, cookie, peopleEndpoints.exportAccess, { language: 'zh' } as never)
  const beginProof = async (cookie: string) => (await call(server, cookie, proofEndpoints.beginProof, {})).body.proofId
  const askIn = async (cookie: string) =>
    (await call(server, cookie, proofEndpoints.askForProofPasskey, {})).body.options as Asked['options']
  const proveWith = async (cookie: string, passkey: string) => {
    const asked = { proofId: await beginProof(cookie), passkey }
    return (await call(server, cookie, proofEndpoints.proveByPasskey, asked)).body.outcome as string
  }
  const prove = (cookie: string, device: Device, options: Asked['options']) => proveWith(cookie, device.show(options))

  it('counts once, for the session and the person it was asked for', async () => {
    const { cookie, device, personId, secret, name } = await buildKeeper('prover')
    const other = await buildKeeper('not the prover')
    wait(11 * 60)
    const signedIn = { name, password: localPassword, code: codeOf(server, secret) }
    const elsewhere = cookieOf(await call(server, '', localEndpoints.signInLocal, signedIn))
    expect((await exporting(cookie)).body.error).toBe('proof_needed')
    expect(await prove(cookie, device, await askIn(elsewhere))).toBe('refused')
    expect(await prove(cookie, device, (await ask()).options)).toBe('refused')
    expect(await prove(cookie, other.device, await askIn(cookie))).toBe('refused')
    expect((await exporting(cookie)).body.error).toBe('proof_needed')
    const asked = { proofId: await beginProof(cookie), passkey: device.show(await askIn(cookie)) }
    await ten(() => call(server, cookie, proofEndpoints.proveByPasskey, asked).catch(() => undefined))
    expect((await exporting(cookie)).status).toBe(200)
    const proofs = await actsOf(personId, 'proof.%')
    expect(proofs.map(({ event }) => event)).toEqual([
      ...Array.from({ length: 3 }, () => 'proof.refused'),
      'proof.given',
    ])
    expect(proofs[0]?.detail).toMatchObject({ by: 'passkey', refusedFor: 'wrong_passkey' })
    await server.owner.deleteFrom('attemptCount').execute()
    const next = await beginProof(cookie)
    const replayed = await call(server, cookie, proofEndpoints.proveByPasskey, { ...asked, proofId: next })
    expect(replayed.body.outcome).toBe('refused')
  })

  it('refuses whatever was signed otherwise than asked, and the challenge is spent', async () => {
    const { cookie, device, personId } = await buildKeeper('forger')
    const forged = JSON.parse(createDevice().show({ challenge: 'AAAA' })) as Record<string, unknown>
    const tries = [
      ...otherwise('webauthn.create').map((said) => (options: Asked['options']) => device.show(options, said)),
      () => JSON.stringify(forged),
      (options: Asked['options']) => createDevice(device.id).show(options),
      ...['{}', 'null', '[]', '{', '{"id":{},"response":1}'].map((odd) => () => odd),
    ]
    for (const show of tries) {
      await server.owner.deleteFrom('attemptCount').execute() // each of these is a first try
      const options = await askIn(cookie)
      expect(await proveWith(cookie, show(options)), show(options)).toBe('refused')
    }
    const why = (await actsOf(personId, 'passkey.refused')).map(
      ({ detail }) => (detail as { refusedFor: string }).refusedFor,
    )
    expect(why).toEqual([
      ...['wrong_signature', 'wrong_signature', 'wrong_signature', 'wrong_challenge', 'wrong_signature'],
      ...['unknown_passkey', 'wrong_signature'],
      ...Array.from({ length: 5 }, () => 'unreadable'),
    ])
    await server.owner.deleteFrom('attemptCount').execute()
    const options = await askIn(cookie)
    expect(await proveWith(cookie, device.show(options, { verified: false }))).toBe('refused')
    expect(await proveWith(cookie, device.show(options))).toBe('refused') // it was spent
    expect(await proveWith(cookie, device.show(await askIn(cookie)))).toBe('proved')
  })
})
