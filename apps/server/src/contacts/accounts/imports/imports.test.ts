import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { accountEndpoints, type AccountImport, type AccountImportRow } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../../test/office.ts'
import { call, morning, post, startTestServer, type TestServer } from '../../../../test/test-server.ts'
import { sha256 } from '../../../secrets.ts'
import { runAccountImports } from './run-account-imports.ts'

let server: TestServer
let clerk: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  clerk = await buildColleague(server, 'compliance')
})

const head = '医生编码,姓名,医院编码,医院,科室,职称,执业证号,片区,代表工号,生效日期,失效日期,状态'
let nth = 0
const code = () => `HCP-${String((nth += 1)).padStart(6, '0')}`
const line = (externalId: string, given: Partial<Record<string, string>> = {}) => {
  const cells = {
    ...{ name: '陈思远', hospitalCode: 'H-1', hospital: '江州市第一人民医院', department: '心内科', title: '主任医师' },
    ...{ licence: '110000000000011', territory: 'CN-E-03', rep: '', from: '', until: '', status: '在职', ...given },
  }
  return [externalId, ...Object.values(cells)].join(',')
}
/** The headings, and a doctor whose name has a dot, as Chinese Excel writes them. */
const gb18030 = Buffer.from(
  'd2bdc9fab1e0c2eb2cd0d5c3fb2cd2bdd4ba2cbfc6cad22cc6acc7f82cb4fab1edb9a4bac50d0a47422d3030303030312cb5' +
    'cfc0f6c5acb6fba1a4c2f2c2f2cce12cbdadd6ddcad0b5dad2bbc8cbc3f1d2bdd4ba2cc9f6c4dabfc62c434e2d452d30372c' +
    '0d0a',
  'hex',
)
const listOf = (...lines: string[]) => [head, ...lines].join('\r\n')

async function upload(csv: string | Buffer, who = clerk): Promise<string> {
  const bytes = Buffer.from(csv)
  const fileHash = sha256(bytes)
  await server.deps.files.put(`content/${fileHash}`, bytes)
  await server.owner
    .insertInto('storedFile')
    .ignore()
    .values({ fileHash, bytes: bytes.length, mime: 'text/csv', kind: 'csv', storedAt: morning, storedBy: who.id })
    .execute()
  const id = randomUUID().replaceAll('-', '').slice(0, 26)
  const endsAt = new Date(morning.getTime() + 86_400_000)
  await server.owner
    .insertInto('upload')
    .values({
      ...{ id, personId: who.id, purpose: 'import', fileName: '医生.csv', bytes: bytes.length, partBytes: 1_048_576 },
      ...{ sha256: null, state: 'stored', problem: null, fileHash, createdAt: morning, endsAt },
    })
    .execute()
  return id
}
const begin = async (csv: string | Buffer): Promise<string> => {
  const asked = { requestId: randomUUID(), uploadId: await upload(csv) }
  return (await call(server, clerk.cookie, accountEndpoints.startAccountImport, asked)).body.importId
}
const runOf = async (importId: string, who = clerk) => {
  const { body } = await call(server, who.cookie, accountEndpoints.listAccountImports, {})
  return (body.rows as AccountImport[]).find((run) => run.importId === importId)!
}
const step = (importId: string, action: 'write' | 'cancel', who = clerk) =>
  call(server, who.cookie, accountEndpoints.stepAccountImport, { importId, action })
/** Looked at, then written. */
async function bringIn(csv: string | Buffer): Promise<AccountImport> {
  const importId = await begin(csv)
  await runAccountImports(server.deps)
  await step(importId, 'write')
  await runAccountImports(server.deps)
  return runOf(importId)
}
const rowsOf = async (importId: string, show: '' | 'failed' | 'kept' = '') =>
  (await call(server, clerk.cookie, accountEndpoints.listAccountImportRows, { importId, show })).body
    .rows as AccountImportRow[]
const accountOf = (externalId: string) =>
  server.owner.selectFrom('account').selectAll().where('externalId', '=', externalId).executeTakeFirst()
const errorsOf = async (importId: string, lang = 'zh') =>
  (
    await post(server, clerk.cookie, `/api/console/accounts/imports/${importId}/errors.csv?lang=${lang}`, '', {
      method: 'GET',
    })
  ).body.text as string
const eventsOf = async (subjectId: string) =>
  (
    await server.owner
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', subjectId)
      .orderBy('id')
      .execute()
  ).map((row) => row.event)

describe('a list of doctors', () => {
  it('is looked at first and writes nothing then', async () => {
    const known = code()
    const importId = await begin(listOf(line(known), line(code(), { name: '' })))
    expect((await step(importId, 'write')).body).toEqual({ outcome: 'refused', reasons: ['not_checked'] })
    await runAccountImports(server.deps)
    expect(await runOf(importId)).toMatchObject({
      ...{ stage: 'checked', rowCount: 2, rowsDone: 2, rowsNew: 1, rowsFailed: 1, mayWrite: true, mayCancel: true },
    })
    expect(await rowsOf(importId)).toMatchObject([
      { number: 1, line: 2, outcome: 'new', notes: ['vacant'], accountId: null },
      { number: 2, line: 3, outcome: 'failed', field: 'name', problem: 'missing' },
    ])
    expect(await accountOf(known)).toBeUndefined()
    expect(await eventsOf(importId)).toEqual(['account_import.checked'])
  })

  it('brings doctors, hospitals, specialties and territories, and who serves them', async () => {
    const [externalId, repId] = [code(), await buildRep(server, { wecomUserId: 'R-77', wecomUserKey: 'r-77' })]
    const csv = `${head},专业,院区,职务\r\n${line(externalId, { rep: 'R-77', territory: 'CN-N-01' })},心血管介入,东院区,科主任`
    const run = await bringIn(csv)
    expect(run).toMatchObject({ stage: 'done', rowsNew: 1, rowsKept: 0, rowsFailed: 0 })
    const account = await accountOf(externalId)
    expect(account).toMatchObject({
      ...{
        name: '陈思远',
        title: '主任医师',
        post: '科主任',
        hospitalId: 'H-1',
        campus: '东院区',
        department: '心内科',
      },
      ...{ specialty: '心血管介入', territory: 'CN-N-01', licenceNumber: '110000000000011', hcpVerified: 1, active: 1 },
      ...{ verifiedSource: 'list', verifiedAt: morning, revision: 1, corrected: '' },
    })
    expect(account?.nameSearch).toContain('chensiyuan')
    expect(await eventsOf(account!.id)).toEqual(['account.added_by_list'])
    expect(await eventsOf(repId)).toEqual(['rep.territory_named'])
    const served = await server.owner.selectFrom('repTerritory').selectAll().where('repId', '=', repId).execute()
    expect(served.map((row) => row.territory).toSorted()).toEqual(['CN-N-01', 'east'])
    const hospital = await server.owner.selectFrom('hospital').selectAll().where('id', '=', 'H-1').executeTakeFirst()
    expect(hospital).toMatchObject({ name: '江州市第一人民医院' })
  })

  it('changes nothing when it comes again, whichever of the two writes', async () => {
    const csv = listOf(line(code()), line(code(), { name: '欧阳慧', licence: '' }))
    expect(await bringIn(csv)).toMatchObject({ rowsNew: 2, rowsChanged: 0 })
    expect(await bringIn(csv)).toMatchObject({ rowsNew: 0, rowsChanged: 0, rowsUnchanged: 2 })
    const once = listOf(line(code()))
    const ids = await Promise.all([begin(once), begin(once)])
    await runAccountImports(server.deps)
    await Promise.all(ids.map((id) => step(id, 'write')))
    await Promise.all(Array.from({ length: 10 }, () => runAccountImports(server.deps)))
    const runs = await Promise.all(ids.map((id) => runOf(id)))
    expect(runs.map((run) => [run.stage, run.rowsDone])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
    expect(runs.map((run) => run.rowsNew + run.rowsUnchanged)).toEqual([1, 1])
    expect(runs.reduce((sum, run) => sum + run.rowsNew, 0)).toBe(1)
  })

  it('is written once, however often it is said so', async () => {
    const importId = await begin(listOf(line(code())))
    await runAccountImports(server.deps)
    const answers = await Promise.all(Array.from({ length: 10 }, () => step(importId, 'write')))
    for (const { body } of answers) expect(body).toEqual({ outcome: 'done' })
    expect(await eventsOf(importId)).toEqual(['account_import.checked', 'account_import.released'])
  })

  it('changes what the list says and tells which row it was', async () => {
    const externalId = code()
    await bringIn(listOf(line(externalId)))
    const run = await bringIn(listOf(line(externalId, { title: '副主任医师', department: '心血管内科' })))
    expect(run).toMatchObject({ rowsChanged: 1, rowsNew: 0 })
    const account = await accountOf(externalId)
    expect(account).toMatchObject({ title: '副主任医师', department: '心血管内科', revision: 2, compareDue: 1 })
    const [entry] = await server.owner
      .selectFrom('auditEntry')
      .select(['actorKind', 'actorId', 'detail'])
      .where('subjectId', '=', account!.id)
      .where('event', '=', 'account.changed_by_list')
      .execute()
    expect(entry).toMatchObject({ actorKind: 'admin', actorId: clerk.id })
    expect(entry?.detail).toMatchObject({
      before: { title: '主任医师', department: '心内科' },
      after: { title: '副主任医师', department: '心血管内科' },
    })
  })

  it('never takes a proof away, and says so', async () => {
    const externalId = code()
    await bringIn(listOf(line(externalId)))
    const run = await bringIn(listOf(line(externalId, { licence: '' })))
    expect(run).toMatchObject({ rowsUnchanged: 1, rowsKept: 1 })
    expect((await rowsOf(run.importId, 'kept'))[0]?.notes).toEqual(['kept:licence', 'vacant'])
    expect(await accountOf(externalId)).toMatchObject({ hcpVerified: 1, licenceNumber: '110000000000011' })
  })

  it('leaves alone what a person put right, value by value, until it is let go', async () => {
    const externalId = code()
    await bringIn(listOf(line(externalId)))
    const { id, revision } = (await accountOf(externalId))!
    const values = {
      ...{ accountId: id, name: '陈思远', title: '教授级主任医师', post: '', department: '心内科', specialty: '' },
      ...{ territory: 'CN-E-03', hospitalId: 'H-1', active: true, reason: '证书上如此' },
    }
    const corrected = await call(server, clerk.cookie, accountEndpoints.correctAccount, { ...values, revision })
    expect(corrected.body).toEqual({ revision: 2 })
    const again = listOf(line(externalId, { department: '心血管内科' }))
    const run = await bringIn(again)
    expect(run).toMatchObject({ rowsChanged: 1, rowsKept: 1 })
    expect((await rowsOf(run.importId))[0]?.notes).toContain('kept:title')
    expect(await accountOf(externalId)).toMatchObject({ title: '教授级主任医师', department: '心血管内科' })

    const letGo = { ...values, department: '心血管内科', revision: 3, letGo: ['title' as const] }
    await call(server, clerk.cookie, accountEndpoints.correctAccount, letGo)
    await bringIn(again)
    expect(await accountOf(externalId)).toMatchObject({ title: '主任医师', corrected: '' })
  })

  it('never says that somebody is verified whom a person says is not', async () => {
    const externalId = code()
    await bringIn(listOf(line(externalId)))
    const { id, revision } = (await accountOf(externalId))!
    const asked = { accountId: id, revision, verified: false, licenceNumber: '', source: 'registry' as const }
    const answer = await call(server, clerk.cookie, accountEndpoints.verifyAccount, { ...asked, reason: '查无此证' })
    expect(answer.body).toEqual({ outcome: 'done', revision: 2 })
    await bringIn(listOf(line(externalId)))
    expect(await accountOf(externalId)).toMatchObject({ hcpVerified: 0, licenceNumber: null, verifiedSource: null })
  })

  it('has a row for each who serves a doctor, and an ended one opens no territory', async () => {
    const [externalId, later, rep] = [code(), code(), await buildRep(server)]
    const { wecomUserId } = await server.owner
      .selectFrom('person')
      .select('wecomUserId')
      .where('id', '=', rep)
      .executeTakeFirstOrThrow()
    const run = await bringIn(
      listOf(
        line(externalId, { rep: wecomUserId.toUpperCase(), territory: 'T-OLD', until: '2026-02-28' }),
        line(externalId, { rep: wecomUserId, territory: 'T-NOW', from: '2026-03-01' }),
        line(externalId, { rep: 'nobody-at-all', territory: 'T-NOW' }),
        line(externalId, { name: '另一人', territory: 'T-NOW' }),
        line(later, { rep: wecomUserId, territory: 'T-SOON', from: '2026-09-01' }),
      ),
    )
    const rows = await rowsOf(run.importId)
    expect(rows.map((row) => [row.outcome, row.problem || row.notes.join(' ')])).toEqual([
      ['new', 'ended'],
      ['changed', ''],
      ['unchanged', 'rep_unknown'],
      ['failed', 'differs_from_row'],
      ['new', 'later'],
    ])
    const account = await accountOf(externalId)
    expect(account).toMatchObject({ territory: 'T-NOW', name: '陈思远' })
    const served = await server.owner.selectFrom('repTerritory').selectAll().where('repId', '=', rep).execute()
    expect(served.map((row) => row.territory).toSorted()).toEqual(['T-NOW', 'east'])
    const assigned = server.owner.selectFrom('accountAssignment').selectAll().where('accountId', '=', account!.id)
    expect(await assigned.execute()).toHaveLength(2)
  })

  it('stops sends to who left, and keeps everything about them', async () => {
    const externalId = code()
    await bringIn(listOf(line(externalId)))
    expect(await bringIn(listOf(line(externalId, { status: '退休' })))).toMatchObject({ rowsChanged: 1 })
    expect(await accountOf(externalId)).toMatchObject({ active: 0, hcpVerified: 1 })
  })

  it.each([
    ['a number of 27 digits in any column', { department: '202611110000000000000000000' }, 'carries_id_number'],
    ['a licence a spreadsheet destroyed', { licence: '1.10E+14' }, 'spreadsheet_number'],
    ['a licence of another length', { licence: '1100' }, 'licence_length'],
    ['a day as a number', { from: '46054' }, 'date_serial'],
    ['a day that is none', { from: '2026-02-30' }, 'date_unknown'],
    ['days the wrong way round', { from: '2026-05-01', until: '2026-04-01' }, 'dates_reversed'],
    ['a post in the place of the title', { title: '副主任' }, 'title_is_post'],
    ['a character that was lost', { name: '王?' }, 'characters_lost'],
    ['a department in the place of a person', { name: '药剂科' }, 'not_a_person'],
    ['an unknown status', { status: '在家' }, 'value_unknown'],
    ['a name that is too long', { name: '长'.repeat(81) }, 'too_long'],
    ['a hospital code with other signs', { hospitalCode: 'H 1' }, 'not_valid'],
  ] as const)('refuses %s', async (_, given, problem) => {
    const externalId = code()
    const importId = await begin(listOf(line(externalId, given), line(code())))
    await runAccountImports(server.deps)
    expect(await rowsOf(importId, 'failed')).toMatchObject([{ line: 2, problem }])
    const errors = await errorsOf(importId)
    expect(errors.split('\r\n')).toHaveLength(3)
    expect(errors).not.toContain('202611110000000000000000000')
    expect(errors).not.toContain(problem) // every problem has its words
    expect(await errorsOf(importId, 'en')).toContain('Column at fault')
  })

  it('reads the sample of the trade as it should be read', async () => {
    const path = new URL('../../../../test/lists/hcp-import.csv', import.meta.url)
    const bytes = readFileSync(path)
    const importId = await begin(bytes)
    await runAccountImports(server.deps)
    const rows = await rowsOf(importId)
    expect(rows.map((row) => [row.line, row.outcome, row.problem || row.notes.join(' ')])).toEqual([
      [2, 'new', 'rep_unknown'],
      [3, 'new', 'rep_unknown'],
      [4, 'unchanged', 'rep_unknown'],
      [5, 'new', 'rep_unknown'],
      [6, 'new', 'vacant'],
      [7, 'failed', 'spreadsheet_number'],
      [8, 'failed', 'carries_id_number'],
      [9, 'new', ''],
    ])
  })

  it('is read in GB 18030, as Chinese Excel writes it', async () => {
    const run = await bringIn(gb18030)
    expect(run).toMatchObject({ stage: 'done', rowsNew: 1 })
    expect(await accountOf('GB-000001')).toMatchObject({
      name: '迪丽努尔·买买提',
      department: '肾内科',
      hcpVerified: 0,
    })
  })

  it('tells at once when it cannot be read as a whole', async () => {
    const importId = await begin('医生编码,姓名\r\n1,甲')
    await runAccountImports(server.deps)
    expect(await runOf(importId)).toMatchObject({ stage: 'failed', problem: 'heading_missing', about: 'hospital_name' })
    expect(await eventsOf(importId)).toEqual(['account_import.failed'])
  })

  it('can be stopped; what is written stays, and the same list goes on from there', async () => {
    const codes = Array.from({ length: 120 }, code)
    const csv = listOf(...codes.map((one) => line(one)))
    const importId = await begin(csv)
    await runAccountImports(server.deps)
    await step(importId, 'write')
    expect((await step(importId, 'cancel')).body).toEqual({ outcome: 'done' })
    expect((await step(importId, 'cancel')).body).toEqual({ outcome: 'done' })
    await runAccountImports(server.deps)
    expect(await runOf(importId)).toMatchObject({ stage: 'cancelled', rowsDone: 0, mayWrite: false, mayCancel: false })
    expect(await accountOf(codes[0]!)).toBeUndefined()
    expect(await bringIn(csv)).toMatchObject({ stage: 'done', rowsNew: 120 })
    const done = await begin(csv)
    await runAccountImports(server.deps)
    await step(done, 'write')
    await runAccountImports(server.deps)
    expect((await step(done, 'cancel')).body).toEqual({ outcome: 'refused', reasons: ['over'] })
  })

  it('is nobody’s matter but theirs who keep the doctors', async () => {
    const [author, auditor, manager] = [
      await buildColleague(server, 'author'),
      await buildColleague(server, 'auditor'),
      await buildColleague(server, 'manager'),
    ]
    const importId = await begin(listOf(line(code())))
    await runAccountImports(server.deps)
    const list = (who: Colleague) => call(server, who.cookie, accountEndpoints.listAccountImports, {})
    expect((await list(author)).body.error).toBe('wrong_role')
    expect((await list(manager)).body.error).toBe('wrong_role')
    expect((await list(auditor)).body.rows[0]).toMatchObject({ mayWrite: false, mayCancel: false })
    expect((await step(importId, 'write', auditor)).body.error).toBe('wrong_role')
  })
})
