import { beforeEach, describe, expect, test } from 'vitest'
import { buildSimulator, callApi, getToken, type Clock } from '../../test/build-simulator.ts'
import { scan } from '../callback/scan.ts'
import { drawCode } from '../control/scan.ts'
import type { Simulator } from '../simulator.ts'

let clock: Clock
let simulator: Simulator
let access_token: string
beforeEach(async () => {
  clock = { ms: 1_800_000_000_000 }
  simulator = buildSimulator({}, clock)
  access_token = await getToken(simulator)
})

const ask = (path: string, body: object) => callApi(simulator, `externalcontact/${path}`, { access_token }, body)
const ways = (what: string, body: object) => ask(`${what}_contact_way`, body)
const qr = { type: 2, scene: 2, user: ['wanglei'], state: 'booth', remark: '展位' }
const add = async (body: object = qr) => String((await ways('add', body))['config_id'])
/** The welcome code that came with the last event. */
const welcomeCode = (): string => [...simulator.store.welcomeCodes.keys()].at(-1) ?? ''
const welcome = (body: object) => ask('send_welcome_msg', { welcome_code: welcomeCode(), ...body })

describe('a "Contact Me" code', () => {
  test('is made, shown, listed, changed and taken away', async () => {
    const config_id = await add()
    const { contact_way } = await ways('get', { config_id })
    expect(contact_way).toMatchObject({ config_id, type: 2, state: 'booth', user: ['wanglei'], skip_verify: true })
    expect(drawCode(simulator, config_id)?.subarray(1, 4).toString()).toBe('PNG')
    expect((await ways('list', {}))['contact_way']).toEqual([{ config_id }])
    expect((await ways('list', { start_time: 1_800_000_001 }))['contact_way']).toEqual([])
    await ways('update', { config_id, user: ['lina'], remark: '换人' })
    expect((await ways('get', { config_id }))['contact_way']).toMatchObject({ user: ['lina'], remark: '换人' })
    expect(await ways('del', { config_id })).toMatchObject({ errcode: 0 })
    expect(await ways('get', { config_id })).toMatchObject({ errcode: 40035 })
  })

  test.each([
    ['without a type', { ...qr, type: undefined }, 41037],
    ['without a scene', { ...qr, scene: undefined }, 41040],
    ['with a style beside a QR code', { ...qr, style: 1 }, 41040],
    ['with a long state', { ...qr, state: 'x'.repeat(31) }, 40035],
    ['with a long remark', { ...qr, remark: '字'.repeat(31) }, 40035],
    ['for nobody', { ...qr, user: [] }, 40058],
    ['for 101', { ...qr, user: Array<string>(101).fill('wanglei') }, 40035],
    ['for one, naming two', { ...qr, type: 1, user: ['wanglei', 'lina'] }, 40035],
    ['for somebody out of range', { ...qr, user: ['guest'] }, 84074],
    ['for somebody who left', { ...qr, user: ['liuyang-left'] }, 40003],
    ['that is temporary, at a company not of medicine', { ...qr, type: 1, is_temp: true }, 48002],
  ])('%s is refused', async (_, body, errcode) => {
    expect(await ways('add', body)).toMatchObject({ errcode })
  })

  test('for a member without a verified name is refused', async () => {
    simulator.store.switches.unverified = 'WangLei'
    expect(await ways('add', qr)).toMatchObject({ errcode: 40098 })
  })

  test('connects who scans it, and tells with which state', async () => {
    const configId = await add()
    const scanned = await scan(simulator, { configId, name: '清泉' })
    if (scanned.outcome === 'dead') throw new Error(scanned.why)
    const { follow_user } = await callApi(simulator, 'externalcontact/get', {
      access_token,
      external_userid: scanned.externalUserid,
    })
    expect(follow_user).toMatchObject([{ userid: 'wanglei', state: 'booth', add_way: 1 }])
  })

  test('leads to its members by turns, and to none when all have gone', async () => {
    const configId = await add({ ...qr, user: ['wanglei', 'lina'] })
    const met = [await scan(simulator, { configId }), await scan(simulator, { configId })]
    expect(new Set(met.map((one) => ('userid' in one ? one.userid : '')))).toEqual(new Set(['wanglei', 'lina']))
    for (const member of simulator.store.members.values()) member.status = 'disabled'
    expect(await scan(simulator, { configId })).toEqual({ outcome: 'dead', why: 'nobody' })
  })

  test('that wants the rep’s yes connects nobody before it', async () => {
    const configId = await add({ ...qr, skip_verify: false })
    const asked = await scan(simulator, { configId, externalUserid: 'wmDemoAlone' })
    expect(asked).toMatchObject({ outcome: 'asked' })
    expect(simulator.store.welcomeCodes.size).toBe(0)
    await scan(simulator, { configId, externalUserid: 'wmDemoAlone', accepted: true })
    expect(simulator.store.welcomeCodes.size).toBe(1)
  })

  test('for a temporary session is for one, dies with the first and in time, and is not listed', async () => {
    simulator.store.switches.medicalCorp = true
    const temporary = { ...qr, type: 1, is_temp: true, expires_in: 3_600 }
    const used = await add(temporary)
    expect((await ways('list', {}))['contact_way']).toEqual([])
    await scan(simulator, { configId: used, externalUserid: 'wmDemoAlone' })
    expect(await scan(simulator, { configId: used })).toEqual({ outcome: 'dead', why: 'used' })
    const ended = { userid: 'wanglei', external_userid: 'wmDemoAlone' }
    expect(await ask('close_temp_chat', ended)).toMatchObject({ errcode: 0 })
    const late = await add(temporary)
    clock.ms += 3_600_001
    expect(await scan(simulator, { configId: late })).toEqual({ outcome: 'dead', why: 'over' })
    expect(await ways('add', { ...temporary, expires_in: 14 * 86_400 + 1 })).toMatchObject({ errcode: 40035 })
  })
})

describe('the welcome', () => {
  const text = { text: { content: '您好' } }
  const link = (more: object = {}) => ({
    attachments: [{ msgtype: 'link', link: { title: '邀请', desc: '', url: 'https://vouch.example/l/1', ...more } }],
  })
  beforeEach(async () => {
    await scan(simulator, { configId: await add(), externalUserid: 'wmDemoAlone' })
  })

  test('is taken once, within 20 s', async () => {
    expect(await welcome(text)).toMatchObject({ errcode: 0 })
    expect(await welcome(text)).toMatchObject({ errcode: 41051 })
    expect(await ask('send_welcome_msg', { welcome_code: 'invented', ...text })).toMatchObject({ errcode: 41050 })
    await scan(simulator, { configId: await add(), externalUserid: 'wmDemoLiMin' })
    clock.ms += 20_001
    expect(await welcome(text)).toMatchObject({ errcode: 41050 })
  })

  test('is refused once the two have talked', async () => {
    const line = { userid: 'wanglei', externalUserid: 'wmDemoAlone', msgtype: 'text', body: {} }
    simulator.store.chats.push({ ...line, id: 'x', from: 'hcp', at: clock.ms })
    expect(await welcome(text)).toMatchObject({ errcode: 41051 })
  })

  test('of another app comes first, or is on its way', async () => {
    simulator.store.switches.welcomeBy = 'other-app-now'
    expect(await welcome(text)).toMatchObject({ errcode: 41096 })
    clock.ms += 1_001
    expect(await welcome(text)).toMatchObject({ errcode: 41051 })
  })

  test.each([
    ['nothing to say', {}, 40058],
    ['a text over 4,000 bytes', { text: { content: '字'.repeat(1_334) } }, 40035],
    ['a title over 128 bytes', link({ title: '字'.repeat(43) }), 40035],
    ['a description over 512 bytes', link({ desc: '字'.repeat(171) }), 40035],
    ['an address that is none', link({ url: 'javascript:1' }), 40127],
    ['ten attachments', { attachments: Array(10).fill(link().attachments[0]) }, 40035],
  ])('with %s is refused, and can be said better', async (_, body, errcode) => {
    expect(await welcome(body)).toMatchObject({ errcode })
    expect(await welcome({ ...text, ...link() })).toMatchObject({ errcode: 0 })
  })

  test('has no code where WeCom’s own console greets', async () => {
    simulator.store.switches.welcomeBy = 'console'
    const before = simulator.store.welcomeCodes.size
    await scan(simulator, { configId: await add(), externalUserid: 'wmDemoLiMin' })
    expect(simulator.store.welcomeCodes.size).toBe(before)
  })
})
