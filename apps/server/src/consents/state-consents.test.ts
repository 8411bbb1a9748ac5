import { randomUUID } from 'node:crypto'
import type { ConsentStatement } from '@vouch/rules'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildRep, giveConsent } from '../../test/builders.ts'
import { morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import type { Actor } from '../deps.ts'
import { loadStanding } from './load-standing.ts'
import { stateConsents, type AskedStatements } from './state-consents.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  const text = { language: 'zh-CN', title: '阅读记录', body: '正文', hash: '1'.repeat(64), material: 1 }
  await server.db
    .insertInto('consentText')
    .values({ ...text, version: 2, purpose: 'reading_record', activeFrom: new Date(0) })
    .execute()
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

const hcp: Actor = { kind: 'hcp', id: 'wm1' }
const yes = { purpose: 'receive', statement: 'opted_in', textVersion: 1 } as const
const no = { ...yes, statement: 'opted_out' } as const
const state = (accountId: string, given: Partial<AskedStatements> = {}, actor = hcp) =>
  stateConsents(server.deps, actor, {
    ...{ accountId, requestId: randomUUID(), language: 'zh-CN', channel: 'link', identity: 'wechat_oauth' },
    ...{ evidence: { externalUserId: 'wm1', browser: 'wechat' }, statements: [yes], ...given },
  })
const rowsOf = (accountId: string) =>
  server.owner.selectFrom('consent').selectAll().where('accountId', '=', accountId).orderBy('id').execute()
const trailOf = (accountId: string) =>
  server.owner.selectFrom('auditEntry').selectAll().where('accountId', '=', accountId).orderBy('id').execute()
const standsOn = async (accountId: string, purpose: 'receive' | 'reading_record' | 'archive' = 'receive') =>
  (await loadStanding(server.db, accountId, server.deps.now())).find((one) => one.purpose === purpose)!.standing.state

describe('what an HCP states', () => {
  it('[R14] is a row with everything it can be proved by, and its entry in the trail', async () => {
    const accountId = await buildAccount(server)
    const { accepted, refused } = await state(accountId)
    expect(refused).toEqual([])
    expect(accepted).toMatchObject([{ purpose: 'receive', statement: 'opted_in', textVersion: 1, statedAt: morning }])
    expect(await rowsOf(accountId)).toMatchObject([
      {
        ...{ purpose: 'receive', statement: 'opted_in', textVersion: 1, textHash: '0'.repeat(64), language: 'zh-CN' },
        ...{ channel: 'link', identity: 'wechat_oauth', statedAt: morning, recordedAt: morning },
        evidence: '{"externalUserId":"wm1","browser":"wechat"}',
      },
    ])
    expect(await trailOf(accountId)).toMatchObject([
      { event: 'consent.opted_in', actorKind: 'hcp', actorId: 'wm1', subjectId: accepted[0]!.id },
    ])
    expect(await standsOn(accountId)).toBe('opted_in')
  })

  it('[R16] about one purpose says nothing about another', async () => {
    const accountId = await buildAccount(server)
    const reading = { purpose: 'reading_record', statement: 'declined', textVersion: 2 } as const
    await state(accountId, { statements: [yes, reading] })
    expect([await standsOn(accountId), await standsOn(accountId, 'reading_record')]).toEqual(['opted_in', 'declined'])
    await state(accountId, { statements: [{ ...reading, statement: 'opted_in' }] })
    await state(accountId, { statements: [no] })
    expect([await standsOn(accountId), await standsOn(accountId, 'reading_record')]).toEqual(['withdrawn', 'opted_in'])
    expect(await standsOn(accountId, 'archive')).toBe('never')
    expect((await trailOf(accountId)).map((entry) => entry.event)).toEqual([
      ...['consent.opted_in', 'consent.declined', 'consent.opted_in', 'consent.opted_out'],
    ])
  })

  it('is refused when the text is of another purpose or not in force; a refusal is on record', async () => {
    const accountId = await buildAccount(server)
    const { accepted, refused } = await state(accountId, {
      statements: [
        { ...yes, textVersion: 2 },
        { ...yes, purpose: 'archive' },
      ],
    })
    expect(accepted).toEqual([])
    expect(refused.map((one) => one.refusals)).toEqual([
      [{ reason: 'text_not_active', count: 2, limit: 1 }],
      [{ reason: 'text_not_active', count: 1, limit: 0 }],
    ])
    expect(await rowsOf(accountId)).toEqual([])
    const trail = await trailOf(accountId)
    expect(trail.map((entry) => entry.event)).toEqual(['consent.refused_statement', 'consent.refused_statement'])
  })

  it.each([
    { says: 'by nobody known', given: { identity: 'unknown' as const }, reason: 'hcp_not_recognised' },
    { says: 'by the company', given: { channel: 'company' as const }, reason: 'channel_not_allowed' },
    { says: 'by a rep', given: { channel: 'rep_request' as const }, reason: 'channel_not_allowed' },
    {
      says: 'on paper, confirmed by nobody',
      given: { channel: 'paper' as const, evidence: { fileHash: 'f' } },
      reason: 'not_confirmed',
    },
    {
      says: 'on paper, confirmed by who entered it',
      given: { channel: 'paper' as const, evidence: { fileHash: 'f', enteredBy: 'p', confirmedBy: 'p' } },
      reason: 'not_confirmed',
    },
    {
      says: 'in an import without evidence',
      given: { channel: 'import' as const, evidence: { confirmedBy: 'p' } },
      reason: 'evidence_missing',
    },
    { says: 'for tomorrow', given: { statedAt: new Date(morning.getTime() + 86_400_000) }, reason: 'stated_in_future' },
  ])('a yes $says is none; a no is one whatever the circumstances', async ({ given, reason }) => {
    const accountId = await buildAccount(server)
    expect((await state(accountId, given)).refused[0]!.refusals).toEqual([{ reason }])
    for (const statement of ['declined', 'opted_out'] as const) {
      const said = await state(accountId, { ...given, statements: [{ ...yes, statement, textVersion: 77 }] })
      expect(said.accepted).toHaveLength(1)
    }
    expect(await standsOn(accountId)).toBe('withdrawn')
  })

  it('ten times at once under one request is one statement with one answer', async () => {
    const accountId = await buildAccount(server)
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => state(accountId, { requestId })))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]!.accepted[0]!.statedAt).toEqual(morning)
    expect(await rowsOf(accountId)).toHaveLength(1)
    expect(await trailOf(accountId)).toHaveLength(1)
    const other = state(accountId, { requestId, statements: [no] })
    await expect(other).rejects.toMatchObject({ code: 'request_id_reused' })
  })

  it('ten different ones in the same instant stand in the order they were decided', async () => {
    const accountId = await buildAccount(server)
    const statements = Array.from({ length: 10 }, (_, nth): ConsentStatement => (nth % 2 ? 'opted_out' : 'opted_in'))
    await Promise.all(statements.map((statement) => state(accountId, { statements: [{ ...yes, statement }] })))
    const rows = await server.owner
      .selectFrom('consent')
      .select(['statement', 'statedAt'])
      .where('accountId', '=', accountId)
      .orderBy('statedAt')
      .execute()
    expect(new Set(rows.map((row) => row.statedAt.getTime())).size).toBe(10)
    const last = rows.at(-1)!.statement
    expect(await standsOn(accountId)).toBe(last === 'opted_in' ? 'opted_in' : 'withdrawn')
  })

  it('now is the newest word, also when another server’s clock was ahead', async () => {
    const accountId = await buildAccount(server)
    await giveConsent(server, accountId, 'opted_in', new Date(morning.getTime() + 5_000))
    await state(accountId, { statements: [no] })
    server.clock.at = new Date(morning.getTime() + 10_000)
    expect(await standsOn(accountId)).toBe('withdrawn')
  })

  it('is told at once to every rep whose contact the HCP is, and to nobody else', async () => {
    const accountId = await buildAccount(server, { name: '单雪' })
    const [one, two, former, stranger] = await Promise.all([1, 2, 3, 4].map(() => buildRep(server)))
    for (const repId of [one!, two!, former!]) await buildContact(server, repId, accountId)
    await server.owner.updateTable('contactFollow').set({ following: 0 }).where('repId', '=', former!).execute()
    const { accepted } = await state(accountId, { statements: [no] })
    const owed = await server.owner.selectFrom('outbox').selectAll().where('subjectId', '=', accepted[0]!.id).execute()
    expect(owed.map((notice) => notice.toPerson).toSorted()).toEqual([one, two].toSorted())
    expect(owed.map((notice) => notice.toPerson)).not.toContain(stranger)
    expect(owed[0]).toMatchObject({ kind: 'consent' })
    expect(owed[0]!.body).toContain('单雪')
    const reading = await state(accountId, { statements: [{ ...no, purpose: 'reading_record', textVersion: 2 }] })
    const unheard = await server.owner
      .selectFrom('outbox')
      .select('id')
      .where('subjectId', '=', reading.accepted[0]!.id)
      .execute()
    expect(unheard).toEqual([])
  })

  it('by an account that is not ours is nothing', async () => {
    await expect(state('nobody')).rejects.toMatchObject({ code: 'account_not_found' })
  })
})
