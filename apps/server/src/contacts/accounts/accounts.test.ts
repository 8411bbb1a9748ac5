import { randomUUID } from 'node:crypto'
import { accountEndpoints, repEndpoints, type AccountDetail, type AccountRow, type AskedInput } from '@vouch/contract'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildOrdinary,
  buildRep,
  giveConsent,
} from '../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import type { AccountTable } from '../../db/tables/contacts.ts'
import { nameSound } from './name-sound.ts'

let server: TestServer
let clerk: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.owner
    .insertInto('territory')
    .values([
      { code: 'east', name: '华东' },
      { code: 'west', name: '西北' },
    ])
    .execute()
  await server.owner.insertInto('specialty').values({ code: 'oncology', name: '肿瘤' }).execute()
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  await server.owner.deleteFrom('account').execute()
  clerk = await buildColleague(server, 'compliance')
})

const named = (name: string, given: Partial<Insertable<AccountTable>> = {}) =>
  buildAccount(server, { name, nameSound: nameSound(name), nameSearch: `${name} x`, ...given })
type Filter = AskedInput<typeof accountEndpoints.listAccounts>
const list = async (filter: Filter = {}, who = clerk) =>
  (await call(server, who.cookie, accountEndpoints.listAccounts, filter)).body
const doctorsOf = (body: { rows: AccountRow[] }) => body.rows.map((row) => row.doctor)
const detail = async (accountId: string, who = clerk) =>
  (await call(server, who.cookie, accountEndpoints.loadAccount, { accountId })).body as AccountDetail
const eventsOf = async (event: 'accounts.viewed' | 'accounts.exported') =>
  server.owner.selectFrom('auditEntry').selectAll().where('event', '=', event).orderBy('id', 'desc').execute()

describe('the list of doctors', () => {
  it('stands in the order of their names’ sounds and goes on where it stopped', async () => {
    for (let nth = 0; nth < 31; nth += 1) await named('陈平')
    await named('张伟')
    await named('艾力')
    const first = await list()
    expect(first.rows).toHaveLength(30)
    expect(doctorsOf(first)[0]).toBe('艾力')
    const second = await list({ cursor: first.next })
    expect(doctorsOf(second)).toEqual(['陈平', '陈平', '张伟'])
    expect(second.next).toBeNull()
    const ids = [...first.rows, ...second.rows].map((row: AccountRow) => row.accountId)
    expect(new Set(ids).size).toBe(33)
    expect((await list({ cursor: 'drop table' })).error).toBe('bad_request')
    const [entry] = await eventsOf('accounts.viewed')
    expect(entry?.detail).toEqual({ shown: 3, show: 'active', searched: false })
  })

  it('is searched by name, pinyin, hospital, licence and the company’s code', async () => {
    const hospital = { id: 'h-2', name: '江城第一人民医院', shortName: '市一' }
    await server.owner.insertInto('hospital').ignore().values(hospital).execute()
    await named('张伟', { nameSearch: '张伟 zhangwei zw', licenceNumber: 'AA1', externalId: 'HCP-1' })
    await named('李敏', { nameSearch: '李敏 limin lm', licenceNumber: 'BB2', hospitalId: 'h-2' })
    for (const [query, found] of [
      ['张', ['张伟']],
      ['ZhangW', ['张伟']],
      ['lm', ['李敏']],
      ['市一', ['李敏']],
      ['江城第一', ['李敏']],
      ['aa', ['张伟']],
      ['hcp-1', ['张伟']],
      ['%', []],
      ['A1', []],
    ] as const)
      expect(doctorsOf(await list({ query })), query).toEqual(found)
  })

  it('shows by state, proof, contact and territory', async () => {
    const rep = await buildRep(server)
    const known = await named('甲', { territory: 'west' })
    await buildContact(server, rep, known)
    const gone = await named('乙', { hcpVerified: 0 })
    await buildContact(server, rep, gone, { following: 0 })
    await named('丙', { active: 0 })
    await named('丁', { active: 0, mergedInto: known })
    expect(doctorsOf(await list())).toEqual(['甲', '乙'])
    expect(doctorsOf(await list({ show: 'inactive' }))).toEqual(['丙'])
    expect(doctorsOf(await list({ show: 'merged' }))).toEqual(['丁'])
    expect(doctorsOf(await list({ show: 'all' }))).toHaveLength(4)
    expect(doctorsOf(await list({ verified: 'no' }))).toEqual(['乙'])
    expect(doctorsOf(await list({ contact: 'yes' }))).toEqual(['甲'])
    expect(doctorsOf(await list({ contact: 'no' }))).toEqual(['乙'])
    expect(doctorsOf(await list({ territory: 'west' }))).toEqual(['甲'])
    expect((await list({ contact: 'yes' })).rows[0]).toMatchObject({ contacts: 1, duplicates: 0, verified: true })
  })

  it('is exported as it is shown, with guarded cells and who took it, and that is on record', async () => {
    await named('=乙', { territory: 'west' })
    await named('甲', { licenceNumber: '110000000000011', verifiedSource: 'list' })
    const { body } = await call(server, clerk.cookie, accountEndpoints.exportAccounts, { language: 'zh' })
    const lines = (body.csv as string).split('\r\n')
    expect(lines[0]).toMatch(/^\ufeff"编号","医生编码","姓名"/)
    expect(lines.slice(1, 3).map((line) => line.split(',')[2])).toEqual(
      doctorsOf(await list()).map((name) => `"${name.replace('=', "'=")}"`),
    )
    expect(body.csv).toContain('"110000000000011","公司名单"')
    expect(lines[3]).toContain('compliance')
    expect(body).toMatchObject({ rows: 2, cut: false })
    const [entry] = await eventsOf('accounts.exported')
    expect(entry).toMatchObject({ actorId: clerk.id })
    expect(entry?.detail).toMatchObject({ rows: 2, cut: false, show: 'active' })
    const west = await call(server, clerk.cookie, accountEndpoints.exportAccounts, {
      language: 'en',
      territory: 'west',
    })
    expect(west.body.rows).toBe(1)
  })

  it('is exported whole and in order when it is long', async () => {
    const one = await server.owner
      .selectFrom('account')
      .selectAll()
      .where('id', '=', await named('甲'))
      .execute()
    const more = Array.from({ length: 1_200 }, (_, nth) => ({ ...one[0]!, id: `long-${String(nth).padStart(4, '0')}` }))
    await server.owner.insertInto('account').values(more).execute()
    const { body } = await call(server, clerk.cookie, accountEndpoints.exportAccounts, { language: 'zh' })
    const ids = (body.csv as string).split('\r\n').flatMap((line) => /^"(long-\d+)"/.exec(line)?.[1] ?? [])
    expect(body.rows).toBe(1_201)
    expect(ids).toEqual(more.map(({ id }) => id))
  })

  it('shows a manager their own territories and nobody else', async () => {
    const [east, west] = [await named('甲'), await named('乙', { territory: 'west' })]
    const manager = await buildColleague(server, 'manager')
    expect(await list({}, manager)).toMatchObject({ own: ['east'], mayWrite: false })
    expect(doctorsOf(await list({ show: 'all' }, manager))).toEqual(['甲'])
    expect(doctorsOf(await list({ territory: 'west' }, manager))).toEqual([])
    expect((await detail(east, manager)).doctor).toBe('甲')
    const foreign = await call(server, manager.cookie, accountEndpoints.loadAccount, { accountId: west })
    const nobody = await call(server, manager.cookie, accountEndpoints.loadAccount, { accountId: 'nobody' })
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' })
    await server.owner.deleteFrom('managedTerritory').where('personId', '=', manager.id).execute()
    expect(await list({}, manager)).toMatchObject({ rows: [], own: [] })
    const both = await buildColleague(server, 'manager', 'auditor')
    expect(doctorsOf(await list({}, both))).toHaveLength(2)
  })

  it('is shown to whom it concerns, and put right by fewer', async () => {
    const accountId = await named('甲')
    for (const role of ['author', 'medical', 'security_admin', 'rep'])
      expect((await list({}, await buildColleague(server, role))).error, role).toBe('wrong_role')
    const auditor = await buildColleague(server, 'auditor')
    expect((await detail(accountId, auditor)).mayWrite).toBe(false)
    const asked = { accountId, revision: 1, verified: true, licenceNumber: 'x', source: 'other', reason: 'r' } as const
    expect((await call(server, auditor.cookie, accountEndpoints.verifyAccount, asked)).body.error).toBe('wrong_role')
    const admin = await buildColleague(server, 'system_admin')
    expect((await call(server, admin.cookie, accountEndpoints.verifyAccount, asked)).body.outcome).toBe('done')
    expect((await detail(accountId, admin)).mayReadConsents).toBe(false)
  })
})

describe('one doctor', () => {
  it('is shown with proof, relations and standing', async () => {
    const rep = await buildRep(server)
    const accountId = await named('张伟', { post: '科主任', verifiedSource: 'registry', verifiedBy: clerk.id })
    await buildContact(server, rep, accountId)
    await giveConsent(server, accountId)
    const shown = await detail(accountId)
    expect(shown).toMatchObject({
      ...{ doctor: '张伟', post: '科主任', verified: true, verifiedSource: 'registry', verifiedBy: 'compliance' },
      ...{ mayWrite: true, mayReadConsents: true, sends: 0, duplicates: [], merges: [], assignments: [] },
    })
    expect(shown.relations).toMatchObject([{ rep: '王磊', nickname: '张伟 仁和', following: true, half: false }])
    expect(shown.standings[0]).toMatchObject({ purpose: 'receive', standing: 'opted_in' })
  })

  const values = (accountId: string) => ({
    ...{
      accountId,
      revision: 1,
      name: '张伟',
      title: '主任医师',
      post: '',
      department: '肿瘤内科',
      reason: '名片上如此',
    },
    ...{ specialty: 'oncology', territory: 'east', hospitalId: 'hospital-1', active: true },
  })
  const correct = (asked: AskedInput<typeof accountEndpoints.correctAccount>) =>
    call(server, clerk.cookie, accountEndpoints.correctAccount, asked)

  it('[R20] is put right with a reason, once, and what stood there before is kept in the trail alone', async () => {
    const accountId = await named('张伟')
    const asked = { ...values(accountId), name: '章伟', department: '放疗科' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => correct(asked)))
    expect(answers.filter(({ body }) => body.revision === 2)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'stale_revision')).toHaveLength(9)
    const shown = await detail(accountId)
    expect(shown).toMatchObject({
      doctor: '章伟',
      department: '放疗科',
      corrected: ['name', 'department'],
      revision: 2,
    })
    expect(shown.trail).toMatchObject([{ event: 'account.corrected', actor: 'compliance', reason: '名片上如此' }])
    expect(doctorsOf(await list({ query: 'zhangwei' }))).toEqual(['章伟'])
    const { detail: kept } = await server.db
      .selectFrom('auditEntry')
      .select('detail')
      .where('accountId', '=', accountId)
      .where('event', '=', 'account.corrected')
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(kept)).toContain('张伟')
  })

  it('takes a hospital, territory and specialty that exist', async () => {
    const accountId = await named('张伟')
    for (const [field, wrong] of [
      ['hospitalId', 'nowhere'],
      ['territory', '火星'],
      ['specialty', '占星'],
    ] as const)
      expect((await correct({ ...values(accountId), [field]: wrong })).body).toMatchObject({
        error: 'bad_request',
        field,
      })
    expect((await correct({ ...values(accountId), reason: ' ' })).body.error).toBe('bad_request')
    expect((await correct({ ...values('nobody') })).body.error).toBe('account_not_found')
  })

  it('is verified by a licence and how it is known, never by a number that holds a citizen id', async () => {
    const accountId = await named('张伟', { hcpVerified: 0, licenceNumber: null })
    const asked = {
      accountId,
      revision: 1,
      verified: true,
      licenceNumber: '',
      source: 'licence_seen',
      reason: '看过原件',
    } as const
    const verify = (given: object) => call(server, clerk.cookie, accountEndpoints.verifyAccount, { ...asked, ...given })
    expect((await verify({})).body).toEqual({ outcome: 'refused', reasons: ['licence_missing'] })
    expect((await verify({ licenceNumber: '1'.repeat(27) })).body.reasons).toEqual(['carries_id_number'])
    expect((await verify({ licenceNumber: '110000000000011' })).body).toEqual({ outcome: 'done', revision: 2 })
    expect(await detail(accountId)).toMatchObject({
      ...{
        verified: true,
        licenceNumber: '110000000000011',
        verifiedSource: 'licence_seen',
        verifiedAt: morning.toISOString(),
      },
      ...{ corrected: ['licence'] },
    })
  })

  it('[R18] learnt later to be no health professional gets nothing from then on, and no list undoes that', async () => {
    const { cookie, accountId, externalUserId, contentItemId } = await buildOrdinary(server)
    const send = async () => {
      const asked = { requestId: randomUUID(), externalUserId, contentItemId, kind: 'news' as const, again: true }
      return (await call(server, cookie, repEndpoints.authoriseSend, { ...asked, entry: 'single_chat_tools' })).body
    }
    expect((await send()).outcome).toBe('authorised')
    const { revision } = await server.owner
      .selectFrom('account')
      .select('revision')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    await call(server, clerk.cookie, accountEndpoints.verifyAccount, {
      ...{ accountId, revision, verified: false, licenceNumber: '', source: 'other', reason: '不是医务人员' },
    })
    const refused = (await send()).refusals.map(({ reason }: { reason: string }) => reason)
    expect(refused).toContain('hcp_not_verified')
    expect((await detail(accountId)).corrected).toContain('licence')
  })
})
