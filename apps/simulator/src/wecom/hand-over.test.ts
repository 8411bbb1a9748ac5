import { beforeEach, describe, expect, test } from 'vitest'
import { buildSimulator, callApi, getToken, type Clock } from '../../test/build-simulator.ts'
import { settleTransfers } from '../callback/hand-over.ts'
import { happen } from '../callback/events.ts'
import type { Simulator } from '../simulator.ts'

const zhangWei = 'wmDemoZhangWei'
const liMin = 'wmDemoLiMin'
let clock: Clock
let simulator: Simulator
let access_token: string
beforeEach(async () => {
  clock = { ms: 1_800_000_000_000 }
  simulator = buildSimulator({}, clock)
  access_token = await getToken(simulator)
})

const ask = (external_userid: string[], { resigned = false, from = 'wanglei', to = 'lina' } = {}) =>
  callApi(
    simulator,
    `externalcontact/${resigned ? 'resigned/' : ''}transfer_customer`,
    { access_token },
    { handover_userid: from, takeover_userid: to, external_userid },
  )
const result = async () => {
  const body = { handover_userid: 'wanglei', takeover_userid: 'lina' }
  const { customer } = await callApi(simulator, 'externalcontact/transfer_result', { access_token }, body)
  return customer as { status: number; takeover_time: number }[]
}
const liveOf = (userid: string) =>
  simulator.store.follows
    .filter((one) => one.userid === userid && one.deletedBy === null)
    .map((one) => one.externalUserid)
/** What was told, by kind, as far as the log has it. */
const told = () =>
  simulator.feed
    .entries()
    .filter(({ kind }) => kind === 'callback')
    .map(({ title, detail }) => {
      const { xml } = detail as { xml: string }
      const field = (name: string) => new RegExp(`<${name}><!\\[CDATA\\[(.*?)\\]\\]>`).exec(xml)?.[1]
      return [title.split(/[/:]/)[1], field('UserID'), field('Source') ?? field('FailReason')]
    })

describe('a hand-over in service', () => {
  test('waits for 24 h, then the taker hears of the contact and the giver that it is gone', async () => {
    expect(await ask([liMin])).toMatchObject({ customer: [{ external_userid: liMin, errcode: 0 }] })
    expect(await result()).toEqual([{ external_userid: liMin, status: 2, takeover_time: 1_800_086_400 }])
    expect(liveOf('wanglei')).toContain(liMin)
    clock.ms += 24 * 3_600_000
    access_token = await getToken(simulator)
    expect(await result()).toMatchObject([{ status: 1 }])
    expect(liveOf('wanglei')).not.toContain(liMin)
    expect(simulator.store.follows.find((one) => one.userid === 'lina' && one.externalUserid === liMin)).toMatchObject({
      addWay: 202,
    })
    expect(told()).toEqual([
      ['add_external_contact', 'lina', undefined],
      ['del_external_contact', 'wanglei', 'DELETE_BY_TRANSFER'],
    ])
  })

  test('tells a taker nothing who was a friend already', async () => {
    await ask([zhangWei])
    await settleTransfers(simulator, { now: true })
    expect(told()).toEqual([['del_external_contact', 'wanglei', 'DELETE_BY_TRANSFER']])
  })

  test.each([
    ['refused', 3, 'customer_refused'],
    ['full', 4, 'customer_limit_exceed'],
  ] as const)('that is %s changes nothing and says why', async (ending, status, why) => {
    await ask([liMin])
    await settleTransfers(simulator, { now: true, ending })
    expect(await result()).toMatchObject([{ status, takeover_time: 0 }])
    expect(liveOf('wanglei')).toContain(liMin)
    expect(told()).toEqual([['transfer_fail', 'lina', why]])
  })

  test.each([
    { says: 'a contact nobody knows', ids: ['wmNobody'], errcode: 40096 },
    { says: 'a contact of somebody else', ids: ['wmDemoAlone'], errcode: 40131 },
  ])('$says is refused alone: $errcode', async ({ ids, errcode }) => {
    expect(await ask([...ids, liMin])).toMatchObject({ errcode: 0, customer: [{ errcode }, { errcode: 0 }] })
  })

  test('twice at once is 40129, to oneself 40130', async () => {
    await ask([liMin])
    expect(await ask([liMin])).toMatchObject({ customer: [{ errcode: 40129 }] })
    expect(await ask([zhangWei], { to: 'wanglei' })).toMatchObject({ customer: [{ errcode: 40130 }] })
  })

  test('a third time within 90 days is 40128', async () => {
    for (const [from, to] of [
      ['wanglei', 'lina'],
      ['lina', 'wanglei'],
    ] as const) {
      await ask([liMin], { from, to })
      await settleTransfers(simulator, { now: true })
    }
    expect(await ask([liMin])).toMatchObject({ customer: [{ errcode: 40128 }] })
  })
})

test('contacts of somebody who left are unassigned, and go over by the call for those alone', async () => {
  await happen(simulator, { type: 'delete_user', userid: 'wanglei' })
  const unassigned = await callApi(simulator, 'externalcontact/get_unassigned_list', { access_token }, {})
  expect(unassigned).toMatchObject({ is_last: true, info: [{ handover_userid: 'wanglei' }, {}] })
  expect(await ask([liMin])).toMatchObject({ errcode: 40003 })
  expect(await ask([liMin], { resigned: true })).toMatchObject({ customer: [{ errcode: 0 }] })
  await settleTransfers(simulator, { now: true })
  expect(liveOf('lina')).toContain(liMin)
})
