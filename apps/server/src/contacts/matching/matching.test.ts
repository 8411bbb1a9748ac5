import { randomUUID } from 'node:crypto'
import { matchingEndpoints as matching, repEndpoints, type ChatContact, type MatchCandidate } from '@vouch/contract'
import type { MatchReview } from '@vouch/rules'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildOrdinary,
  buildPiece,
  buildRep,
} from '../../../test/builders.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.db
    .insertInto('hospital')
    .values({ id: 'hospital-2', name: '滨海医院（示例）', shortName: '滨海', city: '滨海市' })
    .execute()
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  await review('off')
})

const review = (matchReview: MatchReview) => server.owner.updateTable('policy').set({ matchReview }).execute()

type Unmatched = Extract<ChatContact, { state: 'unmatched' }>
type Met = { repId: string; cookie: string; externalUserId: string }

/** A rep and a contact of theirs whom nobody is matched to. */
async function meet(words: { remark?: string; nickname?: string; unionId?: string; remarkCompany?: string } = {}) {
  const repId = await buildRep(server)
  const externalUserId = await buildContact(server, repId, null)
  const { remark = '', nickname = '静水流深', unionId = null, remarkCompany = '' } = words
  await server.owner
    .updateTable('externalContact')
    .set({ nickname, unionId })
    .where('externalUserId', '=', externalUserId)
    .execute()
  await server.owner
    .updateTable('contactFollow')
    .set({ remark, remarkCompany })
    .where('externalUserId', '=', externalUserId)
    .execute()
  return { repId, externalUserId, cookie: await server.signIn(repId) }
}

/** A doctor whose name no other test uses. */
let doctors = 0
async function doctor(given: Partial<Parameters<typeof buildAccount>[1]> = {}) {
  const letter = String.fromCodePoint(0x4e00 + (doctors += 1))
  const name = given.name ?? `钱${letter}`
  return { name, accountId: await buildAccount(server, { name, nameSearch: name, ...given }) }
}

const open = async ({ cookie, externalUserId }: Met) =>
  (await call(server, cookie, repEndpoints.openChat, { externalUserId, entry: 'single_chat_tools' })).body
const unmatched = async (met: Met) => (await open(met)).contact as Unmatched
const match = (
  { cookie, externalUserId }: Met,
  accountId: string,
  other: { taken?: boolean; requestId?: string } = {},
) => call(server, cookie, matching.matchContact, { requestId: randomUUID(), externalUserId, accountId, ...other })
const end = ({ cookie, externalUserId }: Met, reason = '认错了人') =>
  call(server, cookie, matching.endMatch, { requestId: randomUUID(), externalUserId, reason })
const contactOf = ({ externalUserId }: Met) =>
  server.owner
    .selectFrom('externalContact')
    .select(['accountId', 'matchedBy', 'waitingMatchId'])
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirstOrThrow()
const livesOf = async ({ externalUserId }: Met) => {
  const rows = await server.owner
    .selectFrom('contactMatch')
    .select(['life', 'endReason'])
    .where('externalUserId', '=', externalUserId)
    .orderBy('id')
    .execute()
  return rows.map(({ life, endReason }) => [life, endReason].filter(Boolean).join(' '))
}

describe('whom a contact may be', () => {
  it('[MAT-40] comes best first, with what speaks for each and what tells namesakes apart', async () => {
    const met = await meet({ remark: '赵敏之 滨海' })
    const here = await doctor({ name: '赵敏之', hospitalId: 'hospital-2', nameSearch: '赵敏之 zhaominzhi zmz' })
    const other = await doctor({ name: '赵敏之', title: '住院医师', nameSearch: '赵敏之 zhaominzhi zmz' })
    const alike = await doctor({ name: '赵敏知', nameSearch: '赵敏知 zhaominzhi zmz' })
    const far = await doctor({ name: '赵敏之', territory: 'west', nameSearch: '赵敏之 zhaominzhi zmz' })
    const { candidates } = await unmatched(met)
    const ids = candidates.map((one) => one.accountId)
    expect(ids.slice(0, 3)).toEqual([here.accountId, other.accountId, alike.accountId])
    expect(ids).not.toContain(far.accountId)
    expect(candidates[0]).toMatchObject({
      ...{ reasons: ['name_in_remark', 'hospital', 'own_territory'], sameName: true, taken: false },
      ...{ apart: ['hospital', 'title'], city: '滨海市' },
    })
    expect(candidates[2]).toMatchObject({ reasons: ['sounds_alike', 'own_territory'], apart: [] })
  })

  it('[MAT-41] the whole name is found in a remark that runs everything together, among many of its hospital', async () => {
    const wanted = await doctor({ name: '孙若溪', hospitalId: 'hospital-2' })
    for (let nth = 0; nth < 45; nth += 1) await doctor({ hospitalId: 'hospital-2' })
    const met = await meet({ remark: '滨海孙若溪主任' })
    expect((await unmatched(met)).candidates.map((one) => one.accountId)).toEqual([wanted.accountId])
    const nameless = await meet({ remark: '滨海' })
    expect((await unmatched(nameless)).candidates).toHaveLength(6)
  })

  it('[MAT-42] where they work and who they are elsewhere count as well', async () => {
    const known = await doctor({ name: '吴桐之' })
    const elsewhere = await buildContact(server, await buildRep(server), known.accountId)
    await server.owner
      .updateTable('externalContact')
      .set({ unionId: 'union-1' })
      .where('externalUserId', '=', elsewhere)
      .execute()
    const met = await meet({ unionId: 'union-1', remark: '吴医生', remarkCompany: '仁和医院（示例）' })
    expect((await unmatched(met)).candidates[0]).toMatchObject({
      ...{ accountId: known.accountId, taken: false },
      reasons: ['known_elsewhere', 'surname', 'hospital', 'own_territory'],
    })
  })

  it('[MAT-43] two of one name, hospital, department and title are told apart by the licence', async () => {
    const met = await meet({ remark: '孔双林' })
    const [one, two] = [
      await doctor({ name: '孔双林', licenceNumber: 'L00000000001234' }),
      await doctor({ name: '孔双林', licenceNumber: 'L00000000005678' }),
    ]
    const { candidates } = await unmatched(met)
    expect(candidates.map((one) => [one.apart, one.licenceTail])).toEqual([
      [['licence'], '1234'],
      [['licence'], '5678'],
    ])
    expect(candidates.map(({ accountId }) => accountId)).toEqual([one.accountId, two.accountId])
  })

  it('[MAT-44] another one is found by words, weighed for this contact all the same', async () => {
    const met = await meet({ remark: '周小舟' })
    await doctor({ name: '周小舟', nameSearch: '周小舟 zhouxiaozhou zxz' })
    const find = async (query: string, externalUserId: string | null) =>
      (await call(server, met.cookie, matching.findAccounts, { query, externalUserId })).body
        .accounts as MatchCandidate[]
    expect(await find('zxz', met.externalUserId)).toMatchObject([
      { name: '周小舟', reasons: ['name_in_remark', 'own_territory'] },
    ])
    expect(await find('zxz', null)).toMatchObject([{ name: '周小舟', reasons: ['own_territory'] }])
    expect(await find('%', met.externalUserId)).toEqual([])
  })
})

describe('a match', () => {
  it('[MAT-50] is the rep’s word, once, however often it is said', async () => {
    const met = await meet()
    const { accountId } = await doctor()
    const answers = await Promise.all(Array.from({ length: 10 }, () => match(met, accountId)))
    expect(answers.map(({ body }) => body.outcome)).toEqual(Array.from({ length: 10 }, () => 'in_force'))
    expect(await livesOf(met)).toEqual(['in_force'])
    expect(await contactOf(met)).toEqual({ accountId, matchedBy: met.repId, waitingMatchId: null })
  })

  it('[MAT-51] of ten at once that say different things one counts, and the others are told', async () => {
    const met = await meet()
    const ids: string[] = []
    for (let nth = 0; nth < 10; nth += 1) ids.push((await doctor()).accountId)
    const answers = await Promise.all(ids.map((accountId) => match(met, accountId)))
    const codes = answers.map(({ body }) => body.outcome ?? body.error)
    expect(codes.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'already_matched'), 'in_force'])
    expect(await livesOf(met)).toEqual(['in_force'])
  })

  it('[MAT-52] of a doctor whom another contact is matched to needs the rep to have seen it', async () => {
    const theirs = await buildOrdinary(server)
    const met = await meet()
    expect((await match(met, theirs.accountId)).body.error).toBe('account_taken')
    expect((await contactOf(met)).accountId).toBeNull()
    expect((await match(met, theirs.accountId, { taken: true })).body.outcome).toBe('in_force')
  })

  it('[MAT-54] of a doctor whose record is closed at that moment is none', async () => {
    const met = await meet()
    const { accountId } = await doctor()
    const answer = await server.owner.transaction().execute(async (trx) => {
      await trx.updateTable('account').set({ active: false }).where('id', '=', accountId).execute()
      const asked = match(met, accountId)
      await new Promise((resolve) => setTimeout(resolve, 500)) // it has seen the record as it was, and waits for it
      return { asked }
    })
    expect((await answer.asked).body.error).toBe('account_not_found')
    expect(await livesOf(met)).toEqual([])
    expect((await contactOf(met)).accountId).toBeNull()
  })

  it('[MAT-53] under a request that said something else is refused', async () => {
    const [met, requestId] = [await meet(), randomUUID()]
    expect((await match(met, (await doctor()).accountId, { requestId })).body.outcome).toBe('in_force')
    await end(met)
    expect((await match(met, (await doctor()).accountId, { requestId })).body.error).toBe('request_id_reused')
  })
})

describe('a match that was a mistake', () => {
  it('[MAT-60] ends with its reason; what was sent and consented stays with the doctor it was for', async () => {
    const ordinary = await buildOrdinary(server)
    const { externalUserId, accountId, contentItemId, cookie } = ordinary
    const send = (requestId = randomUUID()) =>
      call(server, cookie, repEndpoints.authoriseSend, {
        ...{ requestId, externalUserId, contentItemId, kind: 'news', entry: 'single_chat_tools' },
      })
    const { body: sent } = await send()
    expect(sent.outcome).toBe('authorised')
    expect((await end(ordinary)).body.outcome).toBe('ended')
    expect((await end(ordinary)).body.outcome).toBe('none')
    expect(await livesOf(ordinary)).toEqual(['ended 认错了人'])
    expect((await send()).body).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'account_not_matched' }] })

    const other = await doctor()
    expect((await match(ordinary, other.accountId)).body.outcome).toBe('in_force')
    expect((await open(ordinary)).contact).toMatchObject({
      account: { accountId: other.accountId },
      consent: { state: 'never' },
    })
    const row = await server.owner
      .selectFrom('send')
      .select('accountId')
      .where('id', '=', sent.sendId)
      .executeTakeFirst()
    expect(row?.accountId).toBe(accountId)
    const consents = await server.owner.selectFrom('consent').select('id').where('accountId', '=', accountId).execute()
    expect(consents).toHaveLength(1)
    const entry = await server.owner
      .selectFrom('auditEntry')
      .select(['accountId', 'reason'])
      .where('event', '=', 'contact.unmatched')
      .where('subjectId', '=', externalUserId)
      .execute()
    expect(entry).toEqual([{ accountId, reason: '认错了人' }])
  })

  it('[MAT-61] ended by ten at once ends once, and colleagues who have the contact are told', async () => {
    const ordinary = await buildOrdinary(server)
    const colleague = await buildRep(server)
    await buildContact(server, colleague, null, { externalUserId: ordinary.externalUserId })
    const answers = await Promise.all(Array.from({ length: 10 }, () => end(ordinary)))
    expect(answers.filter(({ body }) => body.outcome === 'ended')).toHaveLength(1)
    expect(await livesOf(ordinary)).toEqual(['ended 认错了人'])
    const told = await server.owner
      .selectFrom('outbox')
      .select(['toPerson', 'body'])
      .where('kind', '=', 'match')
      .where('toPerson', 'in', [colleague, ordinary.repId])
      .execute()
    expect(told.map((row) => row.toPerson)).toEqual([colleague])
  })

  it('[MAT-62] is in the profile with all that was before it', async () => {
    const met = await meet()
    const [first, second] = [await doctor({ licenceNumber: 'L00000000009999' }), await doctor()]
    await match(met, second.accountId)
    await end(met, '同名的另一位')
    await match(met, first.accountId)
    const { body } = await call(server, met.cookie, matching.lookAtAccount, { externalUserId: met.externalUserId })
    expect(body.account).toMatchObject({ name: first.name, licenceTail: '9999', verified: true })
    expect(body.matches).toMatchObject([
      { doctor: first.name, life: 'in_force', by: '王磊' },
      { doctor: second.name, life: 'ended', reason: '同名的另一位' },
    ])
  })
})

describe('what the page watches', () => {
  it('[MAT-70] changes with a match and with its end', async () => {
    const met = await meet()
    const changed = async () =>
      (await call(server, met.cookie, repEndpoints.watchChat, { externalUserId: met.externalUserId })).body.changedAt
    await buildPiece(server)
    const before = await changed()
    server.clock.at = new Date(morning.getTime() + 5_000)
    await match(met, (await doctor()).accountId)
    expect(await changed()).not.toBe(before)
    server.clock.at = new Date(morning.getTime() + 9_000)
    await end(met)
    expect(await changed()).toBe(server.clock.at.toISOString())
  })
})
