import { randomUUID } from 'node:crypto'
import { consentEndpoints, type ConsentImport } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany } from '../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, morning, post, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { sha256 } from '../../secrets.ts'
import { loadStanding } from '../load-standing.ts'
import { runConsentImports } from './run-consent-imports.ts'

let server: TestServer
let clerk: Colleague
let judge: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  clerk = await buildColleague(server, 'compliance')
  judge = await buildColleague(server, 'compliance_officer')
})

const headings = '医生编号,目的,表示,表示日期,同意书版本,语言,证据所在'

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
      ...{ id, personId: who.id, purpose: 'import', fileName: '旧同意.csv', bytes: bytes.length, partBytes: 1_048_576 },
      ...{ sha256: null, state: 'stored', problem: null, fileHash, createdAt: morning, endsAt },
    })
    .execute()
  return id
}
const begin = async (csv: string | Buffer, given: { requestId?: string; uploadId?: string } = {}) =>
  call(server, clerk.cookie, consentEndpoints.startConsentImport, {
    ...{ requestId: randomUUID(), uploadId: given.uploadId ?? (await upload(csv)), ...given },
  })
const runOf = async (importId: string, who = judge) => {
  const { body } = await call(server, who.cookie, consentEndpoints.listConsentImports, {})
  return (body.rows as ConsentImport[]).find((run) => run.importId === importId)!
}
const release = (importId: string, who = judge) =>
  call(server, who.cookie, consentEndpoints.releaseConsentImport, { importId })
/** Looked at, released by the second person and written. */
async function bringIn(csv: string | Buffer): Promise<ConsentImport> {
  const { importId } = (await begin(csv)).body
  await runConsentImports(server.deps)
  await release(importId)
  await runConsentImports(server.deps)
  return runOf(importId)
}
const rowsOf = (accountId: string) =>
  server.owner.selectFrom('consent').selectAll().where('accountId', '=', accountId).execute()
const standsOn = async (accountId: string) => (await loadStanding(server.db, accountId, morning))[0]!.standing.state
const errorsOf = async (importId: string, lang = 'zh') =>
  (
    await post(server, judge.cookie, `/api/console/consents/imports/${importId}/errors.csv?lang=${lang}`, '', {
      method: 'GET',
    })
  ).body.text as string
const eventsOf = async (importId: string) =>
  (
    await server.owner
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', importId)
      .orderBy('id')
      .execute()
  ).map((row) => row.event)

describe('earlier consents', () => {
  it('are looked at, released by a second person, and written with their evidence', async () => {
    const accountId = await buildAccount(server)
    const { importId } = (await begin(`${headings}\n${accountId},接收资料,同意,2026-03-01,1,zh-CN,档案室 03 批 118 页`))
      .body
    expect((await release(importId)).body).toEqual({ outcome: 'refused', reasons: ['not_checked'] })
    await runConsentImports(server.deps)
    expect(await runOf(importId)).toMatchObject({
      stage: 'checked',
      rowCount: 1,
      rowsNew: 1,
      rowsFailed: 0,
      mayRelease: true,
    })
    expect(await rowsOf(accountId)).toEqual([])
    expect((await runOf(importId, clerk)).mayRelease).toBe(false)
    expect((await release(importId, clerk)).body).toEqual({ outcome: 'refused', reasons: ['own_entry'] })

    const answers = await Promise.all(Array.from({ length: 10 }, () => release(importId)))
    for (const { body } of answers) expect(body).toEqual({ outcome: 'released' })
    await Promise.all([runConsentImports(server.deps), runConsentImports(server.deps)])
    expect(await runOf(importId)).toMatchObject({
      stage: 'done',
      rowsDone: 1,
      rowsNew: 1,
      releasedBy: 'compliance_officer',
    })
    const [row, ...more] = await rowsOf(accountId)
    expect(more).toEqual([])
    expect(row).toMatchObject({ statement: 'opted_in', channel: 'import', identity: 'earlier_system', textVersion: 1 })
    expect(row!.statedAt).toEqual(new Date('2026-02-28T16:00:00Z'))
    expect(JSON.parse(row!.evidence)).toMatchObject({
      ...{ runId: importId, row: 2, source: '档案室 03 批 118 页', enteredBy: clerk.id, confirmedBy: judge.id },
    })
    expect(await eventsOf(importId)).toEqual([
      ...['consent_import.refused', 'consent_import.checked', 'consent_import.refused'],
      ...['consent_import.released', 'consent_import.done'],
    ])
  })

  it('without evidence a yes is a claim and never a consent; a no counts as it stands', async () => {
    const [claimed, refused] = [await buildAccount(server), await buildAccount(server)]
    const run = await bringIn(
      `${headings}\n${claimed},接收资料,同意,2026-03-01,,,\n${refused},接收资料,撤回,2026-03-01,,,`,
    )
    expect(run).toMatchObject({ stage: 'done', rowsNew: 1, rowsClaimed: 1, rowsFailed: 0 })
    expect([await standsOn(claimed), await standsOn(refused)]).toEqual(['never', 'withdrawn'])
    expect(await rowsOf(claimed)).toEqual([])
    const { body } = await call(server, judge.cookie, consentEndpoints.lookAtConsents, { accountId: claimed })
    expect(body.claims).toMatchObject([{ purpose: 'receive', claimed: 'opted_in' }])
  })

  it('brought in again, in another list and order, change nothing', async () => {
    const accountId = await buildAccount(server)
    const [yes, claim] = [`${accountId},receive,yes,2026/3/1,v1,,p. 1`, `${accountId},reading_record,yes,2026-03-01,,,`]
    await bringIn(`${headings}\n${yes}\n${claim}`)
    const again = await bringIn(
      `account_id;evidence;purpose;statement;stated_on;text_version\n${accountId};p. 1;receive;yes;2026-03-01;1`,
    )
    expect(again).toMatchObject({ rowsNew: 0, rowsUnchanged: 1 })
    expect(await bringIn(`${headings}\n${claim}`)).toMatchObject({ rowsClaimed: 0, rowsUnchanged: 1 })
    expect(await rowsOf(accountId)).toHaveLength(1)
  })

  it('older than a withdrawal do not undo it', async () => {
    const accountId = await buildAccount(server)
    await bringIn(`${headings}\n${accountId},接收资料,撤回,2026-04-01,,,来信`)
    await bringIn(`${headings}\n${accountId},接收资料,同意,2026-03-01,,,旧系统`)
    expect(await standsOn(accountId)).toBe('withdrawn')
  })

  it('that are at fault are told row by row, in a list that can be put right and brought in', async () => {
    const accountId = await buildAccount(server)
    const bad = [
      `nobody,接收资料,同意,2026-03-01,1,,证据`,
      `${accountId},销售,同意,2026-03-01,1,,证据`,
      `${accountId},接收资料,也许,2026-03-01,1,,证据`,
      `${accountId},接收资料,同意,三月一日,1,,证据`,
      `${accountId},接收资料,同意,2026-02-30,1,,证据`,
      `${accountId},接收资料,同意,2027-03-01,1,,证据`,
      `${accountId},接收资料,同意,2026-03-01,x,,证据`,
      `${accountId},聊天存档,同意,2026-03-01,1,,=证据`,
      `${accountId},接收资料,同意,2026-03-01,1,de,证据`,
      `${accountId},接收资料,同意,2026-03-01,1,,${'长'.repeat(401)}`,
    ]
    const run = await bringIn(`${headings}\n# 备注,,,,,,\n${bad.join('\n')}`)
    expect(run).toMatchObject({ stage: 'done', rowCount: 10, rowsFailed: 10, rowsNew: 0 })
    const kept = await server.owner
      .selectFrom('consentImportRow')
      .select(['line', 'problem'])
      .where('runId', '=', run.importId)
      .where('stage', '=', 'writing')
      .orderBy('number')
      .execute()
    expect(kept.map((row) => row.problem)).toEqual([
      ...['account_unknown', 'value_unknown', 'value_unknown', 'date_unknown', 'date_unknown', 'stated_in_future'],
      ...['value_unknown', 'text_not_active', 'value_unknown', 'too_long'],
    ])
    expect(kept[0]!.line).toBe(3)
    const errors = await errorsOf(run.importId)
    expect(errors).toContain('"没有这位医生"')
    expect(errors).toContain(`"'=证据"`)
    expect(await errorsOf(run.importId, 'en')).toContain('"No such doctor"')
    const fixed = errors
      .replace(/"nobody"/, `"${accountId}"`)
      .split('\r\n')
      .slice(0, 2)
      .join('\n')
    expect(await bringIn(fixed)).toMatchObject({ rowsNew: 1, rowsFailed: 0 })
  })

  it.each([
    {
      says: 'without the column for evidence',
      csv: '医生编号,目的,表示,表示日期\na,接收资料,同意,2026-03-01',
      problem: 'heading_missing',
      about: 'evidence',
    },
    {
      says: 'with a column twice',
      csv: `${headings},purpose\na,接收资料,同意,2026-03-01,,,,receive`,
      problem: 'heading_twice',
      about: 'purpose',
    },
    { says: 'with nothing in it', csv: headings, problem: 'list_empty', about: '' },
    { says: 'in no known writing', csv: Buffer.from([0xff, 0xfe, 0x00]), problem: 'list_encoding', about: '' },
  ])('a list $says is no list', async ({ csv, problem, about }) => {
    const { importId } = (await begin(csv)).body
    await runConsentImports(server.deps)
    expect(await runOf(importId)).toMatchObject({ stage: 'failed', problem, about })
    expect(await eventsOf(importId)).toEqual(['consent_import.failed'])
  })

  it('is begun once under one request, by compliance, with a list of one’s own', async () => {
    const uploadId = await upload(`${headings}\na,接收资料,同意,2026-03-01,,,x`)
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => begin('', { requestId, uploadId })))
    expect(new Set(answers.map(({ body }) => body.importId)).size).toBe(1)
    expect((await begin('', { requestId, uploadId: await upload('y') })).body.error).toBe('request_id_reused')
    expect((await begin('', { uploadId: await upload('z', judge) })).body.error).toBe('upload_not_found')
    expect((await release('nobody')).body.error).toBe('upload_not_found')
    const auditor = await buildColleague(server, 'auditor')
    const asked = { requestId: randomUUID(), uploadId }
    expect((await call(server, auditor.cookie, consentEndpoints.startConsentImport, asked)).body.error).toBe(
      'wrong_role',
    )
    expect((await release(answers[0]!.body.importId, auditor)).body.error).toBe('wrong_role')
    expect((await call(server, auditor.cookie, consentEndpoints.listConsentImports, {})).body.mayStart).toBe(false)
    const author = await buildColleague(server, 'author')
    expect((await call(server, author.cookie, consentEndpoints.listConsentImports, {})).body.error).toBe('wrong_role')
  })

  it('stops when who released it may no longer', async () => {
    const accountId = await buildAccount(server)
    const { importId } = (await begin(`${headings}\n${accountId},接收资料,同意,2026-03-01,1,,证据`)).body
    await runConsentImports(server.deps)
    await release(importId)
    await server.owner.deleteFrom('personRole').where('personId', '=', judge.id).execute()
    await runConsentImports(server.deps)
    judge = await buildColleague(server, 'compliance')
    expect(await runOf(importId)).toMatchObject({ stage: 'failed', problem: 'wrong_role' })
    expect(await rowsOf(accountId)).toEqual([])
  })
})
