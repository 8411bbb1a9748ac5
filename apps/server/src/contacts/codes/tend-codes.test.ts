import { contactCodeEndpoints, repEndpoints, type AskedInput } from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildCompany, buildRep } from '../../../test/builders.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { AppError } from '../../errors.ts'
import { handOnCodes, tendCodes } from './tend-codes.ts'

let server: TestServer
let office: string
let main: string
let backup: string
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.told.ways.clear()
  server.told.noWays = null
  await server.db.updateTable('contactCode').set({ runAt: null }).execute()
  office = await server.signIn(await buildRep(server, { name: '何静', roles: ['compliance_officer'] }), 'console')
  main = await buildRep(server, { name: '李娜' })
  backup = await buildRep(server, { name: '王磊' })
})

type New = AskedInput<typeof contactCodeEndpoints.askContactCode>
const wish = (change: Partial<New> = {}): New => ({
  ...{ requestId: crypto.randomUUID(), kind: 'event', language: 'zh-CN', style: null, temporary: false },
  ...{ codeDays: null, chatHours: null, name: '2026 肿瘤年会', wording: '', remark: '', skipVerify: true },
  ...{ days: '', fromMinute: null, untilMinute: null, mainIds: [main], backupIds: [] },
  ...change,
})
const ask = (asked: New, by = office) => call(server, by, contactCodeEndpoints.askContactCode, asked)
/** Somebody of the office looks; days may have passed since they last did. */
const load = async (codeId: string) => {
  const auditor = await server.signIn(await buildRep(server, { roles: ['auditor'] }), 'console')
  return (await call(server, auditor, contactCodeEndpoints.loadContactCode, { codeId })).body.code
}
const userOf = async (repId: string) =>
  (await server.db.selectFrom('person').select('wecomUserId').where('id', '=', repId).executeTakeFirstOrThrow())
    .wecomUserId
const ways = () => [...server.told.ways.values()]
const countCalls = (name: string) => server.told.calls.filter((one) => one === name).length
const later = (ms: number): void => void (server.clock.at = new Date(server.clock.at.getTime() + ms))
const day = 86_400_000

async function buildCode(change: Partial<New> = {}): Promise<string> {
  const { body } = await ask(wish(change))
  await tendCodes(server.deps)
  await tendCodes(server.deps)
  return body.codeId
}
const auditOf = async (codeId: string) =>
  (
    await server.db.selectFrom('auditEntry').select('event').where('subjectId', '=', codeId).orderBy('id').execute()
  ).map(({ event }) => event)

describe('a contact-me code', () => {
  test('is made at WeCom with its own id as the mark of the source, and its picture is kept here', async () => {
    const codeId = await buildCode({ remark: '展位' })
    expect(ways()).toMatchObject([{ scanState: codeId, note: '展位', userIds: [await userOf(main)] }])
    expect(await load(codeId)).toMatchObject({ life: 'live', problem: '', pictured: true, takes: ['李娜'] })
    expect(await auditOf(codeId)).toEqual(['contact_code.asked', 'contact_code.made', 'contact_codes.viewed'])
    const picture = await fetch(`${server.url}/api/console/contact-codes/${codeId}/picture`, {
      headers: { cookie: office },
    })
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  test('is one, though ten ask for it at the same time and ten look after it', async () => {
    const asked = wish()
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(asked)))
    expect(new Set(answers.map(({ body }) => body.codeId)).size).toBe(1)
    await Promise.all(Array.from({ length: 10 }, () => tendCodes(server.deps)))
    expect(ways()).toHaveLength(1)
  })

  test('whose making got no answer is found at WeCom and not made twice', async () => {
    const { addContactWay } = server.deps.wecom
    server.deps.wecom.addContactWay = async (wanted) => {
      await addContactWay(wanted)
      throw new AppError('wecom_unavailable')
    }
    const { body } = await ask(wish())
    await tendCodes(server.deps)
    server.deps.wecom.addContactWay = addContactWay
    expect(await load(body.codeId)).toMatchObject({ life: 'making', problem: 'unreachable' })
    later(600_000)
    await tendCodes(server.deps)
    await tendCodes(server.deps)
    expect(ways()).toHaveLength(1)
    expect(await load(body.codeId)).toMatchObject({ life: 'live', problem: '' })
  })

  test('that WeCom lost is made anew under the same mark, once, and says that posters are void', async () => {
    const codeId = await buildCode()
    server.told.ways.clear()
    later(day + 1)
    for (let again = 0; again < 3; again += 1) await tendCodes(server.deps)
    expect(ways()).toMatchObject([{ scanState: codeId }])
    expect(await load(codeId)).toMatchObject({ life: 'live', problem: 'lost', pictured: true })
    expect(await auditOf(codeId)).toEqual(expect.arrayContaining(['contact_code.lost', 'contact_code.made']))
  })

  test('that WeCom does not show but still lists is not made a second time', async () => {
    const codeId = await buildCode()
    const { contactWay } = server.deps.wecom
    server.deps.wecom.contactWay = async () => null
    later(day + 1)
    await tendCodes(server.deps)
    server.deps.wecom.contactWay = contactWay
    expect(ways()).toHaveLength(1)
    expect((await auditOf(codeId)).includes('contact_code.lost')).toBe(false)
  })

  test('leads to its backups outside its hours', async () => {
    server.clock.at = new Date('2026-05-13T02:00:00.000Z') // a Wednesday, 10:00 in Shanghai
    const codeId = await buildCode({ backupIds: [backup], days: '12345', fromMinute: 540, untilMinute: 1080 })
    expect(ways()[0]?.userIds).toEqual([await userOf(main)])
    server.clock.at = new Date('2026-05-13T10:00:00.000Z') // 18:00
    await tendCodes(server.deps)
    expect(ways()[0]?.userIds).toEqual([await userOf(backup)])
    server.clock.at = new Date('2026-05-14T01:00:00.000Z') // the next morning, 09:00
    await tendCodes(server.deps)
    expect(ways()[0]?.userIds).toEqual([await userOf(main)])
    expect(await load(codeId)).toMatchObject({ switchesAt: '2026-05-14T10:00:00.000Z' })
  })

  test('of a rep who left leads to the backup, and says so when nobody is left', async () => {
    const codeId = await buildCode({ backupIds: [backup] })
    await server.db.updateTable('person').set({ status: 'left' }).where('id', '=', main).execute()
    await handOnCodes(server.deps)
    await tendCodes(server.deps)
    expect(ways()[0]?.userIds).toEqual([await userOf(backup)])
    expect(await load(codeId)).toMatchObject({ takes: ['王磊'], problem: '' })
    await server.db.updateTable('person').set({ status: 'left' }).where('id', '=', backup).execute()
    await handOnCodes(server.deps)
    await tendCodes(server.deps)
    expect(await load(codeId)).toMatchObject({ takes: [], problem: 'nobody_left' })
    const before = countCalls('updateContactWay')
    await handOnCodes(server.deps)
    await tendCodes(server.deps)
    expect(countCalls('updateContactWay')).toBe(before)
  })

  test('says what WeCom’s refusal means, and can be asked for again', async () => {
    server.told.noWays = 48002
    const temporary = await buildCode({ temporary: true, codeDays: 3, chatHours: 24 })
    expect(await load(temporary)).toMatchObject({ life: 'refused', problem: 'not_medical', errcode: 48002 })
    const ordinary = await buildCode()
    expect(await load(ordinary)).toMatchObject({ life: 'refused', problem: 'no_permission' })
    server.told.noWays = 40098
    const unverified = await buildCode()
    expect(await load(unverified)).toMatchObject({ life: 'refused', problem: 'not_verified', errcode: 40098 })
    server.told.noWays = null
    await call(server, office, contactCodeEndpoints.retryContactCode, { codeId: ordinary })
    await tendCodes(server.deps)
    expect(await load(ordinary)).toMatchObject({ life: 'live', problem: '', errcode: null })
  })

  test('for a temporary session ends by itself', async () => {
    const codeId = await buildCode({ temporary: true, codeDays: 2, chatHours: 24 })
    expect(await load(codeId)).toMatchObject({ life: 'live', temporary: true, chatHours: 24 })
    later(2 * day)
    await tendCodes(server.deps)
    expect(await load(codeId)).toMatchObject({ life: 'ended' })
  })

  test.each([
    ['names a product', { wording: '欢迎了解示例单抗' }, 'names_product'],
    ['has half its hours', { fromMinute: 540 }, 'half_hours'],
    ['is temporary and has hours', { temporary: true, days: '1' }, 'temporary_shape'],
  ] as const)('that %s is not made', async (_, change, why) => {
    expect((await ask(wish(change))).body).toMatchObject({ outcome: 'refused', why })
  })

  test('of a rep who left, or of the same rep twice, is not made', async () => {
    expect((await ask(wish({ backupIds: [main] }))).body).toMatchObject({ why: 'too_many_reps' })
    const gone = await buildRep(server, { status: 'left' })
    expect((await ask(wish({ mainIds: [gone] }))).body).toMatchObject({ why: 'unknown_rep', about: gone })
  })

  test('is changed at WeCom, and one of two changes at the same time is told of the other', async () => {
    const codeId = await buildCode()
    const { revision } = await load(codeId)
    const {
      requestId: _,
      kind: __,
      language: ___,
      style: ____,
      temporary: _____,
      ...words
    } = wish({ mainIds: [backup] })
    const { codeDays: ______, chatHours: _______, ...changed } = words
    const change = () =>
      call(server, office, contactCodeEndpoints.changeContactCode, {
        ...{ ...changed, codeId, revision, reason: '换了负责的代表', name: '新名字' },
      })
    const answers = await Promise.all([change(), change()])
    expect(answers.map(({ body }) => body.outcome).toSorted()).toEqual(['changed', 'stale'])
    expect(answers.find(({ body }) => body.outcome === 'stale')?.body.by).toBe('何静')
    await tendCodes(server.deps)
    expect(ways()).toMatchObject([{ userIds: [await userOf(backup)], note: '新名字' }])
  })

  test('that is ended is taken from WeCom, and cannot be changed any more', async () => {
    const codeId = await buildCode()
    await call(server, office, contactCodeEndpoints.endContactCode, { codeId, reason: '会议结束' })
    await tendCodes(server.deps)
    expect(ways()).toEqual([])
    expect(await load(codeId)).toMatchObject({ life: 'ended' })
  })

  test('that is ended while WeCom makes it leaves nothing there', async () => {
    const { addContactWay } = server.deps.wecom
    const { body } = await ask(wish())
    server.deps.wecom.addContactWay = async (wanted) => {
      await call(server, office, contactCodeEndpoints.endContactCode, { codeId: body.codeId, reason: '不要了' })
      return addContactWay(wanted)
    }
    await tendCodes(server.deps)
    server.deps.wecom.addContactWay = addContactWay
    await tendCodes(server.deps)
    expect(ways()).toEqual([])
    expect(await load(body.codeId)).toMatchObject({ life: 'ended' })
  })

  test('is seen by auditors, changed by compliance and administrators alone', async () => {
    const auditor = await server.signIn(await buildRep(server, { roles: ['auditor'] }), 'console')
    const listed = await call(server, auditor, contactCodeEndpoints.listContactCodes, {})
    expect(listed.body).toMatchObject({ may: [] })
    expect((await ask(wish(), auditor)).body.error).toBe('wrong_role')
    const author = await server.signIn(await buildRep(server, { roles: ['author'] }), 'console')
    expect((await call(server, author, contactCodeEndpoints.listContactCodes, {})).body.error).toBe('wrong_role')
  })
})

describe('a rep’s own code', () => {
  const own = (cookie: string, requestId: string = crypto.randomUUID()) =>
    call(server, cookie, repEndpoints.ownCode, { requestId })

  test('is made at the first look, and stays the one it is', async () => {
    const cookie = await server.signIn(main)
    const looks = await Promise.all(Array.from({ length: 10 }, () => own(cookie)))
    expect(looks.map(({ status }) => status)).toEqual(Array(10).fill(200))
    await tendCodes(server.deps)
    await tendCodes(server.deps)
    const { body } = await own(cookie)
    expect(body).toMatchObject({ rep: '李娜', code: { life: 'live', problem: '', came: 0 } })
    expect(ways()).toMatchObject([{ scanState: body.code.codeId, userIds: [await userOf(main)] }])
    const picture = await fetch(server.url + body.code.picture, { headers: { cookie } })
    expect(picture.status).toBe(200)
    const other = await server.signIn(backup)
    expect((await fetch(server.url + body.code.picture, { headers: { cookie: other } })).status).toBe(404)
  })
})
