import { randomUUID } from 'node:crypto'
import {
  accountEndpoints,
  repEndpoints,
  type AccountDetail,
  type AccountPair,
  type MergePreview,
} from '@vouch/contract'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildPiece,
  buildRep,
  giveConsent,
} from '../../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../../test/test-server.ts'
import { loadStanding } from '../../../consents/load-standing.ts'
import { stateConsents } from '../../../consents/state-consents.ts'
import type { AccountTable } from '../../../db/tables/contacts.ts'
import { setPause } from '../../wishes/set-pause.ts'
import { setWishes } from '../../wishes/set-wishes.ts'
import { nameSound } from '../name-sound.ts'
import { proposePairs } from '../pairs/propose-pairs.ts'

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

const day = 86_400_000
const daysAgo = (days: number) => new Date(morning.getTime() - days * day)
const licence = () => randomUUID().slice(0, 15)
const named = (name: string, given: Partial<Insertable<AccountTable>> = {}) =>
  buildAccount(server, { name, nameSound: nameSound(name), licenceNumber: null, ...given })

const accountOf = (id: string) =>
  server.owner.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const contactsOf = async (accountId: string) =>
  (
    await server.owner
      .selectFrom('externalContact')
      .select('externalUserId')
      .where('accountId', '=', accountId)
      .execute()
  ).map((row) => row.externalUserId)
const standsOn = async (accountId: string) =>
  (await loadStanding(server.db, accountId, server.deps.now()))[0]!.standing.state
const preview = async (survivorId: string, mergedId: string) =>
  (await call(server, clerk.cookie, accountEndpoints.previewMerge, { survivorId, mergedId })).body as MergePreview
const askMerge = (survivorId: string, mergedId: string, given: object = {}, who = clerk) =>
  call(server, who.cookie, accountEndpoints.mergeAccounts, {
    ...{ requestId: randomUUID(), survivorId, mergedId, survivorRevision: 1, mergedRevision: 1, reason: '同一位医生' },
    ...given,
  })
async function merge(survivorId: string, mergedId: string): Promise<string> {
  const [survivor, merged] = [await accountOf(survivorId), await accountOf(mergedId)]
  const { body } = await askMerge(survivorId, mergedId, {
    ...{ survivorRevision: survivor.revision, mergedRevision: merged.revision },
  })
  return body.mergeId
}
const undo = async (mergeId: string) =>
  (await call(server, clerk.cookie, accountEndpoints.undoMerge, { mergeId, reason: '其实是两个人' })).body

/** A rep who may send, their contact of this account, and a way to send. */
async function buildSender(accountId: string) {
  const repId = await buildRep(server)
  const externalUserId = await buildContact(server, repId, accountId)
  const cookie = await server.signIn(repId)
  const send = async () => {
    const asked = { requestId: randomUUID(), externalUserId, contentItemId: await buildPiece(server) }
    const go = (): ReturnType<typeof call> =>
      call(server, cookie, repEndpoints.authoriseSend, { ...asked, kind: 'news', entry: 'single_chat_tools' })
    for (;;) {
      const answer = await go()
      if (answer.status !== 503) return answer.body
    }
  }
  return { repId, externalUserId, send }
}

describe('two records that may be one doctor', () => {
  const pairsOf = async (...ids: string[]) => {
    await proposePairs(server.deps)
    const { body } = await call(server, clerk.cookie, accountEndpoints.listPairs, {})
    return (body.rows as AccountPair[]).filter(
      ({ one, other }) => ids.includes(one.accountId) && ids.includes(other.accountId),
    )
  }

  it('are proposed by licence, name or sound within a hospital, the likeliest first, with why', async () => {
    const same = licence()
    const place = { hospitalId: 'h-pairs' }
    await server.owner
      .insertInto('hospital')
      .ignore()
      .values({ id: 'h-pairs', name: '同名医院', shortName: '同名' })
      .execute()
    const ids = [
      await named('陈思远', { ...place, licenceNumber: same }),
      await named('陈思远', { ...place, department: '放疗科', title: '' }),
      await named('程思源', { ...place, department: '妇科', title: '' }),
      await named('别名', { licenceNumber: same, title: '', department: '妇科' }),
      await named('陈思远', { ...place, licenceNumber: licence(), active: 0 }),
    ]
    const pairs = await pairsOf(...ids)
    expect(pairs.map(({ reasons }) => reasons)).toEqual([
      ['same_licence'],
      ['same_name'],
      ...[['same_sound'], ['same_sound']].slice(0, pairs.length - 2),
    ])
    expect(pairs.length).toBeGreaterThanOrEqual(2)
    expect(await contactsOf(ids[0]!)).toEqual([])
  })

  it('are two doctors when their licences differ, whatever they are called', async () => {
    const ids = [
      await named('赵同名', { licenceNumber: licence() }),
      await named('赵同名', { licenceNumber: licence() }),
      await named('赵同名', { hospitalId: 'elsewhere' }),
    ]
    expect(await pairsOf(...ids)).toEqual([])
  })

  it('are proposed no more once a person says they are two, also when they are compared again', async () => {
    const ids = [await named('孙重名'), await named('孙重名')]
    expect(await pairsOf(...ids)).toHaveLength(1)
    const asked = { accountId: ids[1]!, otherId: ids[0]!, reason: '两位都认识' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call(server, clerk.cookie, accountEndpoints.dismissPair, asked)),
    )
    for (const { body } of answers) expect(body).toEqual({ done: true })
    await server.owner.updateTable('account').set({ compareDue: 1 }).where('id', 'in', ids).execute()
    expect(await pairsOf(...ids)).toEqual([])
    const { body } = await call(server, clerk.cookie, accountEndpoints.listPairs, { show: 'different' })
    expect(body.rows[0]).toMatchObject({ settled: 'different', settledBy: 'compliance', reason: '两位都认识' })
    const entries = server.owner.selectFrom('auditEntry').select('event').where('event', '=', 'account_pair.dismissed')
    expect(await entries.where('actorId', '=', clerk.id).execute()).toHaveLength(1)
  })

  it('are compared anew when one of them is put right', async () => {
    const ids = [await named('周一一'), await named('周二二')]
    expect(await pairsOf(...ids)).toEqual([])
    await server.owner.updateTable('account').set({ name: '周一一', compareDue: 1 }).where('id', '=', ids[1]!).execute()
    expect((await pairsOf(...ids))[0]).toMatchObject({
      reasons: ['same_name', 'same_department', 'same_title'],
      points: 45,
    })
    await server.owner.updateTable('account').set({ name: '周三三', compareDue: 1 }).where('id', '=', ids[1]!).execute()
    expect(await pairsOf(...ids)).toEqual([])
  })
})

describe('putting two records of one doctor together', () => {
  it('shows before what differs, what moves and where the doctor will stand', async () => {
    const survivor = await named('李合并', {
      title: '主任医师',
      licenceNumber: licence(),
      externalId: `s-${randomUUID()}`,
    })
    const merged = await named('李合并', {
      title: '副主任医师',
      externalId: `m-${randomUUID()}`,
      hcpVerified: 0,
      post: '科主任',
    })
    const { send } = await buildSender(merged)
    await giveConsent(server, survivor)
    await giveConsent(server, merged, 'opted_out', daysAgo(30))
    await send()
    const shown = await preview(survivor, merged)
    expect(shown).toMatchObject({ contacts: 1, sends: 0, monthSends: 0, monthLimit: 4, records: 0, refusals: [] })
    expect(Object.fromEntries(shown.differences.map(({ field, after }) => [field, after]))).toMatchObject({
      ...{ title: '主任医师', post: '科主任', verified: 'yes' },
    })
    expect(shown.standings[0]).toEqual({
      purpose: 'receive',
      survivor: 'opted_in',
      merged: 'withdrawn',
      after: 'withdrawn',
    })
    expect((await preview(survivor, survivor)).refusals).toEqual(['same_account'])
  })

  it('moves contacts, fills what was empty, and is on record for both', async () => {
    const survivor = await named('钱合并', { post: '' })
    const merged = await named('钱合并', { post: '科主任', licenceNumber: '110000000000077', externalId: 'HCP-QIAN' })
    const { externalUserId } = await buildSender(merged)
    const mergeId = await merge(survivor, merged)
    expect(await contactsOf(survivor)).toEqual([externalUserId])
    expect(await accountOf(survivor)).toMatchObject({
      post: '科主任',
      licenceNumber: '110000000000077',
      externalId: 'HCP-QIAN',
    })
    expect(await accountOf(merged)).toMatchObject({ mergedInto: survivor, active: 0, externalId: null })
    for (const accountId of [survivor, merged]) {
      const entries = server.owner
        .selectFrom('auditEntry')
        .select(['subjectId', 'reason'])
        .where('accountId', '=', accountId)
      expect(await entries.where('event', '=', 'account.merged').execute()).toEqual([
        { subjectId: mergeId, reason: '同一位医生' },
      ])
    }
    const shown = (await call(server, clerk.cookie, accountEndpoints.loadAccount, { accountId: survivor }))
      .body as AccountDetail
    expect(shown.merges).toMatchObject([{ mergeId, doctor: '钱合并', mayUndo: true, by: 'compliance' }])
    const gone = (await call(server, clerk.cookie, accountEndpoints.loadAccount, { accountId: merged }))
      .body as AccountDetail
    expect(gone).toMatchObject({ mergedInto: survivor, mayWrite: false, trail: [{ event: 'account.merged' }] })
  })

  it('counts the sends of both towards one limit, and the same piece of either as sent', async () => {
    const [survivor, merged] = [await named('吴上限'), await named('吴上限')]
    for (const accountId of [survivor, merged]) await giveConsent(server, accountId)
    const [one, other] = [await buildSender(survivor), await buildSender(merged)]
    for (const sender of [one, other])
      for (let nth = 0; nth < 2; nth += 1) expect((await sender.send()).outcome).toBe('authorised')
    expect((await preview(survivor, merged)).monthSends).toBe(4)
    const mergeId = await merge(survivor, merged)
    for (const sender of [one, other])
      expect((await sender.send()).refusals).toMatchObject([{ reason: 'cap_reached', count: 4, limit: 4 }])
    await undo(mergeId)
    for (const sender of [one, other]) expect((await sender.send()).outcome).toBe('authorised')
  })

  it('lets a no of either hold, however old, and gives the yes back when it is undone', async () => {
    const [survivor, merged] = [await named('郑同意'), await named('郑同意')]
    await giveConsent(server, survivor)
    await giveConsent(server, merged, 'opted_out', daysAgo(200))
    const { send } = await buildSender(survivor)
    const mergeId = await merge(survivor, merged)
    expect(await standsOn(survivor)).toBe('withdrawn')
    expect((await send()).refusals.map((one: { reason: string }) => one.reason)).toEqual(['opted_out'])
    await undo(mergeId)
    expect([await standsOn(survivor), await standsOn(merged)]).toEqual(['opted_in', 'withdrawn'])
    expect((await send()).outcome).toBe('authorised')
    const rows = await server.owner
      .selectFrom('consent')
      .select(['id', 'evidence'])
      .where('accountId', '=', survivor)
      .execute()
    expect(rows).toHaveLength(2) // nothing is ever taken away
    expect(rows.some((row) => row.evidence.includes(mergeId))).toBe(true)
    const again = await merge(survivor, merged)
    expect(await standsOn(survivor)).toBe('withdrawn')
    await undo(again)
    expect(await standsOn(survivor)).toBe('opted_in')
  })

  it('takes a yes over to a record that was never asked, and back again', async () => {
    const [survivor, merged] = [await named('冯没问'), await named('冯没问')]
    await giveConsent(server, merged)
    const mergeId = await merge(survivor, merged)
    expect(await standsOn(survivor)).toBe('opted_in')
    await undo(mergeId)
    expect(await standsOn(survivor)).toBe('never')
  })

  it('keeps what the doctor says afterwards, also when it is undone', async () => {
    const [survivor, merged] = [await named('褚后说'), await named('褚后说')]
    await giveConsent(server, merged)
    const { externalUserId } = await buildSender(merged)
    const mergeId = await merge(survivor, merged)
    server.clock.at = new Date(morning.getTime() + day)
    // A page drawn before the merge still names the other record.
    await stateConsents(
      server.deps,
      { kind: 'hcp', id: externalUserId },
      {
        ...{ accountId: merged, requestId: randomUUID(), language: 'zh-CN', channel: 'link', identity: 'wechat_oauth' },
        ...{
          evidence: { externalUserId },
          statements: [{ purpose: 'receive', statement: 'opted_out', textVersion: 1 }],
        },
      },
    )
    expect(await standsOn(survivor)).toBe('withdrawn')
    await undo(mergeId)
    expect([await standsOn(survivor), await standsOn(merged)]).toEqual(['withdrawn', 'opted_in'])
  })

  it('takes a wish or a pause of a page drawn before it to the record that stands for both', async () => {
    const none = { revision: 0, shown: ['PD1'], wanted: ['PD1'], mostPerMonth: null, quietFrom: null, quietUntil: null }
    const [survivor, merged] = [await named('蒋先前'), await named('蒋先前')]
    await merge(survivor, merged)
    expect(await setWishes(server.deps, { accountId: merged, ...none, mostPerMonth: 1 })).toBe('saved')
    await setPause(server.deps, { accountId: merged, for: 'week' })
    const wishes = await server.owner.selectFrom('accountWish').selectAll().where('mostPerMonth', '=', 1).execute()
    expect(wishes.map((wish) => wish.accountId)).toContain(survivor)
    expect((await accountOf(survivor)).pausedUntil).not.toBeNull()
    expect((await accountOf(merged)).pausedUntil).toBeNull()
  })

  it('lets wishes only tighten and gives them back unless the doctor said another since', async () => {
    const none = { revision: 0, shown: ['PD1'], wanted: ['PD1'], mostPerMonth: null, quietFrom: null, quietUntil: null }
    const [survivor, merged] = [
      await named('卫愿望', { pausedUntil: daysAgo(-3) }),
      await named('卫愿望', { pausedUntil: daysAgo(-9) }),
    ]
    await setWishes(server.deps, { accountId: survivor, ...none, mostPerMonth: 3 })
    await setWishes(server.deps, { accountId: merged, ...none, mostPerMonth: 1, wanted: [] })
    const wishOf = (id: string) =>
      server.owner.selectFrom('accountWish').selectAll().where('accountId', '=', id).executeTakeFirst()
    const mergeId = await merge(survivor, merged)
    expect(await wishOf(survivor)).toMatchObject({ mostPerMonth: 1, unwanted: 'PD1' })
    expect((await accountOf(survivor)).pausedUntil).toEqual(daysAgo(-9))
    await undo(mergeId)
    expect(await wishOf(survivor)).toMatchObject({ mostPerMonth: 3, unwanted: '' })
    expect((await accountOf(survivor)).pausedUntil).toEqual(daysAgo(-3))
    const again = await merge(survivor, merged)
    const { revision } = (await wishOf(survivor))!
    await setWishes(server.deps, { accountId: survivor, ...none, revision, mostPerMonth: 2 })
    await undo(again)
    expect(await wishOf(survivor)).toMatchObject({ mostPerMonth: 2 })
  })

  it('is one merge ten times at once, and one undoing', async () => {
    const [survivor, merged] = [await named('蒋十次'), await named('蒋十次')]
    await giveConsent(server, merged)
    const { externalUserId } = await buildSender(merged)
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => askMerge(survivor, merged, { requestId })))
    const ids = new Set(answers.map(({ body }) => body.mergeId))
    expect(ids.size).toBe(1)
    expect((await askMerge(merged, survivor, { requestId })).body.error).toBe('request_id_reused')
    const rows = server.owner.selectFrom('accountMerge').selectAll().where('survivorId', '=', survivor)
    expect(await rows.execute()).toHaveLength(1)
    expect(
      await server.owner.selectFrom('consent').selectAll().where('accountId', '=', survivor).execute(),
    ).toHaveLength(1)
    const [mergeId] = ids
    const undone = await Promise.all(Array.from({ length: 10 }, () => undo(mergeId)))
    for (const body of undone) expect(body).toEqual({ outcome: 'undone' })
    expect(await contactsOf(merged)).toEqual([externalUserId])
    const entries = server.owner.selectFrom('auditEntry').select('event').where('subjectId', '=', mergeId)
    expect((await entries.where('event', '=', 'account.merge_undone').execute()).length).toBe(2)
  })

  it('is refused both ways at once but for one, and never of what was merged or changed', async () => {
    const [one, other] = [await named('沈两头'), await named('沈两头')]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => (nth % 2 ? askMerge(one, other) : askMerge(other, one))),
    )
    expect(answers.filter(({ body }) => body.outcome === 'merged')).toHaveLength(1)
    for (const { body } of answers)
      if (body.outcome !== 'merged') expect(body.outcome ?? body.error).toMatch(/refused|stale_revision/)
    const [third, fourth] = [await named('沈第三'), await named('沈第四', { revision: 7 })]
    expect((await askMerge(third, fourth)).body.error).toBe('stale_revision')
    expect((await askMerge(third, third)).body.reasons).toEqual(['same_account'])
    expect((await askMerge(third, 'nobody')).body.error).toBe('account_not_found')
    expect((await askMerge(third, fourth, {}, await buildColleague(server, 'auditor'))).body.error).toBe('wrong_role')
  })

  it('is undone last first: a survivor that was merged itself holds what is in it', async () => {
    const [first, second, third] = [await named('韩一'), await named('韩二'), await named('韩三')]
    for (const id of [first, second, third]) await giveConsent(server, id)
    const { externalUserId } = await buildSender(first)
    const earlier = await merge(second, first)
    const later = await merge(third, second)
    expect((await accountOf(first)).mergedInto).toBe(third)
    expect(await contactsOf(third)).toEqual([externalUserId])
    expect(await undo(earlier)).toEqual({ outcome: 'refused', reasons: ['merged_again'] })
    expect(await undo(later)).toEqual({ outcome: 'undone' })
    expect((await accountOf(first)).mergedInto).toBe(second)
    expect(await contactsOf(second)).toEqual([externalUserId])
    expect(await undo(earlier)).toEqual({ outcome: 'undone' })
    expect(await contactsOf(first)).toEqual([externalUserId])
    expect(await accountOf(first)).toMatchObject({ mergedInto: null, active: 1 })
  })

  it('gives back only what moved: who came since stays, and so does what somebody changed', async () => {
    const [survivor, merged] = [await named('杨留下', { post: '' }), await named('杨留下', { post: '科主任' })]
    const moved = await buildSender(merged)
    const mergeId = await merge(survivor, merged)
    const since = await buildSender(survivor)
    await server.owner.updateTable('account').set({ post: '院长' }).where('id', '=', survivor).execute()
    expect(await undo(mergeId)).toEqual({ outcome: 'undone' })
    expect(await contactsOf(survivor)).toEqual([since.externalUserId])
    expect(await contactsOf(merged)).toEqual([moved.externalUserId])
    expect((await accountOf(survivor)).post).toBe('院长')
  })

  it('is wholly before or after each of 20 sends: none of them counts alone', async () => {
    const [survivor, merged] = [await named('朱竞争'), await named('朱竞争')]
    for (const accountId of [survivor, merged]) await giveConsent(server, accountId)
    const senders = [await buildSender(survivor), await buildSender(merged)]
    const sends = Array.from({ length: 20 }, (_, nth) => senders[nth % 2]!.send())
    const [answers, mergeId] = [Promise.all(sends), merge(survivor, merged)]
    await mergeId
    await answers
    expect(await contactsOf(survivor)).toHaveLength(2)
    for (const sender of senders) expect((await sender.send()).refusals[0].reason).toBe('cap_reached')
    const sent = await server.owner
      .selectFrom('send')
      .select(['accountId', 'decidedAt'])
      .where('accountId', 'in', [survivor, merged])
      .where('outcome', '=', 'authorised')
      .execute()
    // Four to each at most while they were two, and none beyond four once they were one.
    expect(sent.filter((row) => row.accountId === merged).length).toBeLessThanOrEqual(4)
    expect(sent.filter((row) => row.accountId === survivor).length).toBeLessThanOrEqual(4)
  })
})
