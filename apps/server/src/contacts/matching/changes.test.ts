import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  matchingEndpoints as matching,
  matchOfficeEndpoints as office,
  repEndpoints,
  type AskedInput,
  type ChangeRow,
} from '@vouch/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildOrdinary, buildRep } from '../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { hashOf, sendPart, uploader } from '../../../test/uploads.ts'
import { sniffFile } from '../../content/inspect/sniff-file.ts'
import { RenditionError } from '../../content/renditions/rendition.ts'
import type { Renditions } from '../../content/renditions/renditions.ts'
import { assembleUploads } from '../../uploads/assemble-uploads.ts'

let server: TestServer
let officer: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  Object.assign(server.deps, { renditions: byFirstBytes() })
  await server.db.insertInto('territory').values({ code: 'east', name: '华东' }).execute()
  await server.db.insertInto('specialty').values({ code: 'oncology', name: '肿瘤内科' }).execute()
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  officer = await buildColleague(server, 'compliance_officer')
})

/** Looks at the first bytes alone; the whole look has tests of its own. */
function byFirstBytes(): Pick<Renditions, 'inspect'> {
  return {
    async inspect(path) {
      const format = sniffFile(await readFile(path))
      if (format === 'office') throw new RenditionError('not_supported')
      return { format, seconds: 0 }
    },
  }
}

async function meet(accountId: string | null = null) {
  const repId = await buildRep(server)
  const externalUserId = await buildContact(server, repId, accountId)
  return { repId, externalUserId, cookie: await server.signIn(repId) }
}
type Met = Awaited<ReturnType<typeof meet>>
type Asked = Partial<AskedInput<typeof matching.askChange>>
type Decided = Partial<AskedInput<typeof office.decideChange>>

let names = 0
const newName = () => `褚${String.fromCodePoint(0x4e00 + (names += 1))}`
const ask = ({ cookie, externalUserId }: Met, given: Asked) =>
  call(server, cookie, matching.askChange, {
    ...{ requestId: randomUUID(), externalUserId, kind: 'new', name: '褚未名', hospital: '新华医院（示例）', ...given },
  })
const askFor = async (met: Met, given: Asked = {}) => (await ask(met, given)).body.changeId as string
const decide = (changeId: string, given: Decided, who = officer) =>
  call(server, who.cookie, office.decideChange, {
    ...{ requestId: randomUUID(), changeId, decision: 'create', name: '褚未名', title: '主治医师' },
    ...{ hospitalId: 'hospital-1', department: '肿瘤内科', specialty: 'oncology', territory: 'east', ...given },
  })
const rowOf = async (changeId: string, show: 'waiting' | 'settled' = 'waiting', who = officer) => {
  const { body } = await call(server, who.cookie, office.listChanges, { show })
  return (body.rows as ChangeRow[]).find((row) => row.changeId === changeId)
}
const accountOf = (accountId: string) =>
  server.owner.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow()
const contactIn = async ({ cookie, externalUserId }: Met) =>
  (await call(server, cookie, repEndpoints.openChat, { externalUserId, entry: 'single_chat_tools' })).body.contact
const confirm = ({ cookie, externalUserId }: Met, accountId: string) =>
  call(server, cookie, matching.matchContact, { requestId: randomUUID(), externalUserId, accountId })

describe('a doctor who is not in the list', () => {
  it('[MAT-100] is made by the office, verified with licence and source, and then confirmed by the rep', async () => {
    await server.owner.updateTable('policy').set({ matchReview: 'always' }).execute()
    const met = await meet()
    const name = newName()
    const changeId = await askFor(met, { name, licenceNumber: 'L00000000000100' })
    expect((await contactIn(met)).request).toMatchObject({ life: 'waiting', name, hospital: '新华医院（示例）' })
    expect(await rowOf(changeId)).toMatchObject({ kind: 'new', alike: [], territories: ['east'], mayDecide: true })
    const answer = await decide(changeId, {
      ...{ name, hospitalId: null, newHospital: '新华医院（示例）', licenceNumber: 'L00000000000100' },
      licenceSource: 'registry',
    })
    expect(answer.body).toEqual({ outcome: 'done', life: 'created' })
    const contact = await contactIn(met)
    expect(contact).toMatchObject({ state: 'unmatched', request: { life: 'created' } })
    expect(contact.candidates[0]).toMatchObject({
      ...{ name, hospital: '新华医院（示例）', secondLook: false },
      reasons: ['office_named', 'own_territory'],
    })
    const { accountId } = contact.candidates[0]
    expect(await accountOf(accountId)).toMatchObject({
      ...{ hcpVerified: 1, verifiedSource: 'registry', verifiedBy: officer.id, licenceNumber: 'L00000000000100' },
    })
    expect((await confirm(met, accountId)).body.outcome).toBe('in_force')
    await server.owner.updateTable('policy').set({ matchReview: 'off' }).execute()
  })

  it('[MAT-101] without a checked licence is there, unverified, and gets nothing', async () => {
    const met = await meet()
    const name = newName()
    const changeId = await askFor(met, { name })
    await decide(changeId, { name })
    const { accountId } = (await contactIn(met)).candidates[0]
    expect(await accountOf(accountId)).toMatchObject({ hcpVerified: 0, verifiedSource: null, licenceNumber: null })
    await confirm(met, accountId)
    expect((await contactIn(met)).refusals).toContainEqual({ reason: 'hcp_not_verified' })
  })

  it('[MAT-102] but is after all is named by the office, wherever they are, for the rep to confirm', async () => {
    const met = await meet()
    const name = newName()
    const listed = await buildAccount(server, { name, territory: 'west' })
    const changeId = await askFor(met, { name })
    expect((await rowOf(changeId))?.alike).toMatchObject([{ accountId: listed }])
    expect((await confirm(met, listed)).body.error).toBe('account_not_found')
    expect((await decide(changeId, { decision: 'link', accountId: listed })).body).toEqual({
      ...{ outcome: 'done', life: 'linked' },
    })
    expect((await contactIn(met)).candidates[0]).toMatchObject({
      accountId: listed,
      reasons: ['office_named', 'hospital'],
    })
    expect((await confirm(met, listed)).body.outcome).toBe('in_force')
    expect((await contactIn(met)).refusals).toContainEqual({ reason: 'other_territory', about: 'west' })
  })

  it('[MAT-103] may be declined with a reason the rep reads and is told', async () => {
    const met = await meet()
    const changeId = await askFor(met)
    expect((await decide(changeId, { decision: 'decline' })).body).toEqual({
      ...{ outcome: 'refused', refusals: ['reason_missing'] },
    })
    await decide(changeId, { decision: 'decline', reason: '查不到这位医生' })
    expect((await contactIn(met)).request).toMatchObject({ life: 'declined', reason: '查不到这位医生' })
    const [told] = await server.owner
      .selectFrom('outbox')
      .select('body')
      .where('kind', '=', 'account_change')
      .where('toPerson', '=', met.repId)
      .execute()
    expect(told?.body).toMatch(/查不到这位医生.*Why: 查不到这位医生/s)
  })

  it('[MAT-104] asked for again while it waits is one request with the new words', async () => {
    const met = await meet()
    const first = await askFor(met, { name: '褚一' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(met, { name: '褚二' })))
    expect(answers.map(({ body }) => body.changeId)).toEqual(Array.from({ length: 10 }, () => first))
    expect((await rowOf(first))?.name).toBe('褚二')
  })

  it('[MAT-105] asked for ten times at once is one request, under one id or ten', async () => {
    const [met, other] = [await meet(), await meet()]
    const requestId = randomUUID()
    const same = await Promise.all(Array.from({ length: 10 }, () => ask(met, { requestId })))
    expect(new Set(same.map(({ body }) => body.changeId)).size).toBe(1)
    const several = await Promise.all(Array.from({ length: 10 }, () => ask(other, {})))
    expect(new Set(several.map(({ body }) => body.changeId)).size).toBe(1)
    expect((await ask(other, { requestId: randomUUID(), kind: 'detail' })).body.error).toBe('account_not_found')
  })

  it('[MAT-106] holds no number that holds a citizen’s id', async () => {
    const met = await meet()
    const citizen = '110101199003078515'
    for (const [field, value] of [
      ['licenceNumber', citizen.padEnd(24, '1')],
      ['licenceNumber', '1234'],
      ['note', `身份证 ${citizen}`],
      ['name', citizen],
    ] as const)
      expect(await ask(met, { [field]: value })).toMatchObject({ status: 400, body: { field } })
    expect(server.logged.join('')).not.toContain(citizen)
  })

  it('[MAT-107] is decided once by ten at once', async () => {
    const met = await meet()
    const name = newName()
    const changeId = await askFor(met, { name })
    const people = await Promise.all(Array.from({ length: 10 }, () => buildColleague(server, 'compliance')))
    const answers = await Promise.all(people.map((who) => decide(changeId, { name }, who)))
    expect(answers.filter(({ body }) => body.outcome === 'done')).toHaveLength(1)
    const made = await server.owner.selectFrom('account').select('id').where('name', '=', name).execute()
    expect(made).toHaveLength(1)
  })

  it('[MAT-108] is decided by the same request once, with the same answer', async () => {
    const changeId = await askFor(await meet())
    const requestId = randomUUID()
    const first = await decide(changeId, { requestId, name: newName() })
    expect((await decide(changeId, { requestId })).body).toEqual(first.body)
    expect((await decide(changeId, {})).body).toEqual({ outcome: 'refused', refusals: ['settled'] })
  })

  it('[MAT-109] is refused with everything that is wrong, and nobody decides their own request', async () => {
    const met = await meet()
    const changeId = await askFor(met)
    await buildAccount(server, { licenceNumber: 'L00000000000777' })
    const wrong = { hospitalId: 'nowhere', department: '', licenceNumber: 'L00000000000777' }
    expect((await decide(changeId, wrong)).body.refusals).toEqual([
      ...['detail_missing', 'hospital_unknown', 'source_missing', 'licence_taken'],
    ])
    expect((await decide(changeId, { licenceNumber: '12', licenceSource: 'other' })).body.refusals).toEqual([
      'licence_wrong',
    ])
    expect((await decide(changeId, { decision: 'apply' })).body.refusals).toEqual(['wrong_decision'])
    expect((await decide(changeId, { decision: 'link' })).body.refusals).toEqual(['account_inactive'])
    await server.owner
      .insertInto('personRole')
      .values({ personId: met.repId, role: 'compliance', until: null })
      .execute()
    const self = { ...officer, cookie: await server.signIn(met.repId, 'console') }
    expect((await decide(changeId, {}, self)).body.refusals).toEqual(['own_request'])
    for (const role of ['auditor', 'author'])
      expect((await decide(changeId, {}, await buildColleague(server, role))).body.error).toBe('wrong_role')
    expect((await rowOf(changeId, 'waiting', await buildColleague(server, 'auditor')))?.mayDecide).toBe(false)
  })
})

describe('a detail that is wrong', () => {
  it('[MAT-110] is shown as what differs, and written with what was there kept', async () => {
    const { accountId, ...met } = await buildOrdinary(server)
    const known = { name: '张伟', hospital: '仁和医院（示例）', department: '肿瘤内科', title: '主任医师' }
    expect((await ask(met, { kind: 'detail', ...known })).body).toMatchObject({ error: 'bad_request', field: 'note' })
    const changeId = await askFor(met, { kind: 'detail', ...known, title: '', department: '放疗科' })
    const differences = [{ field: 'department', was: '肿瘤内科', asked: '放疗科' }]
    expect(await rowOf(changeId)).toMatchObject({ kind: 'detail', differences, doctor: { accountId } })
    const { body } = await decide(changeId, {
      decision: 'apply',
      name: '张伟',
      title: '主任医师',
      department: '放疗科',
    })
    expect(body).toEqual({ outcome: 'done', life: 'applied' })
    expect(await accountOf(accountId)).toMatchObject({
      ...{ department: '放疗科', hcpVerified: 1, licenceNumber: 'L-1', corrected: 'department', revision: 2 },
    })
    expect(await rowOf(changeId, 'settled')).toMatchObject({ differences, life: 'applied' })
    expect((await contactIn(met)).account.department).toBe('放疗科')
  })

  it('[MAT-111] a doctor who moved is verified anew, or gets nothing', async () => {
    const { accountId, ...met } = await buildOrdinary(server)
    const moved = { name: '张伟', hospital: '新华医院（示例）' }
    const first = await askFor(met, { kind: 'detail', ...moved })
    await decide(first, { decision: 'apply', name: '张伟', hospitalId: null, newHospital: '新华医院（示例）' })
    expect(await accountOf(accountId)).toMatchObject({ hcpVerified: 0, verifiedSource: null })
    expect((await contactIn(met)).refusals).toContainEqual({ reason: 'hcp_not_verified' })
    const again = await askFor(met, { kind: 'detail', name: '张伟', hospital: '仁和医院（示例）' })
    await decide(again, {
      ...{ decision: 'apply', name: '张伟', hospitalId: 'hospital-1', licenceNumber: 'L00000000000111' },
      licenceSource: 'licence_seen',
    })
    expect(await accountOf(accountId)).toMatchObject({
      ...{
        hcpVerified: 1,
        verifiedSource: 'licence_seen',
        licenceNumber: 'L00000000000111',
        corrected: 'title,hospital,licence',
      },
    })
  })

  it('[MAT-112] is asked in the profile, where what became of it stands', async () => {
    const { accountId: _, ...met } = await buildOrdinary(server)
    const changeId = await askFor(met, { kind: 'detail', name: '张伟', hospital: '仁和医院（示例）', note: '已退休' })
    await decide(changeId, { decision: 'decline', reason: '医院说还在' })
    const { body } = await call(server, met.cookie, matching.lookAtAccount, { externalUserId: met.externalUserId })
    expect(body.changes).toMatchObject([{ changeId, life: 'declined', reason: '医院说还在' }])
  })
})

describe('a photo as evidence', () => {
  /** Another one each time: bytes that are here already are not sent again. */
  const picture = () =>
    sharp(randomBytes(40 * 40), { raw: { width: 40, height: 40, channels: 1 } })
      .jpeg()
      .toBuffer()
  const cameraOf = ({ cookie }: { cookie: string }) => uploader({ url: server.url, cookie, face: 'rep' })
  const photo = { fileName: 'photo.jpg', purpose: 'evidence' as const }
  const openPhoto = (who: Colleague, changeId: string) =>
    fetch(`${server.url}/api/console/account-changes/${changeId}/photo`, { headers: { cookie: who.cookie } })

  it('[MAT-120] is told by its bytes, kept to itself, and shown to who decides', async () => {
    const [met, bytes] = [await meet(), await picture()]
    const camera = cameraOf(met)
    const announced = { ...photo, sha256: hashOf(bytes) }
    const { uploadId: photoId } = (await camera.open(bytes, announced)).body
    await camera.send(photoId, bytes)
    expect(await camera.close(photoId)).toMatchObject({ status: 200, body: { stage: 'checking' } })
    expect((await ask(met, { photoId })).body.error).toBe('upload_not_found')
    await assembleUploads(server.deps)
    expect((await camera.look(photoId)).body.stage).toBe('stored')
    expect((await camera.open(bytes, announced)).body.stage).toBe('stored')
    const changeId = await askFor(met, { photoId })
    expect((await rowOf(changeId))?.photo).toBe(true)
    const shown = await openPhoto(officer, changeId)
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await openPhoto(await buildColleague(server, 'author'), changeId)).status).toBe(403)
    expect((await fetch(`${server.url}/api/console/account-changes/${changeId}/photo`)).status).toBe(401)
    const looks = await server.owner
      .selectFrom('auditEntry')
      .select('id')
      .where('event', '=', 'account_change.photo_viewed')
      .where('subjectId', '=', changeId)
      .execute()
    expect(looks).toHaveLength(1)
  })

  it('[MAT-121] of another kind is refused, however it is called', async () => {
    const met = await meet()
    const camera = cameraOf(met)
    for (const bytes of [Buffer.from('%PDF-1.7\n%…'), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]) {
      const photoId = await camera.whole(bytes, photo)
      await assembleUploads(server.deps)
      expect((await camera.look(photoId)).body.stage).toBe('refused')
      expect((await ask(met, { photoId })).body.error).toBe('upload_not_found')
    }
  })

  it('[MAT-122] is not too large, not nothing, not from elsewhere, and not another rep’s', async () => {
    const [met, other, bytes] = [await meet(), await meet(), await picture()]
    const camera = cameraOf(met)
    const tooLong = Buffer.alloc(5 * 1024 * 1024 + 1)
    expect((await camera.open(tooLong, photo)).body['error']).toBe('too_large')
    expect((await camera.open(tooLong, { ...photo, purpose: 'paper' })).body.stage).toBe('open')
    expect((await camera.open(Buffer.alloc(0), photo)).status).toBe(400)
    const auditor = { cookie: await server.signIn(await buildRep(server, { roles: ['auditor'] })) }
    expect((await cameraOf(auditor).open(bytes, photo)).body.error).toBe('wrong_role')
    expect((await cameraOf({ cookie: '' }).open(bytes, photo)).status).toBe(401)
    const { uploadId: photoId } = (await camera.open(bytes, photo)).body
    const part = { cookie: met.cookie, path: `/api/rep/uploads/${photoId}/parts/1`, bytes, declared: hashOf(bytes) }
    const statusOf = async (change: object) => (await sendPart(server.url, { ...part, ...change })).status
    expect(await statusOf({ headers: { 'content-type': 'image/jpeg' } })).toBe(400)
    expect(await statusOf({ headers: { origin: 'https://evil.example' } })).toBe(403)
    expect(await statusOf({ cookie: '' })).toBe(401)
    expect((await sendPart(server.url, { ...part, cookie: other.cookie })).body.error).toBe('upload_not_found')
    expect((await cameraOf(other).close(photoId)).body.error).toBe('upload_not_found')
    expect((await camera.look(photoId)).body).toMatchObject({ stage: 'open', have: [] })
    expect(await statusOf({})).toBe(200)
    await camera.close(photoId)
    await assembleUploads(server.deps)
    expect((await cameraOf(other).look(photoId)).body.error).toBe('upload_not_found')
    expect((await ask(other, { photoId })).body.error).toBe('upload_not_found')
  })

  it('[MAT-123] is one photo when any of its answers got lost', async () => {
    const [met, bytes] = [await meet(), await picture()]
    const camera = cameraOf(met)
    const open = async () => (await camera.open(bytes, { ...photo, sha256: hashOf(bytes) })).body.uploadId as string
    const photoId = await open()
    expect(await open()).toBe(photoId)
    const sent = await Promise.all(Array.from({ length: 10 }, () => camera.part(photoId, 1, bytes)))
    expect(sent.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await open()).toBe(photoId)
    await Promise.all(Array.from({ length: 10 }, () => camera.close(photoId)))
    await assembleUploads(server.deps)
    expect((await camera.close(photoId)).body).toMatchObject({ uploadId: photoId, stage: 'stored' })
    const kept = await server.owner.selectFrom('upload').select('id').where('personId', '=', met.repId).execute()
    expect(kept).toEqual([{ id: photoId }])
  })

  it('[MAT-124] is evidence and no paper: neither serves as the other', async () => {
    const [met, bytes] = [await meet(await buildAccount(server)), await picture()]
    const camera = cameraOf(met)
    const photoId = await camera.whole(bytes, photo)
    const uploadId = await camera.whole(bytes, { ...photo, purpose: 'paper' })
    await assembleUploads(server.deps)
    const entered = await call(server, met.cookie, repEndpoints.enterPaper, {
      ...{ requestId: randomUUID(), externalUserId: met.externalUserId, uploadId: photoId },
      ...{ purposes: ['receive'], language: 'zh-CN', signedOn: '2026-05-01' },
    })
    expect(entered.body.error).toBe('upload_not_found')
    expect((await ask(met, { kind: 'detail', note: '已退休', photoId: uploadId })).body.error).toBe('upload_not_found')
  })
})
