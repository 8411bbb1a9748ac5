import { randomUUID } from 'node:crypto'
import { policyEndpoints, repEndpoints, type AskedInput, type PolicyPage, type PolicyVersion } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary, buildPiece } from '../../test/builders.ts'
import { buildColleague, eventsOf, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
let officer: Colleague
let second: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.owner.insertInto('company').values({ id: 1, name: '示例药业', nameEn: 'Example' }).execute()
  officer = await buildColleague(server, 'compliance_officer')
  second = await buildColleague(server, 'compliance')
})
afterAll(() => server.stop())
beforeEach(async () => {
  await moveTo(morning)
  await server.owner.deleteFrom('policyChange').execute()
  await server.owner.deleteFrom('policyPreview').execute()
  await server.owner.deleteFrom('policy').where('version', '>', 1).execute()
})

/** So long after, that they have to sign in again. */
async function moveTo(at: Date): Promise<void> {
  server.clock.at = at
  for (const who of [officer, second]) who.cookie = await server.signIn(who.id, 'console')
}
const hour = 3_600_000
const later = (hours: number) => new Date(morning.getTime() + hours * hour)
const settings = {
  ...{ sendsPerMonth: 4, quietFrom: 22 * 60, quietUntil: 8 * 60, sameItemDays: 14, askAgainDays: 90 },
  ...{ consentDays: null, disclaimerMode: 1 as const, matchReview: 'off' as const, employmentProofMinutes: 15 },
  ...{ contactProofHours: 24, vaultProofMinutes: null, ticketSeconds: 90, unknownAfterSeconds: 600 },
  ...{ signInEveryTime: false, market: 'CN' },
}
type Proposal = Partial<AskedInput<typeof policyEndpoints.proposePolicy>>
const propose = (who: Colleague, given: Proposal = {}) =>
  call(server, who.cookie, policyEndpoints.proposePolicy, {
    ...{ requestId: randomUUID(), baseVersion: 1, ...settings, sendsPerMonth: 2, holdsFrom: null },
    ...{ reason: '医生投诉太多', ...given },
  })
const decide = (who: Colleague, changeId: string, decision: 'approved' | 'declined' | 'taken_back', reason = '') =>
  call(server, who.cookie, policyEndpoints.decidePolicyChange, { changeId, decision, reason })
const page = async (who = officer) =>
  (await call(server, who.cookie, policyEndpoints.loadPolicy, {})).body as PolicyPage
const proposed = async (given: Proposal = {}) => (await propose(officer, given)).body.changeId as string
const told = (subjectId: string) =>
  server.owner.selectFrom('outbox').select(['kind', 'toPerson']).where('subjectId', '=', subjectId).execute()

describe('a change of the policy', () => {
  it('holds from its date, once a second person approved it', async () => {
    const changeId = await proposed({ holdsFrom: later(5).toISOString() })
    expect(await page()).toMatchObject({
      ...{ inForce: { version: 1 }, scheduled: null, mayPropose: false, mayDecide: false },
      change: { changeId, settings: { sendsPerMonth: 2 }, mine: true, reason: '医生投诉太多' },
    })
    expect(await told(changeId)).toEqual([{ kind: 'policy_change', toPerson: second.id }])
    expect((await page(second)).mayDecide).toBe(true)
    expect((await decide(second, changeId, 'approved')).body).toEqual({
      ...{ outcome: 'done', version: 2, holdsFrom: later(5).toISOString() },
    })
    expect(await page()).toMatchObject({ inForce: { version: 1 }, scheduled: { version: 2 }, change: null })
    await moveTo(later(5))
    expect(await page()).toMatchObject({
      ...{ inForce: { version: 2, settings: { sendsPerMonth: 2 } }, scheduled: null },
    })
    expect(await eventsOf(server, changeId)).toEqual(['policy.change_proposed', 'policy.change_approved'])
    expect((await told(changeId)).map(({ kind }) => kind).toSorted()).toEqual(['policy_change', 'policy_decided'])
  })

  it('holds from its approval when the asked date has passed by then, and never before', async () => {
    const changeId = await proposed({ holdsFrom: later(1).toISOString() })
    await moveTo(later(3))
    expect((await decide(second, changeId, 'approved')).body.holdsFrom).toBe(later(3).toISOString())
    expect((await propose(officer, { baseVersion: 2, holdsFrom: later(2).toISOString() })).body).toEqual({
      ...{ outcome: 'refused', reasons: ['nothing_changed', 'too_early'] },
    })
  })

  it('is not approved by whoever asked, nor by two of whom none answers for compliance', async () => {
    const own = await proposed()
    expect((await decide(officer, own, 'approved')).body.reasons).toEqual(['own_change'])
    expect((await decide(second, own, 'taken_back')).body.reasons).toEqual(['own_change'])
    expect((await decide(officer, own, 'taken_back')).body).toMatchObject({ outcome: 'done', version: null })
    expect(await eventsOf(server, own)).toEqual([
      ...['policy.change_proposed', 'policy.change_refused', 'policy.change_refused', 'policy.change_taken_back'],
    ])
    const changeId = (await propose(second)).body.changeId
    const third = await buildColleague(server, 'compliance')
    expect((await decide(third, changeId, 'approved')).body.reasons).toEqual(['needs_officer'])
    expect((await decide(officer, changeId, 'approved')).body).toMatchObject({ outcome: 'done', version: 2 })
    expect((await decide(third, changeId, 'declined', '太严了')).body.reasons).toEqual(['already_decided'])
  })

  it('is not approved once whoever asked may ask for none any more, and can be declined', async () => {
    const third = await buildColleague(server, 'compliance')
    const { changeId } = (await propose(third)).body
    await server.owner.deleteFrom('personRole').where('personId', '=', third.id).execute()
    expect((await decide(officer, changeId, 'approved')).body).toEqual({
      ...{ outcome: 'refused', reasons: ['asker_lost_right'] },
    })
    expect(await page()).toMatchObject({ inForce: { version: 1 }, change: { changeId }, mayDecide: true })
    expect((await decide(officer, changeId, 'declined', '提的人换岗了')).body).toMatchObject({ outcome: 'done' })
    expect(await eventsOf(server, changeId)).toEqual([
      ...['policy.change_proposed', 'policy.change_refused', 'policy.change_declined'],
    ])
  })

  it('is declined with a reason, and then nothing changes', async () => {
    const changeId = await proposed()
    expect(await decide(second, changeId, 'declined')).toMatchObject({ status: 400, body: { field: 'reason' } })
    expect((await decide(second, changeId, 'declined', '先看一个月')).body).toMatchObject({ outcome: 'done' })
    expect(await page()).toMatchObject({ inForce: { version: 1 }, scheduled: null, change: null })
    expect(await eventsOf(server, changeId)).toEqual(['policy.change_proposed', 'policy.change_declined'])
  })

  it('follows the newest version, one at a time', async () => {
    const requestId = randomUUID()
    const first = await propose(officer, { requestId })
    expect((await propose(officer, { requestId })).body).toEqual(first.body)
    expect((await propose(second)).body.reasons).toEqual(['another_open'])
    await decide(second, first.body.changeId, 'approved')
    expect((await propose(officer)).body.reasons).toEqual(['newer_version', 'nothing_changed'])
    expect((await propose(officer, { baseVersion: 2, sendsPerMonth: 5 })).body.outcome).toBe('proposed')
  })

  it('does not begin before one that is still to come', async () => {
    const changeId = await proposed({ holdsFrom: later(48).toISOString() })
    await decide(second, changeId, 'approved')
    const early = { baseVersion: 2, sendsPerMonth: 3, holdsFrom: later(24).toISOString() }
    expect((await propose(officer, early)).body.reasons).toEqual(['too_early'])
    const same = { ...early, holdsFrom: later(48).toISOString() }
    expect((await propose(officer, same)).body.outcome).toBe('proposed')
  })

  it.each([
    ['sendsPerMonth', 0],
    ['quietFrom', 1440],
    ['sameItemDays', 91],
    ['consentDays', 5],
    ['market', 'C N'],
    ['ticketSeconds', 1],
  ])('takes no %s of %s, with which nobody could work', async (field, value) => {
    expect(await propose(officer, { [field]: value })).toMatchObject({ status: 400, body: { field } })
  })

  it('ten at once: one change is open, and one decision is heard', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, (_, nth) => propose(nth % 2 ? officer : second)))
    const won = asked.filter(({ body }) => body.outcome === 'proposed')
    expect(won).toHaveLength(1)
    const others = asked.filter((answer) => !won.includes(answer))
    expect(others.every(({ body }) => body.reasons?.[0] === 'another_open' || body.error === 'busy')).toBe(true)
    const [{ proposedBy }] = (await server.owner.selectFrom('policyChange').select('proposedBy').execute()) as [
      { proposedBy: string },
    ]
    const decider = proposedBy === officer.id ? second : officer
    const decided = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        decide(decider, won[0]?.body.changeId, nth % 2 ? 'approved' : 'declined', '试一试'),
      ),
    )
    expect(decided.filter(({ body }) => body.outcome === 'done')).toHaveLength(1)
    expect((await server.owner.selectFrom('policy').select('version').execute()).length).toBeLessThanOrEqual(2)
  })

  it('is shown in the history with what it changed', async () => {
    await decide(second, await proposed(), 'approved')
    await moveTo(later(1))
    const next = { baseVersion: 2, ...settings, sendsPerMonth: 2, quietFrom: 0, quietUntil: 0, consentDays: 365 }
    await decide(second, await proposed({ ...next, holdsFrom: later(9).toISOString() }), 'approved')
    const history = await call(server, officer.cookie, policyEndpoints.listPolicyVersions, {})
    const rows = history.body.rows as PolicyVersion[]
    expect(rows.map(({ version, life }) => [version, life])).toEqual([
      ...[
        [3, 'scheduled'],
        [2, 'in_force'],
        [1, 'ended'],
      ],
    ])
    expect(rows[0]?.differences).toEqual([
      { setting: 'quietFrom', before: '1320', after: '0' },
      { setting: 'quietUntil', before: '480', after: '0' },
      { setting: 'consentDays', before: '', after: '365' },
    ])
    expect(rows[1]).toMatchObject({ proposedBy: 'compliance_officer', approvedBy: 'compliance', heldUntil: null })
    expect(rows[2]).toMatchObject({ proposedBy: '', heldUntil: morning.toISOString(), differences: [] })
  })
})

describe('who', () => {
  it('sees it, and who changes it', async () => {
    for (const role of ['auditor', 'system_admin']) {
      const reader = await buildColleague(server, role)
      expect(await page(reader)).toMatchObject({ inForce: { version: 1 }, mayPropose: false })
      expect((await propose(reader)).body.error).toBe('wrong_role')
      expect((await decide(reader, 'x', 'approved')).body.error).toBe('wrong_role')
    }
    const author = await buildColleague(server, 'author')
    for (const [endpoint, input] of [
      [policyEndpoints.loadPolicy, {}],
      [policyEndpoints.listPolicyVersions, {}],
      [policyEndpoints.previewPolicy, { requestId: randomUUID(), ...settings }],
      [policyEndpoints.lookAtPolicyPreview, { previewId: 'x' }],
      [policyEndpoints.listPreviewExamples, { previewId: 'x', effect: 'blocked' }],
    ] as const)
      expect((await call(server, author.cookie, endpoint, input as never)).body.error).toBe('wrong_role')
    expect((await decide(officer, 'nothing', 'approved')).body.error).toBe('not_found')
  })
})

describe('the gate', () => {
  it('decides under the version of its moment and keeps its number', async () => {
    const ordinary = await buildOrdinary(server)
    const send = async () =>
      call(server, ordinary.cookie, repEndpoints.authoriseSend, {
        ...{
          requestId: randomUUID(),
          externalUserId: ordinary.externalUserId,
          contentItemId: await buildPiece(server),
        },
        ...{ kind: 'news' as const, entry: 'single_chat_tools' as const },
      })
    await decide(second, await proposed({ sendsPerMonth: 1, holdsFrom: later(0.1).toISOString() }), 'approved')
    expect((await send()).body.outcome).toBe('authorised')
    server.clock.at = new Date(later(0.1).getTime() - 1)
    expect((await send()).body.outcome).toBe('authorised')
    server.clock.at = later(0.1)
    expect((await send()).body).toMatchObject({ refusals: [{ reason: 'cap_reached', limit: 1 }] })
    const rows = await server.owner
      .selectFrom('send')
      .select('policyVersion')
      .where('accountId', '=', ordinary.accountId)
      .orderBy('id')
      .execute()
    expect(rows.map(({ policyVersion }) => policyVersion)).toEqual([1, 1, 2])
  })
})
