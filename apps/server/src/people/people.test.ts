import { peopleEndpoints, type AskedInput, type PersonDetail, type PersonRow } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { buildColleague, eventsOf, type Colleague } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { endEmployment } from './member-queries.ts'
import { nameForSearch } from './name-for-search.ts'

let server: TestServer
let luo: Colleague
let auditor: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.owner.insertInto('territory').values({ code: 'east', name: '华东', nameEn: 'East' }).execute()
  await server.owner.insertInto('repGroup').values({ code: 'launch', name: '上市组', nameEn: 'Launch' }).execute()
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  for (const table of ['roleStep', 'roleChange', 'personRole', 'session', 'person', 'auditEntry'] as const)
    await server.owner.deleteFrom(table).execute()
  luo = await buildColleague(server, 'security_admin')
  auditor = await buildColleague(server, 'auditor')
})

type Filter = AskedInput<typeof peopleEndpoints.listPeople>
const list = async (filter: Filter = {}, who = auditor) =>
  (await call(server, who.cookie, peopleEndpoints.listPeople, filter)).body as {
    rows: PersonRow[]
    next: string | null
    mayAdd: boolean
    mayGrant: boolean
    granters: number
  }
const names = async (filter: Filter = {}) => (await list(filter)).rows.map(({ name }) => name)
const detailOf = async (personId: string, who = auditor) =>
  (await call(server, who.cookie, peopleEndpoints.loadPerson, { personId })).body as PersonDetail

describe('the people', () => {
  it('are listed by the sound of their names and found by it, by role and by what waits', async () => {
    await buildRep(server, { name: '张伟' })
    await buildRep(server, { name: '安丽', roles: ['author'] })
    const left = await buildRep(server, { name: '刘洋' })
    await buildRep(server, { name: '无名', roles: [] })
    await endEmployment(server.deps, { kind: 'system', id: 'test' }, left)
    await nameForSearch(server.deps)
    expect(await names()).toEqual(['安丽', 'auditor', 'security_admin', '无名', '张伟'])
    expect(await names({ query: 'zhangw' })).toEqual(['张伟'])
    expect(await names({ query: 'AL' })).toEqual(['安丽'])
    expect(await names({ query: '丽' })).toEqual(['安丽'])
    expect(await names({ query: '%' })).toEqual([])
    expect(await names({ role: 'author' })).toEqual(['安丽'])
    expect(await names({ role: 'none' })).toEqual(['无名'])
    expect(await names({ show: 'left' })).toEqual(['刘洋'])
    expect(await names({ waiting: 'yes' })).toEqual([])
    const [{ personId }] = (await list({ role: 'none' })).rows as [PersonRow]
    await call(server, luo.cookie, peopleEndpoints.proposeRole, {
      ...{ requestId: crypto.randomUUID(), personId, role: 'legal', until: null, territories: [], reason: '新同事' },
    })
    expect((await list({ waiting: 'yes' })).rows).toMatchObject([{ name: '无名', waiting: 1 }])
  })

  it('come page after page, each once', async () => {
    for (let nth = 0; nth < 60; nth += 1) await buildRep(server, { name: '王磊' })
    const found: string[] = []
    let cursor: string | null = null
    for (let pages = 0; pages < 2; pages += 1) {
      const page = await list({ role: 'rep', cursor })
      found.push(...page.rows.map(({ personId }) => personId))
      cursor = page.next
    }
    expect([new Set(found).size, cursor]).toEqual([60, null])
  })

  it('are seen by those who answer for access, and looking is on record without what was typed', async () => {
    await list({ query: '王磊' })
    const rows = await server.owner.selectFrom('auditEntry').select(['event', 'detail']).execute()
    expect(rows).toMatchObject([{ event: 'people.viewed', detail: { searched: true } }])
    expect(JSON.stringify(rows)).not.toContain('王磊')
    for (const role of ['author', 'manager', 'medical'])
      expect(await list({}, await buildColleague(server, role))).toMatchObject({ error: 'wrong_role' })
    expect(await list({}, luo)).toMatchObject({ mayAdd: true, mayGrant: true, granters: 1 })
    expect(await list()).toMatchObject({ mayAdd: false, mayGrant: false })
  })

  it('are looked at one by one, with what they hold and since when', async () => {
    const personId = await buildRep(server, { name: '王磊' })
    await server.signIn(personId)
    const detail = await detailOf(personId)
    expect(detail).toMatchObject({
      ...{ name: '王磊', products: ['PD1'], territories: ['east'], groups: [], filingNumber: 'F-1' },
      ...{ signedInAt: morning.toISOString(), employmentProvedAt: morning.toISOString(), mayGrant: false },
      holdings: [{ role: 'rep', since: null, approvedBy: '', mayTake: false }],
    })
    expect(await eventsOf(server, personId)).toEqual(['person.viewed'])
    expect(await detailOf('nobody')).toMatchObject({ error: 'not_found' })
  })
})

describe('what a rep sells', () => {
  const entitle = async (personId: string, change: object, who: Colleague) => {
    const { mark, products, territories, groups, filingNumber, filedUntil } = await detailOf(personId)
    const now = { products, territories, groups, filingNumber: filingNumber ?? '', filedUntil: filedUntil as null }
    return (
      await call(server, who.cookie, peopleEndpoints.entitleRep, {
        ...{ personId, mark, ...now, reason: '调整分工', ...change },
      })
    ).body
  }

  it('is set with a reason, what was and what is on record, over what was seen alone', async () => {
    const personId = await buildRep(server)
    const admin = await buildColleague(server, 'system_admin')
    const until = '2027-01-01T00:00:00.000Z'
    const change = { groups: ['launch'], products: [], filingNumber: 'F-2', filedUntil: until }
    const { mark } = await detailOf(personId)
    const first = await entitle(personId, change, admin)
    expect(first.outcome).toBe('done')
    expect(await detailOf(personId)).toMatchObject({ ...change, territories: ['east'], mark: first.mark })
    const entry = await server.owner
      .selectFrom('auditEntry')
      .select(['detail', 'reason'])
      .where('event', '=', 'rep.entitled')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({
      reason: '调整分工',
      detail: { before: { products: ['PD1'], groups: [], filingNumber: 'F-1' }, after: { products: [] } },
    })
    expect(await entitle(personId, { mark }, admin)).toMatchObject({ error: 'stale_revision' })
    expect(await entitle(personId, {}, admin)).toMatchObject({ reasons: ['nothing_changed'] })
    const strange = { products: ['X'], territories: ['moon'], groups: ['none'] }
    expect(await entitle(personId, strange, admin)).toMatchObject({
      reasons: ['unknown_product', 'unknown_territory', 'unknown_group'],
    })
    expect(await entitle(admin.id, { products: [] }, admin)).toMatchObject({ error: 'four_eyes' })
    expect(await entitle(personId, { products: [] }, luo)).toMatchObject({ error: 'wrong_role' })
  })

  it('is changed by one of ten at once', async () => {
    const personId = await buildRep(server)
    const admin = await buildColleague(server, 'system_admin')
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => entitle(personId, { filingNumber: `F-${nth + 5}` }, admin)),
    )
    const kept = await server.owner.selectFrom('auditEntry').select('id').where('event', '=', 'rep.entitled').execute()
    expect(kept).toHaveLength(answers.filter(({ outcome }) => outcome === 'done').length)
    expect(answers.every(({ outcome, error }) => outcome === 'done' || error === 'stale_revision')).toBe(true)
  })
})

describe('a colleague is added', () => {
  const add = async (userIds: string[], who = luo) =>
    (await call(server, who.cookie, peopleEndpoints.addPeople, { userIds })).body
  beforeEach(() => {
    server.told.members.clear()
    server.told.left.clear()
    server.told.members.set('Chen.Chen', '陈晨').set('gone', '走了')
    server.told.left.add('gone')
    server.told.unseen.add('far')
  })

  it('by the user id, with the name WeCom gives, and may do nothing yet', async () => {
    const { rows } = await add(['Chen.Chen', 'gone', 'nobody', 'far'])
    expect(rows).toMatchObject([
      { userId: 'Chen.Chen', outcome: 'added', name: '陈晨' },
      { userId: 'gone', outcome: 'not_employed', personId: null },
      { userId: 'nobody', outcome: 'unknown_to_wecom' },
      { userId: 'far', outcome: 'out_of_range' },
    ])
    const [added] = rows
    expect(await detailOf(added.personId)).toMatchObject({ name: '陈晨', roles: [], wecomUserId: 'Chen.Chen' })
    expect(await names({ query: 'chenchen' })).toEqual(['陈晨'])
    expect(await add(['chen.chen'])).toMatchObject({ rows: [{ outcome: 'known', personId: added.personId }] })
    expect(await add(['Chen.Chen'], auditor)).toMatchObject({ error: 'wrong_role' })
  })

  it('once by ten at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add(['Chen.Chen'])))
    expect(answers.filter(({ rows }) => rows[0].outcome === 'added')).toHaveLength(1)
    expect(new Set(answers.map(({ rows }) => rows[0].personId)).size).toBe(1)
  })

  it('again after they left, without what they held then', async () => {
    const [{ personId }] = (await add(['Chen.Chen'])).rows
    await server.owner.insertInto('personRole').values({ personId, role: 'author', until: null }).execute()
    await endEmployment(server.deps, { kind: 'system', id: 'test' }, personId)
    expect(await add(['Chen.Chen'])).toMatchObject({ rows: [{ outcome: 'back', personId }] })
    expect(await detailOf(personId)).toMatchObject({ status: 'active', leftAt: null, roles: [] })
  })

  it('or is told when WeCom cannot be asked, and nobody is added', async () => {
    server.told.down = true
    expect((await add(['Chen.Chen'])).error).toBe('busy')
    server.told.down = false
    expect(await names({ query: 'chen' })).toEqual([])
  })

  it('from those whom WeCom lets serve and who are not known here', async () => {
    server.told.contacts.set('wm-1', {
      ...{
        nickname: '医生',
        followers: [
          { userId: 'Chen.Chen', remark: '' },
          { userId: luo.wecomUserId, remark: '' },
        ],
      },
    })
    const { body } = await call(server, luo.cookie, peopleEndpoints.listNewcomers, {})
    expect(body).toEqual({ userIds: ['Chen.Chen'] })
    server.told.contacts.clear()
  })
})

describe('who had which role when', () => {
  it('[16] says who asked, who approved, the last review, and when access ended; guarded and on record', async () => {
    const wei = await buildColleague(server, 'security_admin')
    const personId = await buildRep(server, { name: '=陈晨', roles: [] })
    const until = '2026-06-30T10:00:00.000Z'
    const { body } = await call(server, luo.cookie, peopleEndpoints.proposeRole, {
      ...{ requestId: crypto.randomUUID(), personId, role: 'author', until, territories: [], reason: '新同事' },
    })
    await call(server, wei.cookie, peopleEndpoints.decideRole, {
      ...{ changeId: body.changeId, decision: 'approved', reason: '' },
    })
    await call(server, luo.cookie, peopleEndpoints.reviewRoles, { personId, roles: ['author'], reason: '季度复核' })
    server.clock.at = new Date(morning.getTime() + 5 * 60_000)
    await endEmployment(server.deps, { kind: 'system', id: 'test' }, personId)
    const filter = { show: 'left' as const }
    const shown = (await list(filter)).rows
    const taken = await call(server, auditor.cookie, peopleEndpoints.exportAccess, { ...filter, language: 'zh' })
    const lines = (taken.body.csv as string).split('\r\n')
    expect(taken.body).toMatchObject({ rows: shown.length, cut: false })
    expect(lines[0]?.startsWith('\ufeff"人员编号","姓名"')).toBe(true)
    expect(lines[1]).toBe(
      [
        ...[personId, `'=陈晨`, shown[0]?.wecomUserId, '已离职', '内容编辑', 'author', '2026-05-13 10:00:00 +08:00'],
        ...['2026-05-13 10:05:00 +08:00', '离职', '', 'security_admin', 'security_admin', '新同事', '', ''],
        ...['2026-05-13 10:00:00 +08:00', '', '2026-05-13 10:05:00 +08:00'],
      ]
        .map((cell) => `"${cell}"`)
        .join(),
    )
    expect(lines[2]).toContain('由 auditor 于 2026-05-13 10:05:00 +08:00 导出')
    server.clock.at = new Date(morning.getTime() + 11 * 60_000)
    const late = await call(server, auditor.cookie, peopleEndpoints.exportAccess, { ...filter, language: 'en' })
    expect(late.body.error).toBe('proof_needed')
  })
})
