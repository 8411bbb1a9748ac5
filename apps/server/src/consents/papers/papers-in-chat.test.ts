import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { consentEndpoints, repEndpoints, type ConsentPaper } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildRep } from '../../../test/builders.ts'
import { memoryFiles } from '../../../test/memory-files.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { hashOf, sendPart, uploader } from '../../../test/uploads.ts'
import { sniffFile } from '../../content/inspect/sniff-file.ts'
import { assembleUploads } from '../../uploads/assemble-uploads.ts'

let server: TestServer
let judge: Colleague
let rep: { id: string; cookie: string }
let doctor: { accountId: string; externalUserId: string }
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  const inspect = async (path: string) => ({ format: sniffFile(await readFile(path)), seconds: 0 })
  Object.assign(server.deps, { files: memoryFiles(new Map()), renditions: { inspect } })
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  judge = await buildColleague(server, 'compliance_officer')
  rep = await seat()
  const accountId = await buildAccount(server, { name: '何军' })
  doctor = { accountId, externalUserId: await buildContact(server, rep.id, accountId) }
})

async function seat(roles = ['rep']) {
  const id = await buildRep(server, { roles, name: '王磊' })
  return { id, cookie: await server.signIn(id) }
}

const jpeg = () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(randomUUID())])

/** A photo on its way in, as the sidebar sends it. */
async function scan(who = rep, bytes = jpeg()): Promise<string> {
  const client = uploader({ url: server.url, cookie: who.cookie, face: 'rep' })
  const uploadId = await client.whole(bytes, { fileName: '同意书.jpg', purpose: 'paper' })
  await assembleUploads(server.deps)
  expect((await client.look(uploadId)).body).toMatchObject({ stage: 'stored' })
  return uploadId
}

const enter = async (given: object = {}, who = rep) =>
  call(server, who.cookie, repEndpoints.enterPaper, {
    ...{ requestId: randomUUID(), externalUserId: doctor.externalUserId, uploadId: 'none' },
    ...{ purposes: ['receive'], language: 'zh-CN', signedOn: '2026-05-01', ...given },
  })
const settle = (paperId: string, who: Colleague, decision: 'confirm' | 'reject' = 'confirm', reason = '') =>
  call(server, who.cookie, consentEndpoints.settlePaper, { paperId, decision, reason })
const listed = async (who = rep) =>
  (await call(server, who.cookie, repEndpoints.listPapers, { externalUserId: doctor.externalUserId })).body
const consents = () =>
  server.owner.selectFrom('consent').selectAll().where('accountId', '=', doctor.accountId).execute()
const standing = async () => {
  const asked = { externalUserId: doctor.externalUserId, entry: 'single_chat_tools' as const }
  return (await call(server, rep.cookie, repEndpoints.openChat, asked)).body.contact.consent.state as string
}
const changedAt = async () =>
  (await call(server, rep.cookie, repEndpoints.watchChat, { externalUserId: doctor.externalUserId })).body.changedAt

describe('a paper that a rep enters in the chat', () => {
  it('counts for nothing until somebody of the office confirms it, and then names who entered it', async () => {
    expect(await listed()).toEqual({ papers: [], purposes: ['receive'], today: '2026-05-13' })
    const { paperId } = (await enter({ uploadId: await scan() })).body
    expect(await consents()).toEqual([])
    expect(await standing()).toBe('never')
    expect((await listed()).papers).toMatchObject([{ paperId, stage: 'waiting', purposes: ['receive'] }])
    const { rows } = (await call(server, judge.cookie, consentEndpoints.listPapers, {})).body as {
      rows: ConsentPaper[]
    }
    expect(rows.find((row) => row.paperId === paperId)).toMatchObject({
      ...{ doctor: '何军', enteredBy: '王磊', enteredIn: 'chat', maySettle: true, mime: 'image/jpeg' },
    })

    server.clock.at = new Date(morning.getTime() + 60_000)
    expect((await settle(paperId, judge)).body).toEqual({ outcome: 'confirmed', purposes: ['receive'] })
    expect(await standing()).toBe('opted_in')
    expect(await changedAt()).toBe(server.clock.at.toISOString())
    const [row] = await consents()
    expect(row).toMatchObject({ channel: 'paper', identity: 'paper_scan', statement: 'opted_in' })
    expect(JSON.parse(row!.evidence)).toMatchObject({
      paperId,
      repId: rep.id,
      enteredBy: rep.id,
      confirmedBy: judge.id,
    })
  })

  it('is never confirmed by who entered it, whatever roles they hold', async () => {
    const id = await buildRep(server, { roles: ['rep', 'compliance_officer'] })
    await buildContact(server, id, doctor.accountId, { externalUserId: doctor.externalUserId })
    const both = { id, cookie: await server.signIn(id) }
    const { paperId } = (await enter({ uploadId: await scan(both) }, both)).body
    const asOffice = { ...judge, id, cookie: await server.signIn(id, 'console') }
    expect((await settle(paperId, asOffice)).body).toMatchObject({
      outcome: 'refused',
      refusals: [{ reason: 'own_entry' }],
    })
    expect(await consents()).toEqual([])
  })

  it('that is rejected is told to the rep with the reason, in the chat and by a message, and is no consent', async () => {
    const { paperId } = (await enter({ uploadId: await scan() })).body
    server.clock.at = new Date(morning.getTime() + 30_000)
    await settle(paperId, judge, 'reject', '签名不是本人')
    expect((await listed()).papers).toMatchObject([{ stage: 'rejected', reason: '签名不是本人' }])
    expect(await changedAt()).toBe(server.clock.at.toISOString())
    expect(await consents()).toEqual([])
    const told = await server.owner.selectFrom('outbox').selectAll().where('subjectId', '=', paperId).execute()
    expect(told).toMatchObject([{ kind: 'consent', toPerson: rep.id }])
    expect(told[0]?.body).toContain('签名不是本人')
  })

  it('ten at once under one request is one paper, and another doctor under it is refused', async () => {
    const [uploadId, requestId] = [await scan(), randomUUID()]
    const answers = await Promise.all(Array.from({ length: 10 }, () => enter({ uploadId, requestId })))
    expect(new Set(answers.map(({ body }) => body.paperId)).size).toBe(1)
    const other = await buildContact(server, rep.id, await buildAccount(server))
    expect((await enter({ uploadId, requestId, externalUserId: other })).body.error).toBe('request_id_reused')
  })

  it('is of a doctor in a chat of one’s own, with a photo of one’s own, and not of tomorrow', async () => {
    const [stranger, uploadId] = [await seat(), await scan()]
    expect((await enter({ uploadId: await scan(stranger) }, stranger)).body.error).toBe('contact_not_found')
    expect((await listed(stranger)).error).toBe('contact_not_found')
    const former = await seat()
    await buildContact(server, former.id, doctor.accountId, { externalUserId: doctor.externalUserId, following: 0 })
    expect((await enter({ uploadId: await scan(former) }, former)).body.error).toBe('contact_not_found')
    const unmatched = await buildContact(server, rep.id, null)
    expect((await enter({ uploadId, externalUserId: unmatched })).body.error).toBe('contact_not_found')
    expect((await enter({ uploadId: await scan(stranger) })).body.error).toBe('upload_not_found')
    expect((await enter({ uploadId, signedOn: '2026-05-14' })).body).toMatchObject({
      error: 'bad_request',
      field: 'signedOn',
    })
    expect((await enter({ uploadId, purposes: [] })).body).toMatchObject({ error: 'bad_request', field: 'purposes' })
  })

  it('is seen by who entered it, and by no other rep of the same doctor', async () => {
    await enter({ uploadId: await scan() })
    const colleague = await seat()
    await buildContact(server, colleague.id, doctor.accountId, { externalUserId: doctor.externalUserId })
    expect((await listed(colleague)).papers).toEqual([])
    expect((await listed()).papers).toHaveLength(1)
  })

  it('comes with a photo or a PDF, from who is a rep', async () => {
    const clerk = await seat(['auditor'])
    const asked = { fileName: 'a.jpg', bytes: 10, sha256: null, purpose: 'paper' as const }
    expect((await call(server, clerk.cookie, repEndpoints.openUpload, asked)).body.error).toBe('wrong_role')
    expect(
      (await call(server, rep.cookie, repEndpoints.openUpload, { ...asked, bytes: 21 * 1024 * 1024 })).body.error,
    ).toBe('too_large')
    const part = {
      path: '/api/rep/uploads/x/parts/1',
      bytes: Buffer.from('x'),
      declared: hashOf(Buffer.from('x')),
    }
    expect((await sendPart(server.url, { ...part, cookie: '' })).status).toBe(401)
    expect((await sendPart(server.url, { ...part, cookie: rep.cookie })).body.error).toBe('upload_not_found')
  })
})
