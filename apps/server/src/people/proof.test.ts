import { auditEndpoints, consoleEndpoints, policyEndpoints, proofEndpoints } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type Answer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
let auditor: Colleague
let other: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  auditor = await buildColleague(server, 'auditor')
  other = await buildColleague(server, 'auditor')
})

const minutes = (count: number) => (server.clock.at = new Date(morning.getTime() + count * 60_000))
const take = (who: Colleague) => call(server, who.cookie, auditEndpoints.exportAudit, { language: 'zh' })
const begin = (who: Colleague) => call(server, who.cookie, proofEndpoints.beginProof, {})
const look = async (who: Colleague, begun: Answer) =>
  (await call(server, who.cookie, proofEndpoints.lookAtProof, { proofId: begun.body.proofId })).body
const entries = (who: Colleague) =>
  server.owner
    .selectFrom('auditEntry')
    .select(['event', 'detail'])
    .where('subjectId', '=', who.id)
    .where('event', 'like', 'proof.%')
    .execute()

/** Comes back from WeCom as `as`, in the browser that set out, with the session of `who`. */
async function comeBack(begun: Answer, who: Colleague, as: Colleague = who, code = `code-${ulid()}`) {
  server.told.codes.set(code, { kind: 'member', userId: as.wecomUserId })
  const state = new URL(String(begun.body.wecomUrl)).searchParams.get('state')
  const browser = begun.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  return fetch(`${server.url}/api/console/sign-in/return?code=${code}&state=${state}`, {
    redirect: 'manual',
    headers: { cookie: [who.cookie, ...browser].join('; ') },
  })
}

describe('what a session alone does not allow', () => {
  it('is allowed for ten minutes after signing in, and again after a proof', async () => {
    minutes(10)
    expect((await take(auditor)).status).toBe(200)
    minutes(11)
    expect(await take(auditor)).toMatchObject({ status: 401, body: { error: 'proof_needed' } })
    const begun = await begin(auditor)
    expect(await look(auditor, begun)).toEqual({ outcome: 'waiting', refusedFor: null })
    expect((await take(auditor)).status).toBe(401)
    const back = await comeBack(begun, auditor)
    expect([back.status, await back.text()]).toEqual([200, expect.stringContaining('已确认是您本人')])
    expect(back.headers.getSetCookie()).toEqual([])
    expect(await look(auditor, begun)).toEqual({ outcome: 'proved', refusedFor: null })
    expect((await take(auditor)).status).toBe(200)
    minutes(22)
    expect((await take(auditor)).body.error).toBe('proof_needed')
    expect((await entries(auditor)).map(({ event }) => event)).toEqual(['proof.given'])
  })

  it('other pages stay open meanwhile', async () => {
    minutes(20)
    expect((await call(server, auditor.cookie, consoleEndpoints.whoAmI, {})).status).toBe(200)
  })

  it('covers the approval of a change of the rules, not declining it', async () => {
    const officer = await buildColleague(server, 'compliance_officer')
    minutes(11)
    const decide = (decision: 'approved' | 'declined') =>
      call(server, officer.cookie, policyEndpoints.decidePolicyChange, { changeId: ulid(), decision, reason: '不合适' })
    expect((await decide('approved')).body.error).toBe('proof_needed')
    expect((await decide('declined')).body.error).toBe('not_found')
  })

  it('ends with the session', async () => {
    const begun = await begin(auditor)
    await call(server, auditor.cookie, consoleEndpoints.consoleSignOut, {})
    expect((await comeBack(begun, auditor)).status).toBe(403)
    expect((await entries(auditor)).map(({ event }) => event)).toEqual(['proof.refused'])
  })
})

describe('a proof', () => {
  it('counts once however often the login comes back', async () => {
    minutes(11)
    const begun = await begin(auditor)
    const code = `code-${ulid()}`
    const answers = await Promise.all(Array.from({ length: 10 }, () => comeBack(begun, auditor, auditor, code)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await entries(auditor)).toHaveLength(1)
    minutes(22)
    expect((await comeBack(begun, auditor)).status).toBe(400)
    expect((await take(auditor)).body.error).toBe('proof_needed')
  })

  it('is refused for the login of another person, and on record', async () => {
    minutes(11)
    const begun = await begin(auditor)
    expect((await comeBack(begun, auditor, other)).status).toBe(403)
    expect(await look(auditor, begun)).toEqual({ outcome: 'refused', refusedFor: 'other_person' })
    expect((await take(auditor)).body.error).toBe('proof_needed')
    expect((await take(other)).body.error).toBe('proof_needed')
    const [entry] = await entries(auditor)
    expect(entry).toMatchObject({
      ...{ event: 'proof.refused', detail: { provedAs: other.id, refusedFor: 'other_person', by: 'wecom' } },
    })
  })

  it('is refused to somebody who left meanwhile', async () => {
    const begun = await begin(auditor)
    server.told.left.add(auditor.wecomUserId)
    expect((await comeBack(begun, auditor)).status).toBe(403)
  })

  it('holds for the session that began it and for no other of the same person', async () => {
    const elsewhere = { ...auditor, cookie: await server.signIn(auditor.id, 'console') }
    minutes(11)
    const begun = await begin(auditor)
    expect((await call(server, elsewhere.cookie, proofEndpoints.lookAtProof, begun.body.proofId)).status).toBe(400)
    expect((await look(elsewhere, begun)).error).toBe('not_found')
    expect((await look(other, begun)).error).toBe('not_found')
    expect((await comeBack(begun, elsewhere)).status).toBe(403)
    expect(await look(auditor, begun)).toEqual({ outcome: 'refused', refusedFor: 'other_session' })
    const again = await begin(auditor)
    expect((await comeBack(again, auditor)).status).toBe(200)
    expect([(await take(auditor)).status, (await take(elsewhere)).status]).toEqual([200, 401])
  })

  it('is over after five minutes', async () => {
    const begun = await begin(auditor)
    minutes(5)
    expect(await look(auditor, begun)).toEqual({ outcome: 'over', refusedFor: null })
    expect((await comeBack(begun, auditor)).status).toBe(403)
    expect(await look(auditor, begun)).toEqual({ outcome: 'refused', refusedFor: 'too_late' })
  })
})
