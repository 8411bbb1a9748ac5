import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { refuse } from '../../test/wecom/fake-server.ts'
import { addFollow, addPolicy, addRep, auditOf, clear } from '../../test/wecom/people.ts'
import type { Deps } from '../deps.ts'
import { ensureContact } from './load-contact.ts'
import { proveFollows } from './prove-follows.ts'
import { endFollows, recordFollows } from './record-follows.ts'

let bench: Bench
let deps: Deps
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(async () => {
  bench.fake.reset()
  await clear(bench.db)
  await addPolicy(bench.db)
  deps = bench.instance()
  await addRep(bench.db, 'li.na', bench.now())
})

const hours = (count: number) => new Date(bench.now().getTime() - count * 3_600_000)
const shown = (externalUserId: string) => ({ userId: 'li.na', externalUserId, nickname: '陈医生', remark: '心内陈' })
const following = async () => {
  const rows = await bench.db
    .selectFrom('contactFollow')
    .select('externalUserId')
    .where('following', '=', 1)
    .orderBy('externalUserId')
    .execute()
  return rows.map((row) => row.externalUserId)
}
const liNa = { id: 'li.na', wecomUserId: 'Li.Na' }

describe('[F18] whom a rep follows is read from WeCom', () => {
  test('before the proof gets too old, and repaired both ways', async () => {
    await addFollow(bench.db, 'li.na', 'wmGone', hours(21))
    await addFollow(bench.db, 'li.na', 'wmStays', hours(21))
    bench.fake.state.follows = [shown('wmStays'), shown('wmMissed')]
    await proveFollows(deps)
    expect(await following()).toEqual(['wmMissed', 'wmStays'])
    expect((await auditOf(bench.db)).toSorted()).toEqual(['contact.follow_ended wmGone', 'contact.followed wmMissed'])
    const stays = await bench.db
      .selectFrom('contactFollow')
      .select('provedAt')
      .where('externalUserId', '=', 'wmStays')
      .executeTakeFirst()
    expect(stays?.provedAt).toEqual(bench.now())
  })

  test('and not sooner', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(19))
    await proveFollows(deps)
    expect(bench.fake.count('externalcontact/batch/get_by_user')).toBe(0)
  })

  test('also for a rep of whom we know nobody, hourly', async () => {
    bench.fake.state.follows = [shown('wmMissed')]
    bench.forward(3_600_000 - (bench.now().getTime() % 3_600_000) + 15 * 60_000)
    await proveFollows(deps)
    expect(await following()).toEqual([])
    bench.forward(46 * 60_000)
    await proveFollows(deps)
    expect(await following()).toEqual(['wmMissed'])
  })

  test('and nothing is changed when WeCom refuses to tell', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(21))
    bench.fake.failNext('externalcontact/batch/get_by_user', refuse(48002))
    await expect(proveFollows(deps)).rejects.toMatchObject({ code: 'wecom_unavailable' })
    expect(await following()).toEqual(['wm1'])
  })

  test('for a rep with many contacts', async () => {
    bench.fake.state.follows = Array.from({ length: 350 }, (_, index) => shown(`wm${String(index).padStart(4, '0')}`))
    await addFollow(bench.db, 'li.na', 'wm0000', hours(21))
    await proveFollows(deps)
    expect(await following()).toHaveLength(350)
  })
})

describe('newer knowledge wins', () => {
  const by = { kind: 'system', id: 'test' } as const

  test('over an answer that was asked for before the relation ended', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(1))
    const told = { repId: 'li.na', askedAt: bench.now() }
    bench.forward(1_000)
    await endFollows(deps, by, { repId: 'li.na', askedAt: bench.now() }, ['wm1'])
    await recordFollows(deps, by, told, [shown('wm1')])
    expect(await following()).toEqual([])
  })

  test('over an answer that was asked for before the relation was proved', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', bench.now())
    await endFollows(deps, by, { repId: 'li.na', askedAt: hours(1) }, ['wm1'])
    expect(await following()).toEqual(['wm1'])
  })

  test('and ten at once make one relation and one audit entry', async () => {
    const told = { repId: 'li.na', askedAt: bench.now() }
    await Promise.all(Array.from({ length: 10 }, () => recordFollows(deps, by, told, [shown('wm1')])))
    expect(await auditOf(bench.db)).toEqual(['contact.followed wm1'])
  })
})

describe('a contact whose chat is opened', () => {
  test('is asked about when unknown, and known from then on', async () => {
    bench.fake.state.follows = [shown('wm1')]
    await expect(ensureContact(deps, liNa, 'wm1')).resolves.toBe(true)
    await expect(ensureContact(deps, liNa, 'wm1')).resolves.toBe(true)
    expect(bench.fake.count('externalcontact/get')).toBe(1)
    expect(await auditOf(bench.db)).toEqual(['contact.followed wm1'])
  })

  test('is asked about again when the proof is older than the policy allows', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(25))
    await expect(ensureContact(deps, liNa, 'wm1')).resolves.toBe(false)
    expect(await auditOf(bench.db)).toEqual(['contact.follow_ended wm1'])
  })

  test('of a colleague is not the rep’s', async () => {
    bench.fake.state.follows = [{ ...shown('wm1'), userId: 'wang.lei' }]
    await expect(ensureContact(deps, liNa, 'wm1')).resolves.toBe(false)
    expect(await following()).toEqual([])
  })

  test('stays what we know when WeCom is down', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(25))
    const broken = bench.instance({ WECOM_API_URL: 'http://127.0.0.1:9' })
    await expect(ensureContact(broken, liNa, 'wm1')).resolves.toBe(true)
    await expect(ensureContact(broken, liNa, 'wm2')).resolves.toBe(false)
  })

  test('is not waited for longer than 3 s', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(25))
    bench.fake.state.latencyMs = 4_000
    const startedAt = performance.now()
    await expect(ensureContact(deps, liNa, 'wm1')).resolves.toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(3_500)
    await new Promise((resolve) => setTimeout(resolve, 3_000)) // its late answers must not meet the next test
  })
})
