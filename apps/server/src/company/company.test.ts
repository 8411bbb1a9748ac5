import { companyEndpoints, type AskedInput, type CompanyList } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece, buildRep } from '../../test/builders.ts'
import { buildColleague, type Colleague } from '../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../test/test-server.ts'
import { indexPieces } from '../content/search/index-pieces.ts'
import { findCompany } from '../evidence/queries.ts'
import { foundCompany } from './found-company.ts'

let server: TestServer
let admin: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  admin = await buildColleague(server, 'system_admin')
})
afterAll(() => server.stop())
beforeEach(async () => {
  for (const table of ['company', 'product', 'specialty', 'repGroup', 'auditEntry'] as const)
    await server.owner.deleteFrom(table).execute()
  await foundCompany(server.deps)
})

const words = {
  ...{ name: '海明药业', nameEn: 'Haiming Pharma', safetyPhone: '400-600-1234' },
  ...{ safetyEmail: 'safety@haiming.example', privacyEmail: '' },
}
const load = async (who = admin) => (await call(server, who.cookie, companyEndpoints.loadCompany, {})).body
const change = async (given: Partial<AskedInput<typeof companyEndpoints.changeCompany>> = {}, who = admin) => {
  const { mark } = await load(who)
  return call(server, who.cookie, companyEndpoints.changeCompany, { ...words, mark, reason: '第一次填写', ...given })
}
const kn1 = { list: 'products' as CompanyList, code: 'KN1', name: '示例单抗', nameEn: 'Examplimab', reason: '新产品' }
const add = async (given: Partial<typeof kn1> = {}) =>
  (await call(server, admin.cookie, companyEndpoints.addChoice, { ...kn1, ...given })).body
const markOf = async (list: CompanyList, code: string): Promise<string> =>
  (await load())[list].find((choice: { code: string }) => choice.code === code)?.mark ?? 'a0'
const rename = async (name: string, mark: string, list: CompanyList = 'products', code = 'KN1') => {
  const asked = { list, code, mark, name, nameEn: name, reason: '改了名称' }
  return (await call(server, admin.cookie, companyEndpoints.renameChoice, asked)).body
}
const remove = async (list: CompanyList = 'products', code = 'KN1') => {
  const asked = { list, code, mark: await markOf(list, code), reason: '填错了' }
  return (await call(server, admin.cookie, companyEndpoints.removeChoice, asked)).body
}
const told = async () =>
  server.owner
    .selectFrom('auditEntry')
    .select(['event', 'subjectId', 'actorId', 'reason', 'detail'])
    .where('event', 'regexp', '^(company|choice)')
    .orderBy('id')
    .execute()
const done = { outcome: 'done' }

describe('a company that nobody named', () => {
  it('has its one row however many servers start at once, and a later start changes nothing of it', async () => {
    await server.owner.deleteFrom('company').execute()
    await Promise.all(Array.from({ length: 10 }, () => foundCompany(server.deps)))
    expect(await server.owner.selectFrom('company').select(['id', 'name']).execute()).toEqual([{ id: 1, name: '' }])
    await change()
    await foundCompany(server.deps)
    expect((await load()).words).toEqual(words)
  })

  it('is not told to doctors until it has a name', async () => {
    expect(await findCompany(server.db)).toBeUndefined()
    await change()
    expect(await findCompany(server.db)).toEqual(words)
  })
})

describe('who may', () => {
  it.each(['system_admin', 'security_admin', 'compliance', 'compliance_officer', 'auditor'])(
    '%s reads',
    async (role) => {
      const { mayChange, products } = await load(await buildColleague(server, role))
      expect([mayChange, products]).toEqual([role === 'system_admin', []])
    },
  )

  it.each(['security_admin', 'compliance', 'compliance_officer', 'auditor'])('%s changes nothing', async (role) => {
    const who = await buildColleague(server, role)
    expect((await change({}, who)).body.error).toBe('wrong_role')
    for (const endpoint of [companyEndpoints.addChoice, companyEndpoints.renameChoice, companyEndpoints.removeChoice])
      expect((await call(server, who.cookie, endpoint, kn1 as never)).body.error).toBe('wrong_role')
    expect(await told()).toEqual([])
  })

  it.each(['author', 'manager', 'medical', 'legal'])('%s does not look', async (role) => {
    expect((await load(await buildColleague(server, role))).error).toBe('wrong_role')
  })
})

describe('what the company is called', () => {
  it('is on record as it was and as it is, only what changed, and why', async () => {
    await change()
    expect((await change({ privacyEmail: 'privacy@haiming.example', reason: '补邮箱' })).body).toEqual(done)
    const [, entry] = await told()
    expect(entry).toMatchObject({ event: 'company.changed', actorId: admin.id, reason: '补邮箱' })
    expect(entry?.detail).toEqual({
      before: { privacyEmail: '' },
      after: { privacyEmail: 'privacy@haiming.example' },
    })
  })

  it('is said once by ten who say the same, and of ten who say different things one alone is heard', async () => {
    const { mark } = await load()
    await Promise.all(Array.from({ length: 10 }, () => change({ mark })))
    expect(await told()).toHaveLength(1)
    const seen = (await load()).mark
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => change({ mark: seen, name: `海明 ${nth} 药业` })),
    )
    const now = await load()
    expect(answers.filter(({ body }) => body.outcome === 'done')).toHaveLength(1)
    expect(answers.filter(({ body }) => body.outcome === 'overtaken')).toHaveLength(9)
    expect(answers.find(({ body }) => body.outcome === 'overtaken')?.body.words).toEqual(now.words)
    expect(await told()).toHaveLength(2)
  })

  it.each([
    { says: 'no name', given: { name: '  ' }, field: 'name' },
    { says: 'a telephone nobody can dial', given: { safetyPhone: 'javascript:alert(1)' }, field: 'safetyPhone' },
    { says: 'no mail address', given: { safetyEmail: 'safety' }, field: 'safetyEmail' },
    { says: 'markup in an address', given: { privacyEmail: '"><b>@x.cn' }, field: 'privacyEmail' },
    { says: 'no reason', given: { reason: '' }, field: 'reason' },
  ])('is refused with $says', async ({ given, field }) => {
    expect(await change(given)).toMatchObject({ status: 400, body: { error: 'bad_request', field } })
  })

  it('is words and never markup on the page of a doctor', async () => {
    await change({ name: '<img src=x onerror=alert(1)>', nameEn: '<script>alert(1)</script>' })
    const page = await (await fetch(`${server.url}/l/${'n'.repeat(22)}`)).text()
    expect(page).not.toMatch(/<img src=x|<script>alert/)
  })
})

describe('the lists', () => {
  it('take a code once, whoever asks how often, and not in other capitals', async () => {
    expect(await Promise.all(Array.from({ length: 10 }, () => add()))).toEqual(Array.from({ length: 10 }, () => done))
    expect((await load()).products).toMatchObject([{ code: 'KN1', name: '示例单抗', used: false }])
    expect(await add({ code: 'kn1' })).toMatchObject({ outcome: 'refused', reason: 'code_taken', now: { code: 'KN1' } })
    expect(await add({ code: 'KN 1' })).toMatchObject({ error: 'bad_request', field: 'code' })
    expect(await told()).toMatchObject([{ event: 'choice.added', subjectId: 'KN1' }])
  })

  it.each(['products', 'specialties', 'repGroups'] as const)(
    '%s are added, called otherwise and taken out',
    async (list) => {
      await add({ list })
      expect(await rename('新名', await markOf(list, 'KN1'), list)).toEqual(done)
      expect((await load())[list]).toMatchObject([{ code: 'KN1', name: '新名', nameEn: '新名' }])
      expect(await remove(list)).toEqual(done)
      expect(await remove(list)).toEqual(done)
      expect((await load())[list]).toEqual([])
      const entries = await told()
      expect(entries.map(({ event }) => event)).toEqual(['choice.added', 'choice.renamed', 'choice.removed'])
      expect(entries[1]?.detail).toMatchObject({
        ...{ list, before: { name: '示例单抗' }, after: { name: '新名' } },
      })
    },
  )

  it('tell a slower one what stands there now', async () => {
    await add()
    const seen = await markOf('products', 'KN1')
    await rename('甲', seen)
    expect(await rename('乙', seen)).toMatchObject({ outcome: 'refused', reason: 'overtaken', now: { name: '甲' } })
    await remove()
    expect(await rename('乙', seen)).toEqual({ outcome: 'refused', reason: 'gone', now: null })
  })

  it('keep what a piece, a rep, a doctor or their wish names', async () => {
    for (const code of ['A', 'B', 'C', 'D']) await add({ code })
    await add({ list: 'specialties', code: 'S1' })
    await add({ list: 'specialties', code: 'S2' })
    await add({ list: 'repGroups', code: 'G1' })
    await add({ list: 'repGroups', code: 'G2' })
    const piece = await buildPiece(server)
    await server.owner
      .updateTable('contentItem')
      .set({ product: 'A', audience: 'S0,S1', repGroups: 'G0,G1' })
      .where('id', '=', piece)
      .execute()
    const repId = await buildRep(server)
    await server.owner.insertInto('repProduct').values({ repId, product: 'B' }).execute()
    await server.owner.insertInto('repGroupMember').values({ repId, code: 'G2' }).execute()
    const wish = { accountId: 'a-1', mostPerMonth: null, quietFrom: null, quietUntil: null, revision: 1 }
    await server.owner
      .insertInto('accountWish')
      .values({ ...wish, unwanted: 'X,C', changedAt: server.deps.now() })
      .execute()
    for (const code of ['A', 'B', 'C']) expect(await remove('products', code)).toMatchObject({ reason: 'in_use' })
    expect(await remove('products', 'D')).toEqual(done)
    expect(await remove('specialties', 'S1')).toMatchObject({ reason: 'in_use' })
    expect(await remove('specialties', 'S2')).toEqual(done)
    for (const code of ['G1', 'G2']) expect(await remove('repGroups', code)).toMatchObject({ reason: 'in_use' })
    const { products } = await load()
    expect(products.map(({ code, used }: { code: string; used: boolean }) => [code, used])).toEqual([
      ...[['A', true], ['B', true], ['C', true]], // prettier-ignore
    ])
    await server.owner.deleteFrom('accountWish').execute()
  })

  it('let a piece be found by what its product is called now', async () => {
    await add({ code: 'N1' })
    const piece = await buildPiece(server)
    await server.owner.updateTable('contentItem').set({ product: 'N1' }).where('id', '=', piece).execute()
    await rename('康宁达', await markOf('products', 'N1'), 'products', 'N1')
    await indexPieces(server.deps)
    const row = await server.owner
      .selectFrom('contentItem')
      .select('searchText')
      .where('id', '=', piece)
      .executeTakeFirst()
    expect(row?.searchText).toContain('康宁达')
  })
})
