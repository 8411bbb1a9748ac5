import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { addFollow, addPolicy, addRep, auditOf, clear } from '../../test/wecom/people.ts'
import type { Deps } from '../deps.ts'
import { ensureContact } from './load-contact.ts'
import { endFollows } from './end-follows.ts'
import { recordFollows } from './record-follows.ts'

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

describe('newer knowledge wins', () => {
  const by = { kind: 'system', id: 'test' } as const
  const told = (askedAt = bench.now()) => ({ by, learnt: 'event' as const, askedAt })
  const pair = (externalUserId: string) => ({ ...shown(externalUserId), repId: 'li.na' })
  const ending = (externalUserId: string) => ({ repId: 'li.na', externalUserId, why: 'rep_deleted' as const })

  test('over an answer that was asked for before the relation ended', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(1))
    const before = told()
    bench.forward(1_000)
    await endFollows(deps, told(), [ending('wm1')])
    await recordFollows(deps, before, [pair('wm1')])
    expect(await following()).toEqual([])
  })

  test('over an answer that was asked for before the relation was proved', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', bench.now())
    await endFollows(deps, told(hours(1)), [ending('wm1')])
    expect(await following()).toEqual(['wm1'])
  })

  test('and ten at once make one relation and one audit entry', async () => {
    await Promise.all(Array.from({ length: 10 }, () => recordFollows(deps, told(), [pair('wm1')])))
    expect(await auditOf(bench.db)).toEqual(['contact.followed wm1'])
  })

  test('and ten that overlap in a hundred contacts, forwards and backwards, make each relation once', async () => {
    const all = Array.from({ length: 100 }, (_, index) => pair(`wm${String(index).padStart(3, '0')}`))
    const parts = Array.from({ length: 10 }, (_, nth) => (nth % 2 ? all.toReversed() : all).slice(nth * 3))
    await Promise.all(parts.map((part) => recordFollows(deps, told(), part)))
    expect(await following()).toHaveLength(100)
    expect(await auditOf(bench.db)).toHaveLength(100)
  })

  test('and ten that end a relation while ten prove it leave it wholly begun or wholly ended', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(1))
    await Promise.all(
      Array.from({ length: 10 }, (_, nth) => [
        recordFollows(deps, told(), [pair('wm1')]),
        endFollows(deps, told(nth % 2 ? hours(-1) : bench.now()), [ending('wm1')]),
      ]).flat(),
    )
    const row = await bench.db.selectFrom('contactFollow').selectAll().executeTakeFirstOrThrow()
    const entries = await auditOf(bench.db)
    const count = (event: string) => entries.filter((entry) => entry.startsWith(event)).length
    expect(row.following ? [row.endedAt, row.endReason] : [row.endedAt !== null, row.endReason]).toEqual(
      row.following ? [null, null] : [true, 'rep_deleted'],
    )
    // It followed before: each end but the last one was made good by a new beginning.
    expect(count('contact.follow_ended') - count('contact.followed')).toBe(row.following ? 0 : 1)
  })

  test('and a reason that comes late replaces only that WeCom did not list it', async () => {
    await addFollow(bench.db, 'li.na', 'wm1', hours(1))
    await endFollows(deps, told(), [{ ...ending('wm1'), why: 'not_listed' }])
    await endFollows(deps, told(), [{ ...ending('wm1'), why: 'handed_over' }])
    await endFollows(deps, told(), [{ ...ending('wm1'), why: 'rep_deleted' }])
    const { endReason } = await bench.db.selectFrom('contactFollow').select('endReason').executeTakeFirstOrThrow()
    expect(endReason).toBe('handed_over')
    expect(await auditOf(bench.db)).toEqual(['contact.follow_ended wm1', 'contact.end_explained wm1'])
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
