import { randomUUID } from 'node:crypto'
import { peopleEndpoints, policyEndpoints, type AskedInput, type PersonDetail } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../../test/builders.ts'
import { buildColleague, eventsOf, type Colleague } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { endEmployment } from '../member-queries.ts'

let server: TestServer
let luo: Colleague
let wei: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.owner.insertInto('territory').values({ code: 'east', name: '华东', nameEn: 'East' }).execute()
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  for (const table of ['roleChange', 'roleStep', 'outbox', 'personRole', 'managedTerritory'] as const)
    await server.owner.deleteFrom(table).execute()
  luo = await buildColleague(server, 'security_admin')
  wei = await buildColleague(server, 'security_admin')
})

type Asked = Partial<AskedInput<typeof peopleEndpoints.proposeRole>>
const propose = async (personId: string, asked: Asked = {}, who = luo) =>
  (
    await call(server, who.cookie, peopleEndpoints.proposeRole, {
      ...{ requestId: randomUUID(), personId, role: 'author', until: null, territories: [], reason: '新同事' },
      ...asked,
    })
  ).body
type Decision = AskedInput<typeof peopleEndpoints.decideRole>['decision']
const decide = async (changeId: string, who = wei, decision: Decision = 'approved', reason = '不需要') =>
  (await call(server, who.cookie, peopleEndpoints.decideRole, { changeId, decision, reason })).body
type Role = AskedInput<typeof peopleEndpoints.takeRole>['role']
const take = async (personId: string, role: Role, who = luo) =>
  (await call(server, who.cookie, peopleEndpoints.takeRole, { personId, role, reason: '换岗位了' })).body
const rolesOf = async (personId: string) =>
  (
    await server.owner
      .selectFrom('personRole')
      .select('role')
      .where('personId', '=', personId)
      .orderBy('role')
      .execute()
  ).map(({ role }) => role)
const told = async (kind: string) =>
  (await server.owner.selectFrom('outbox').select('toPerson').where('kind', '=', kind).execute())
    .map(({ toPerson }) => toPerson)
    .toSorted()
const newcomer = () => buildRep(server, { roles: [], name: '陈晨' })

describe('a role', () => {
  it('[A48] is asked for by one, approved by another, and then lets its holder do what it says', async () => {
    const personId = await newcomer()
    const { changeId, inForce } = await propose(personId, { role: 'compliance' })
    expect(inForce).toBe(false)
    expect(await rolesOf(personId)).toEqual([])
    expect(await told('role_change')).toEqual([wei.id])
    expect(await decide(changeId)).toEqual({ outcome: 'done' })
    expect(await rolesOf(personId)).toEqual(['compliance'])
    expect(await told('role_decided')).toEqual([luo.id, personId].toSorted())
    const cookie = await server.signIn(personId, 'console')
    expect((await call(server, cookie, policyEndpoints.loadPolicy, {})).status).toBe(200)
    expect(await eventsOf(server, personId)).toEqual(['role.asked', 'role.granted'])
    expect(
      await server.owner
        .selectFrom('roleStep')
        .select(['personId', 'role', 'what', 'at', 'proposedBy', 'decidedBy', 'changeId', 'reason'])
        .execute(),
    ).toEqual([
      {
        ...{ personId, role: 'compliance', what: 'granted', at: morning, proposedBy: luo.id, decidedBy: wei.id },
        ...{ changeId, reason: '新同事' },
      },
    ])
  })

  it('[A48] nobody asks for their own, approves their own, or approves what they asked for', async () => {
    expect(await propose(luo.id)).toEqual({ outcome: 'refused', reasons: ['own_role'] })
    const mine = await propose(wei.id)
    expect(await decide(mine.changeId)).toEqual({ outcome: 'refused', reasons: ['own_role'] })
    expect(await decide(mine.changeId, luo)).toEqual({ outcome: 'refused', reasons: ['own_change'] })
    expect(await decide(mine.changeId, wei, 'declined')).toEqual({ outcome: 'refused', reasons: ['own_role'] })
    expect(await eventsOf(server, luo.id)).toEqual(['role.refused'])
    expect(await rolesOf(wei.id)).toEqual(['security_admin'])
  })

  it('is declined with a reason, or taken back by who asked', async () => {
    const personId = await newcomer()
    const first = await propose(personId)
    expect((await decide(first.changeId, wei, 'declined', '')).error).toBe('bad_request')
    expect(await decide(first.changeId, wei, 'taken_back')).toEqual({ outcome: 'refused', reasons: ['own_change'] })
    expect(await decide(first.changeId, wei, 'declined')).toEqual({ outcome: 'done' })
    expect(await decide(first.changeId)).toEqual({ outcome: 'refused', reasons: ['already_decided'] })
    const second = await propose(personId)
    expect(await propose(personId, {}, wei)).toEqual({ outcome: 'refused', reasons: ['another_open'] })
    expect(await decide(second.changeId, luo, 'taken_back')).toEqual({ outcome: 'done' })
    expect(await rolesOf(personId)).toEqual([])
    expect(await told('role_decided')).toEqual([luo.id])
  })

  it('is not approved once whoever asked grants roles no longer, and can be declined', async () => {
    const personId = await newcomer()
    const { changeId } = await propose(personId)
    await take(luo.id, 'security_admin', wei)
    expect(await decide(changeId)).toEqual({ outcome: 'refused', reasons: ['asker_lost_right'] })
    expect(await rolesOf(personId)).toEqual([])
    expect(await decide(changeId, wei, 'declined')).toEqual({ outcome: 'done' })
    expect(await eventsOf(server, personId)).toEqual(['role.asked', 'role.refused', 'role.declined'])
  })

  it('is asked for once, and approved once, by ten at once', async () => {
    const personId = await newcomer()
    const requestId = randomUUID()
    const asked = await Promise.all(Array.from({ length: 10 }, () => propose(personId, { requestId })))
    expect(new Set(asked.map(({ changeId }) => changeId)).size).toBe(1)
    const others = await Promise.all(Array.from({ length: 10 }, () => propose(personId, { role: 'medical' })))
    expect(others.filter(({ outcome }) => outcome === 'proposed')).toHaveLength(1)
    const answers = await Promise.all(Array.from({ length: 10 }, () => decide(asked[0].changeId)))
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    expect(await server.owner.selectFrom('roleStep').select('id').execute()).toHaveLength(1)
    expect(await told('role_decided')).toHaveLength(2)
  })

  it('[R30] is weighed again at approval: of two that exclude each other one comes into force', async () => {
    const personId = await newcomer()
    const system = await propose(personId, { role: 'system_admin' })
    const security = await propose(personId, { role: 'security_admin' }, wei)
    const answers = await Promise.all([decide(system.changeId), decide(security.changeId, luo)])
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused'])
    expect(answers.find(({ outcome }) => outcome === 'refused').reasons).toEqual(['admins_exclude'])
    expect(await rolesOf(personId)).toHaveLength(1)
  })

  it('of a manager comes with territories, which are written where they are read', async () => {
    const personId = await newcomer()
    expect(await propose(personId, { role: 'manager' })).toMatchObject({ reasons: ['territory_needed'] })
    expect(await propose(personId, { role: 'manager', territories: ['moon'] })).toMatchObject({
      reasons: ['unknown_territory'],
    })
    const { changeId } = await propose(personId, { role: 'manager', territories: ['east'] })
    await decide(changeId)
    const managed = () => server.owner.selectFrom('managedTerritory').selectAll().execute()
    expect(await managed()).toEqual([{ personId, territory: 'east' }])
    expect(await take(personId, 'manager')).toEqual({ outcome: 'done' })
    expect(await managed()).toEqual([])
  })

  it('of an auditor ends by itself', async () => {
    const personId = await newcomer()
    expect(await propose(personId, { role: 'auditor' })).toMatchObject({ reasons: ['end_needed'] })
    const until = new Date(morning.getTime() + 3_600_000).toISOString()
    await decide((await propose(personId, { role: 'auditor', until })).changeId)
    server.clock.at = new Date(morning.getTime() + 3_600_001)
    const cookie = await server.signIn(personId, 'console')
    expect((await call(server, cookie, policyEndpoints.loadPolicy, {})).body.error).toBe('wrong_role')
  })

  it('needs a proof of who one is that is not older than ten minutes', async () => {
    const personId = await newcomer()
    server.clock.at = new Date(morning.getTime() + 11 * 60_000)
    expect((await propose(personId)).error).toBe('proof_needed')
    expect((await take(personId, 'author')).error).toBe('proof_needed')
    expect((await decide('x')).error).toBe('proof_needed')
  })
})

describe('a role is taken away', () => {
  it('at once, by one person, and with it what it opened', async () => {
    const author = await buildColleague(server, 'author')
    expect(await take(author.id, 'author')).toEqual({ outcome: 'done' })
    server.clock.at = new Date(morning.getTime() + 1_001)
    expect((await call(server, author.cookie, policyEndpoints.loadPolicy, {})).body.error).toBe('not_signed_in')
    expect(await told('role_taken')).toEqual([author.id, wei.id].toSorted())
    expect(await eventsOf(server, author.id)).toEqual(['role.taken'])
    expect(await take(author.id, 'author')).toEqual({ outcome: 'refused', reasons: ['not_held'] })
  })

  it('and the others stay: whoever is also a rep goes on sending', async () => {
    const both = await buildColleague(server, 'author', 'rep')
    const rep = await server.signIn(both.id, 'rep')
    await take(both.id, 'author')
    server.clock.at = new Date(morning.getTime() + 1_001)
    const sessions = await server.owner
      .selectFrom('session')
      .select(['face', 'endedWhy'])
      .where('personId', '=', both.id)
      .orderBy('face')
      .execute()
    expect(sessions).toEqual([
      { face: 'console', endedWhy: 'role_taken' },
      { face: 'rep', endedWhy: null },
    ])
    expect(rep).toBeTruthy()
  })

  it('never of the last security administrator, though both try at once', async () => {
    const answers = await Promise.all([take(wei.id, 'security_admin'), take(luo.id, 'security_admin', wei)])
    const done = answers.filter(({ outcome }) => outcome === 'done')
    expect(done).toHaveLength(1)
    const last = (await rolesOf(luo.id)).length > 0 ? luo : wei
    expect(await take(last.id, 'security_admin', last)).toEqual({
      outcome: 'refused',
      reasons: ['last_security_admin'],
    })
  })

  it('with everything else when somebody left, and those who grant hear of it', async () => {
    const personId = await buildRep(server, { roles: ['rep', 'author'], name: '刘洋' })
    const { changeId } = await propose(personId, { role: 'medical' })
    const actor = { kind: 'system' as const, id: 'test' }
    const left = await Promise.all(Array.from({ length: 10 }, () => endEmployment(server.deps, actor, personId)))
    expect(left.filter(Boolean)).toHaveLength(1)
    expect(await rolesOf(personId)).toEqual([])
    expect(await decide(changeId)).toMatchObject({ reasons: ['already_decided'] })
    expect(await told('person_left')).toEqual([luo.id, wei.id].toSorted())
    expect(await propose(personId)).toMatchObject({ reasons: ['left'] })
    const steps = await server.owner.selectFrom('roleStep').select(['role', 'what']).orderBy('role').execute()
    expect(steps).toEqual([
      { role: 'author', what: 'left' },
      { role: 'rep', what: 'left' },
    ])
  })
})

describe('where too few grant roles', () => {
  const buildLocal = (role = 'system_admin') =>
    buildRep(server, { roles: [role], wecomUserId: 'local:root', wecomUserKey: `local:${randomUUID()}` })
  const asColleague = async (id: string): Promise<Colleague> => ({
    ...{ id, wecomUserId: '', cookie: await server.signIn(id, 'console') },
  })

  it('a local administrator is the second person, and no longer once there are two', async () => {
    const local = await asColleague(await buildLocal())
    const { changeId } = await propose(await newcomer())
    expect(await decide(changeId, local)).toMatchObject({ error: 'wrong_role' })
    await take(wei.id, 'security_admin')
    expect(await decide(changeId, local)).toEqual({ outcome: 'done' })
  })

  it.each(['system_admin', 'security_admin'])('a local %s names the first one alone, and nobody else', async (role) => {
    await server.owner.deleteFrom('personRole').execute()
    const local = await asColleague(await buildLocal(role))
    const personId = await newcomer()
    expect(await propose(local.id, { role: 'security_admin' }, local)).toMatchObject({ outcome: 'refused' })
    expect(await propose(personId, { role: 'author' }, local)).toMatchObject({ inForce: false })
    expect(await propose(personId, { role: 'security_admin' }, local)).toMatchObject({ inForce: true })
    expect(await rolesOf(personId)).toEqual(['security_admin'])
    expect(await propose(await newcomer(), { role: 'security_admin' }, local)).toMatchObject({ inForce: false })
  })
})

describe('who may look and act', () => {
  it('a review counts for what was seen, and never for oneself', async () => {
    const author = await buildColleague(server, 'author')
    const review = async (personId: string, roles: Role[], who = luo) =>
      (await call(server, who.cookie, peopleEndpoints.reviewRoles, { personId, roles, reason: '季度复核' })).body
    expect((await review(author.id, ['author', 'rep'])).error).toBe('stale_revision')
    expect((await review(luo.id, ['security_admin'])).error).toBe('four_eyes')
    expect(await review(author.id, ['author'])).toEqual({ reviewedAt: morning.toISOString() })
    const detail = (await call(server, luo.cookie, peopleEndpoints.loadPerson, { personId: author.id }))
      .body as PersonDetail
    expect(detail.reviewedAt).toBe(morning.toISOString())
    expect(detail.history).toMatchObject([{ what: 'reviewed', reason: '季度复核' }])
  })

  it('who sets policy grants no roles, and who grants roles sets no policy', async () => {
    const officer = await buildColleague(server, 'compliance_officer')
    expect((await propose(await newcomer(), {}, officer)).error).toBe('wrong_role')
    const page = await call(server, luo.cookie, policyEndpoints.loadPolicy, {})
    expect(page.body).toMatchObject({ mayPropose: false, mayDecide: false })
    const taken = await call(server, luo.cookie, policyEndpoints.decidePolicyChange, {
      ...{ changeId: 'x', decision: 'approved', reason: '' },
    })
    expect(taken.body.error).toBe('wrong_role')
  })
})
