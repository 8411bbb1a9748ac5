import { jsSignature } from '@vouch/wecom/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { fakeCorp, refuse } from '../../test/wecom/fake-server.ts'

let bench: Bench
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(async () => {
  await bench.db.deleteFrom('wecomCredential').execute()
  bench.fake.reset()
  bench.fake.state.members.set('li.na', 1)
})

const many = <T>(times: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)))
const page = 'https://vouch.example/sidebar/?entry=single'
const unavailable = expect.objectContaining({ code: 'wecom_unavailable' })

describe('the access token', () => {
  test('is fetched once for fifty callers on two instances', async () => {
    bench.fake.state.latencyMs = 150
    const instances = [bench.instance().wecom, bench.instance().wecom]
    const answers = await many(50, async (index) => instances[index % 2]?.isEmployed('li.na'))
    expect(answers.every((employed) => employed)).toBe(true)
    expect(bench.fake.count('gettoken')).toBe(1)
  })

  test('is fetched once whenever all begin at once and nothing is stored yet', async () => {
    for (let time = 0; time < 40; time += 1) {
      await bench.db.deleteFrom('wecomCredential').execute()
      bench.fake.reset()
      const instances = [bench.instance().wecom, bench.instance().wecom]
      await many(20, async (index) => instances[index % 2]?.sign(page))
      expect(bench.fake.count('gettoken')).toBe(1)
    }
  })

  test('[F14] taken back early is replaced once, and every call repeated once', async () => {
    const instances = [bench.instance().wecom, bench.instance().wecom]
    for (const wecom of instances) await wecom.isEmployed('li.na')
    bench.fake.revokeTokens()
    bench.fake.calls.length = 0
    const answers = await many(20, async (index) => instances[index % 2]?.isEmployed('li.na'))
    expect(answers.every((employed) => employed)).toBe(true)
    expect(bench.fake.count('gettoken')).toBe(1)
    expect(bench.fake.count('user/get')).toBeLessThanOrEqual(40)
  })

  test('that WeCom refuses again and again is not fetched again and again', async () => {
    const { wecom } = bench.instance()
    bench.fake.failNext('user/get', ...Array.from({ length: 40 }, () => refuse(40014)))
    for (let index = 0; index < 10; index += 1) await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(bench.fake.count('gettoken')).toBe(2)
    bench.fake.state.faults.clear()
    bench.forward(11_000)
    await expect(wecom.isEmployed('li.na')).resolves.toBe(true)
  })

  test('is stored sealed', async () => {
    await bench.instance().wecom.isEmployed('li.na')
    const row = await bench.db
      .selectFrom('wecomCredential')
      .selectAll()
      .where('name', '=', 'access_token')
      .executeTakeFirstOrThrow()
    for (const token of bench.fake.state.tokens) expect(row.sealedValue).not.toContain(token)
  })

  test('ends with its time and is fetched anew', async () => {
    const { wecom } = bench.instance()
    await wecom.isEmployed('li.na')
    bench.forward(7_201_000)
    await wecom.isEmployed('li.na')
    expect(bench.fake.count('gettoken')).toBe(2)
  })

  test('of another app in the same database is not used', async () => {
    await bench.instance().wecom.isEmployed('li.na')
    await bench.instance({ WECOM_AGENT_ID: '1000003' }).wecom.isEmployed('li.na')
    expect(bench.fake.count('gettoken')).toBe(2)
  })

  test('is waited for no longer than 3 s when the one who fetches it died', async () => {
    const { wecom, now } = bench.instance()
    await wecom.isEmployed('li.na')
    const until = new Date(now().getTime() + 20_000)
    await bench.db
      .updateTable('wecomCredential')
      .set({ expiresAt: new Date(0), refreshingBy: 'dead', refreshingUntil: until })
      .execute()
    const startedAt = performance.now()
    await expect(bench.instance().wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    bench.forward(21_000)
    await expect(bench.instance().wecom.isEmployed('li.na')).resolves.toBe(true)
  })
})

describe('a wrong secret', () => {
  test('is tried once a minute by the whole deployment, and the log says what to do', async () => {
    bench.fake.state.secret = 'reset by the administrator'
    bench.log.length = 0
    const instances = [bench.instance().wecom, bench.instance().wecom]
    const failed = await many(20, async (index) =>
      instances[index % 2]?.isEmployed('li.na').catch((fault: unknown) => fault),
    )
    expect(failed).toEqual(Array.from({ length: 20 }, () => unavailable))
    for (const wecom of instances) await expect(wecom.sign(page)).rejects.toEqual(unavailable)
    expect(bench.fake.count('gettoken')).toBe(1)
    expect(bench.log.join('')).toMatch(/WECOM_AGENT_SECRET/)

    bench.forward(59_000)
    await expect(instances[0]?.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(bench.fake.count('gettoken')).toBe(1)
    bench.forward(2_000)
    bench.fake.state.secret = fakeCorp.secret
    await expect(instances[1]?.isEmployed('li.na')).resolves.toBe(true)
    expect(bench.fake.count('gettoken')).toBe(2)
  })
})

describe('a used-up quota', () => {
  test('of the token is waited for: a minute, then a quarter of an hour', async () => {
    const { wecom } = bench.instance()
    bench.fake.failNext('gettoken', refuse(45009), refuse(45009))
    const tries = async () => {
      await wecom.isEmployed('li.na').catch(() => undefined)
      return bench.fake.count('gettoken')
    }
    expect([await tries(), await tries()]).toEqual([1, 1])
    bench.forward(61_000)
    expect([await tries(), await tries()]).toEqual([2, 2])
    bench.forward(61_000)
    expect(await tries()).toBe(2)
    bench.forward(15 * 60_000)
    expect(await tries()).toBe(3)
    await expect(wecom.isEmployed('li.na')).resolves.toBe(true)
  })

  test('of one API leaves the others working', async () => {
    const { wecom } = bench.instance()
    bench.fake.failNext('user/get', refuse(45009))
    for (let index = 0; index < 3; index += 1) await expect(wecom.isEmployed('li.na')).rejects.toEqual(unavailable)
    expect(bench.fake.count('user/get')).toBe(1)
    await expect(wecom.findContact('wm1')).resolves.toBeUndefined()
    bench.forward(61_000)
    await expect(wecom.isEmployed('li.na')).resolves.toBe(true)
  })
})

describe('the tickets', () => {
  test('are two kinds, each used for its own signature', async () => {
    const { wecom } = bench.instance()
    const { corp, agent } = await wecom.sign(`${page}#/piece/1`)
    const { corp: corpTickets, agent: agentTickets } = bench.fake.state.tickets
    const signed = (ticket: string | undefined, { timestamp, nonceStr }: typeof corp) =>
      jsSignature({ ticket: ticket ?? '', nonceStr, timestamp, url: page })
    expect(corp.signature).toBe(signed(corpTickets.at(-1), corp))
    expect(agent.signature).toBe(signed(agentTickets.at(-1), agent))
    expect(corp.nonceStr).not.toBe(agent.nonceStr)
    expect(corp.timestamp).toBe(bench.now().getTime() / 1000)
  })

  test('[F15] are fetched once in their life, however much is signed', async () => {
    const instances = [bench.instance().wecom, bench.instance().wecom]
    await many(50, async (index) => instances[index % 2]?.sign(page))
    for (let minutes = 0; minutes < 100; minutes += 10) {
      bench.forward(600_000)
      await many(4, async (index) => instances[index % 2]?.sign(page))
    }
    expect([
      bench.fake.count('gettoken'),
      bench.fake.count('get_jsapi_ticket'),
      bench.fake.count('ticket/get'),
    ]).toEqual([1, 1, 1])
  })

  test('are fetched ahead of their end, once', async () => {
    const { wecom } = bench.instance()
    await wecom.refreshAhead()
    bench.forward(6_500_000)
    await wecom.refreshAhead()
    expect(bench.fake.count('get_jsapi_ticket')).toBe(1)
    bench.forward(200_000)
    await Promise.all([wecom.refreshAhead(), bench.instance().wecom.refreshAhead()])
    await wecom.refreshAhead()
    expect([
      bench.fake.count('gettoken'),
      bench.fake.count('get_jsapi_ticket'),
      bench.fake.count('ticket/get'),
    ]).toEqual([2, 2, 2])
  })

  test('that WeCom gives again unchanged are not asked for every minute', async () => {
    bench.fake.state.expiresIn = 500
    const { wecom } = bench.instance()
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await wecom.refreshAhead()
      bench.forward(60_000)
    }
    expect(bench.fake.count('ticket/get')).toBe(1)
  })
})
