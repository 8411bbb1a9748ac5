import { randomUUID } from 'node:crypto'
import { repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary } from '../../test/builders.ts'
import { call, morning, type Answer, startTestServer, type TestServer } from '../../test/test-server.ts'
import { recordDeadlines } from './record-deadlines.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

async function authorised() {
  server.clock.at = morning
  const ordinary = await buildOrdinary(server)
  const { externalUserId, contentItemId } = ordinary
  const asked = {
    requestId: randomUUID(),
    externalUserId,
    contentItemId,
    kind: 'news' as const,
    entry: 'single_chat_tools' as const,
  }
  const { body } = await call(server, ordinary.cookie, repEndpoints.authoriseSend, asked)
  return { ...ordinary, ...(body as { sendId: string; ticket: string; digest: string }) }
}
type Sent = Awaited<ReturnType<typeof authorised>>
const tell = (sent: Sent, kind: 'H' | 'K' | 'C' | 'F', other: Record<string, unknown> = {}) =>
  call(server, sent.cookie, repEndpoints.recordFact, {
    ...{
      sendId: sent.sendId,
      ticket: sent.ticket,
      digest: sent.digest,
      factId: randomUUID(),
      kind,
      clientAt: morning.toISOString(),
    },
    ...other,
  } as never)
const kinds = async (sent: Sent) =>
  (
    await server.owner.selectFrom('fact').select('kind').where('sendId', '=', sent.sendId).orderBy('kind').execute()
  ).map((fact) => fact.kind)
const later = (seconds: number) => {
  server.clock.at = new Date(morning.getTime() + seconds * 1_000)
}

describe('what the client saw', () => {
  it('[FACT-01] handed and accepted is "sent, by the client’s word"', async () => {
    const sent = await authorised()
    expect((await tell(sent, 'H')).body).toEqual({ verdict: 'OPEN', late: false })
    expect((await tell(sent, 'K')).body).toEqual({ verdict: 'SENT_CLIENT', late: false })
  })

  it('[FACT-02] the same fact ten times at once is one row', async () => {
    const sent = await authorised()
    const factId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => tell(sent, 'K', { factId })))
    expect(answers.every((answer) => answer.status === 200)).toBe(true)
    expect(await kinds(sent)).toEqual(['A', 'K'])
  })

  it('[FACT-03] accepted after cancelled is a conflict, and both stay on record', async () => {
    const sent = await authorised()
    await tell(sent, 'C')
    expect((await tell(sent, 'K')).body.verdict).toBe('CONFLICT')
    expect(await kinds(sent)).toEqual(['A', 'C', 'K'])
  })

  it('[FACT-04] after the ticket, "handed" is too late while the outcome is still taken and marked late', async () => {
    const sent = await authorised()
    later(120)
    expect((await tell(sent, 'H')).body.error).toBe('ticket_expired')
    expect((await tell(sent, 'K')).body).toEqual({ verdict: 'SENT_CLIENT', late: true })
  })

  it('[FACT-05] a phone that comes back after five weeks is too late altogether', async () => {
    const sent = await authorised()
    server.clock.at = new Date(morning.getTime() + 35 * 86_400_000)
    const cookie = await server.signIn(sent.repId)
    expect((await tell({ ...sent, cookie }, 'K')).body.error).toBe('ticket_expired')
  })

  it('[FACT-06] another rep, a guessed ticket, a refused send and a changed payload are turned away', async () => {
    const [sent, other] = [await authorised(), await authorised()]
    expect((await tell({ ...sent, cookie: other.cookie }, 'K')).body.error).toBe('send_not_found')
    expect((await tell(sent, 'K', { ticket: 'x'.repeat(22) })).body.error).toBe('send_not_found')
    expect((await tell(sent, 'K', { digest: '0'.repeat(64) })).body).toMatchObject({ error: 'digest_mismatch' })
    expect(await kinds(sent)).toEqual(['A'])
  })

  it('[FACT-07] no word at all becomes unknown after ticket and ten minutes, and never sent nor unsent', async () => {
    const sent = await authorised()
    await server.db
      .insertInto('job')
      .ignore()
      .values({
        name: 'record-deadlines',
        owner: null,
        ownedUntil: morning,
        runAt: morning,
        lastDoneAt: null,
        problem: null,
      })
      .execute()
    later(80)
    await recordDeadlines(server.deps)
    expect(await kinds(sent)).toEqual(['A'])
    later(691)
    await Promise.all([recordDeadlines(server.deps), recordDeadlines(server.deps)])
    expect(await kinds(sent)).toEqual(['A', 'T'])
    const owed = await server.db
      .selectFrom('outbox')
      .select(['kind', 'toPerson', 'body'])
      .where('subjectId', '=', sent.sendId)
      .execute()
    expect(owed).toMatchObject([{ kind: 'unknown_send', toPerson: sent.repId }])
    expect(owed[0]!.body).toContain('请看聊天里有没有')
    const { body } = await call(server, sent.cookie, repEndpoints.history, { externalUserId: sent.externalUserId })
    expect(body.sends[0].verdict).toBe('UNKNOWN')
    expect((await tell(sent, 'K')).body.verdict).toBe('SENT_CLIENT')
  })

  it('[FACT-08] the rep’s own word needs a fresh sign-in and leaves the outcome unknown', async () => {
    const sent = await authorised()
    later(800)
    const said = { sendId: sent.sendId, factId: randomUUID(), sent: true, reason: '聊天里能看到' }
    expect((await call(server, sent.cookie, repEndpoints.attest, said)).body.error).toBe('step_up_needed')
    const fresh = await server.signIn(sent.repId)
    expect((await call(server, fresh, repEndpoints.attest, said)).body.verdict).toBe('UNKNOWN_ATTESTED_SENT')
    expect(
      (await call(server, fresh, repEndpoints.attest, { ...said, factId: randomUUID(), sent: false })).body.verdict,
    ).toBe('CONFLICT')
    const entries = await server.owner
      .selectFrom('auditEntry')
      .select('reason')
      .where('event', '=', 'send.attested')
      .where('subjectId', '=', sent.sendId)
      .execute()
    expect(entries).toHaveLength(2)
  })
})

describe('history and links', () => {
  it('[HIST-01] shows every attempt with its verdict, refusals included, newest first', async () => {
    const sent = await authorised()
    await tell(sent, 'K')
    later(5)
    const { externalUserId, contentItemId } = sent
    await call(server, sent.cookie, repEndpoints.authoriseSend, {
      requestId: randomUUID(),
      externalUserId,
      contentItemId,
      kind: 'news',
      entry: 'single_chat_tools',
    })
    const { body } = await call(server, sent.cookie, repEndpoints.history, { externalUserId })
    expect(
      body.sends.map((send: { verdict: string; outcome: string; link: string }) => [
        send.outcome,
        send.verdict,
        send.link,
      ]),
    ).toEqual([
      ['refused', 'NONE', 'none'],
      ['authorised', 'SENT_CLIENT', 'live'],
    ])
    expect(body.sends[0].refusals).toMatchObject([{ reason: 'sent_recently', since: morning.toISOString() }])
    const only = await call(server, sent.cookie, repEndpoints.history, { externalUserId, show: 'refused' })
    expect(only.body.sends).toHaveLength(1)
  })

  it('[HIST-02] pages by key without a gap or a double', async () => {
    const sent = await authorised()
    for (let index = 0; index < 45; index += 1) {
      later(index + 1)
      const { externalUserId, contentItemId } = sent
      await call(server, sent.cookie, repEndpoints.authoriseSend, {
        requestId: randomUUID(),
        externalUserId,
        contentItemId,
        kind: 'news',
        entry: 'single_chat_tools',
      })
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Answer = await call(server, sent.cookie, repEndpoints.history, {
        externalUserId: sent.externalUserId,
        cursor,
      })
      seen.push(...page.body.sends.map((send: { sendId: string }) => send.sendId))
      cursor = page.body.next
    } while (cursor)
    expect(seen).toHaveLength(46)
    expect(new Set(seen).size).toBe(46)
    expect(
      (await call(server, sent.cookie, repEndpoints.history, { externalUserId: null, cursor: "1' or 1=1" })).body,
    ).toMatchObject({ error: 'bad_request', field: 'cursor' })
  })

  it('[LINK-01] a link is taken back once, by its own rep, with one audit entry for ten taps', async () => {
    const [sent, other] = [await authorised(), await authorised()]
    const revoke = (cookie: string) =>
      call(server, cookie, repEndpoints.revokeLink, { requestId: randomUUID(), sendId: sent.sendId })
    expect((await revoke(other.cookie)).body.error).toBe('send_not_found')
    const answers = await Promise.all(Array.from({ length: 10 }, () => revoke(sent.cookie)))
    expect(answers.every((answer) => answer.status === 200)).toBe(true)
    const entries = await server.owner
      .selectFrom('auditEntry')
      .select('id')
      .where('event', '=', 'link.revoked')
      .where('subjectId', '=', sent.sendId)
      .execute()
    expect(entries).toHaveLength(1)
    const { body } = await call(server, sent.cookie, repEndpoints.history, { externalUserId: sent.externalUserId })
    expect(body.sends[0].link).toBe('revoked')
  })
})

describe('guessing', () => {
  it('[FACT-09] six wrong tickets in a minute and the rep has to wait', async () => {
    const sent = await authorised()
    for (let guess = 0; guess < 5; guess += 1)
      expect((await tell(sent, 'K', { ticket: 'x'.repeat(22) })).status).toBe(404)
    expect(await tell(sent, 'K')).toMatchObject({ status: 429, body: { error: 'too_many_requests' } })
  })
})
