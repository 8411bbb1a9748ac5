import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { syncContacts } from '../../src/contacts/sync/sync-contacts.ts'
import { proveEmployment } from '../../src/people/prove-employment.ts'
import { recordDeadlines } from '../../src/sends/record-deadlines.ts'
import { buildCompany, buildOrdinary, buildPiece } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { call, morning, startTestServer, type Answer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  const job = { name: 'record-deadlines', owner: null, ownedUntil: morning, runAt: morning }
  await server.db
    .insertInto('job')
    .values({ ...job, lastDoneAt: null, problem: null })
    .execute()
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
  server.told.down = false
  server.told.calls.length = 0
})
afterEach(() => expectInvariants(server.owner))

type Ordinary = Awaited<ReturnType<typeof buildOrdinary>>
type Sent = { sendId: string; ticket: string; digest: string }
const later = (seconds: number) => {
  server.clock.at = new Date(morning.getTime() + seconds * 1_000)
}
const ask = (rep: Ordinary, other: Record<string, unknown> = {}): Promise<Answer> =>
  call(server, rep.cookie, repEndpoints.authoriseSend, {
    ...{ requestId: randomUUID(), externalUserId: rep.externalUserId, contentItemId: rep.contentItemId },
    ...{ kind: 'news' as const, entry: 'single_chat_tools' as const, again: true },
    ...other,
  })
const tell = (rep: Ordinary, sent: Sent, kind: 'H' | 'K' | 'C' | 'F', other: Record<string, unknown> = {}) =>
  call(server, rep.cookie, repEndpoints.recordFact, {
    ...{ sendId: sent.sendId, ticket: sent.ticket, digest: sent.digest, factId: randomUUID(), kind },
    ...{ clientAt: server.clock.at.toISOString() },
    ...other,
  } as never)
const shown = async (rep: Ordinary) => {
  const { body } = await call(server, rep.cookie, repEndpoints.history, { externalUserId: rep.externalUserId })
  return body.sends as { sendId: string; verdict: string; facts: { kind: string; late: boolean }[] }[]
}
const used = async (rep: Ordinary): Promise<number> => {
  const { externalUserId } = rep
  const { body } = await call(server, rep.cookie, repEndpoints.openChat, { externalUserId, entry: 'single_chat_tools' })
  return body.contact.cap.used
}
const reasons = (answer: Answer) =>
  (answer.body.refusals as { reason: string }[] | undefined)?.map((refusal) => refusal.reason) ?? []

describe('what the phone says, late, twice or never', () => {
  it('[F22] silence is unknown and counts; the word that comes in the end is taken and marked late', async () => {
    const rep = await buildOrdinary(server)
    const { body: sent } = await ask(rep)
    await tell(rep, sent, 'H')
    later(800)
    await recordDeadlines(server.deps)
    expect((await shown(rep))[0]).toMatchObject({ sendId: sent.sendId, verdict: 'UNKNOWN' })
    expect(await used(rep)).toBe(1)
    await tell(rep, sent, 'K', { clientAt: morning.toISOString() })
    const [told] = await shown(rep)
    expect(told).toMatchObject({ verdict: 'SENT_CLIENT' })
    expect(told!.facts.find((fact) => fact.kind === 'K')).toMatchObject({ late: true })
  })

  it('[F23] sent after cancelled is a conflict: both words stay, and the cap counts it', async () => {
    const rep = await buildOrdinary(server)
    const { body: sent } = await ask(rep)
    await tell(rep, sent, 'C')
    expect(await used(rep)).toBe(0)
    const factId = randomUUID()
    await Promise.all(Array.from({ length: 10 }, () => tell(rep, sent, 'K', { factId })))
    expect((await shown(rep))[0]).toMatchObject({ verdict: 'CONFLICT' })
    expect((await shown(rep))[0]!.facts.map((fact) => fact.kind).toSorted()).toEqual(['A', 'C', 'K'])
    expect(await used(rep)).toBe(1)
  })

  it('[F24] [A20] a phone that was offline tells everything an hour later, in any order, more than once', async () => {
    const rep = await buildOrdinary(server)
    const { body: sent } = await ask(rep)
    later(1_500)
    const queue = [{ kind: 'K' as const, factId: randomUUID() }]
    for (const { kind, factId } of [...queue, ...queue, ...queue])
      expect((await tell(rep, sent, kind, { factId })).body).toEqual({ verdict: 'SENT_CLIENT', late: true })
    expect((await tell(rep, sent, 'H')).body.error).toBe('ticket_expired')
    expect((await shown(rep))[0]!.facts).toHaveLength(2)
  })

  it('[F25] [A21] two phones tapping without end get what the cap allows and no more', async () => {
    const rep = await buildOrdinary(server)
    const phones = [rep, { ...rep, cookie: await server.signIn(rep.repId) }]
    const pieces = await Promise.all(Array.from({ length: 20 }, () => buildPiece(server)))
    const answers = await Promise.all(
      pieces.map((contentItemId, nth) => ask(phones[nth % 2]!, { contentItemId, requestId: randomUUID() })),
    )
    expect(answers.filter((answer) => answer.body.outcome === 'authorised')).toHaveLength(4)
    expect(await used(rep)).toBe(4)
  })
})

describe('a rep who wants more than is allowed', () => {
  it('[A21] says "cancelled" again and again: three are believed a day, then the cap holds', async () => {
    const rep = await buildOrdinary(server)
    const outcomes: string[] = []
    for (let nth = 0; nth < 10; nth += 1) {
      const answer = await ask(rep)
      outcomes.push(answer.body.outcome === 'authorised' ? 'authorised' : reasons(answer).join())
      if (answer.body.outcome === 'authorised') await tell(rep, answer.body, nth % 2 ? 'C' : 'F')
    }
    const allowed = Array.from({ length: 7 }, () => 'authorised')
    expect(outcomes).toEqual([...allowed, 'cap_reached', 'cap_reached', 'cap_reached'])
  })

  it.each([
    ['another clock', { clientAt: '2099-01-01T00:00:00Z' }],
    ['a clock of the last century', { clientAt: '1970-01-01T00:00:00Z' }],
  ])('[A22] tells %s: it is written down apart and decides nothing', async (_, said) => {
    const rep = await buildOrdinary(server)
    const { body: sent } = await ask(rep)
    later(120)
    expect((await tell(rep, sent, 'H', said)).body.error).toBe('ticket_expired')
    expect((await tell(rep, sent, 'K', said)).body).toEqual({ verdict: 'SENT_CLIENT', late: true })
  })

  it('[A22] sends from a phone in another zone: Shanghai’s night is night', async () => {
    const rep = await buildOrdinary(server)
    server.clock.at = new Date('2026-05-13T15:59:59.000Z')
    const cookie = await server.signIn(rep.repId)
    const headers = { date: 'Wed, 13 May 2026 02:00:00 GMT', 'x-timezone': 'Asia/Tokyo' }
    const answer = await fetch(`${server.url}/api/rep/sends`, {
      method: 'POST',
      headers: { ...headers, cookie, origin: server.deps.config.PUBLIC_URL, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ requestId: randomUUID(), externalUserId: rep.externalUserId, contentItemId: rep.contentItemId },
        ...{ kind: 'news', entry: 'single_chat_tools' },
      }),
    })
    expect(
      ((await answer.json()) as { refusals: { reason: string }[] }).refusals.map(({ reason }) => reason),
    ).toContain('quiet_hours')
  })

  it('[A16] changes the message: whatever digest is told but the released one is refused, and nothing is written', async () => {
    const rep = await buildOrdinary(server)
    const { body: sent } = await ask(rep)
    const other = await buildOrdinary(server)
    const { body: theirs } = await ask(other)
    for (const digest of ['', '0'.repeat(64), theirs.digest, sent.digest.toUpperCase(), sent.digest.slice(1)]) {
      const answer = await tell(rep, sent, 'K', { digest })
      expect([answer.status, answer.body.error], digest).toEqual([409, 'digest_mismatch'])
    }
    expect((await shown(rep))[0]!.facts).toHaveLength(1)
  })

  it('[A19] tells facts of a refused send, of no send, or with the ticket of another', async () => {
    const rep = await buildOrdinary(server)
    const { body: mine } = await ask(rep)
    const refused = (await ask(rep, { entry: 'group_chat_tools' })).body
    expect(refused.outcome).toBe('refused')
    const ticket = server.deps.secrets.ticketOf(refused.sendId)
    const digest = '0'.repeat(64)
    const answers = [
      await tell(rep, { sendId: refused.sendId, ticket, digest }, 'K'),
      await tell(rep, { sendId: 'no-such-send', ticket, digest }, 'K'),
      await tell(rep, { ...mine, ticket }, 'K'),
    ]
    const bodies = answers.map(({ status, body }) => ({ status, error: body.error as string }))
    expect(bodies).toEqual(Array.from({ length: 3 }, () => ({ status: 404, error: 'send_not_found' })))
    expect((await shown(rep)).find((send) => send.sendId === refused.sendId)!.facts).toEqual([])
  })
})

describe('[F13] WeCom is down', () => {
  it('sends go on while the proofs are fresh, then wait for them, and nobody asks WeCom on the way', async () => {
    const rep = await buildOrdinary(server)
    await call(server, rep.cookie, repEndpoints.start, {})
    server.told.down = true
    later(14 * 60)
    expect((await ask(rep)).body.outcome).toBe('authorised')
    later(15 * 60 + 1)
    expect(reasons(await ask(rep))).toEqual(['employment_proof_stale'])
    expect(server.told.calls).toEqual([])

    await expect(proveEmployment(server.deps)).rejects.toBeDefined()
    await syncContacts(server.deps).catch(() => {})
    expect(reasons(await ask(rep))).toEqual(['employment_proof_stale'])
    server.told.down = false
    await proveEmployment(server.deps)
    expect((await ask(rep)).body.outcome).toBe('authorised')
  })

  it('a contact proved a day ago is refused until WeCom can be asked again', async () => {
    const rep = await buildOrdinary(server)
    server.told.down = true
    later(25 * 3_600)
    await server.owner.updateTable('person').set({ employmentProvedAt: server.clock.at }).execute()
    const there = { ...rep, cookie: await server.signIn(rep.repId) }
    expect(reasons(await ask(there))).toEqual(['contact_proof_stale'])
    expect(server.told.calls).toEqual([])
  })
})
