import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../../test/wecom/bench.ts'
import { refuse } from '../../../test/wecom/fake-server.ts'
import { addFollow, addRep, auditOf, clear } from '../../../test/wecom/people.ts'
import type { Deps } from '../../deps.ts'
import { createCallbackJournal } from '../receive-callback-event.ts'
import { settleCallbackEvents } from '../settle-callback-events.ts'
import { beginRun } from './run-rows.ts'
import { syncContacts } from './sync-contacts.ts'

const batch = 'externalcontact/batch/get_by_user'
let bench: Bench
let deps: Deps
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(async () => {
  bench.forward(2 * 3_600_000)
  bench.fake.reset()
  bench.log.length = 0
  await clear(bench.db)
  deps = bench.instance()
  for (const id of ['li.na', 'wang.lei']) {
    await addRep(bench.db, id, bench.now())
    bench.fake.state.members.set(id, 1)
  }
})

const hours = (count: number) => new Date(bench.now().getTime() - count * 3_600_000)
const shown = (externalUserId: string, userId = 'li.na') => ({
  ...{ userId, externalUserId, nickname: externalUserId, remark: '' },
})
const follow = (externalUserId: string, repId = 'li.na') => addFollow(bench.db, repId, externalUserId, hours(3))
const names = (count: number) => Array.from({ length: count }, (_, nth) => `wm${String(nth).padStart(5, '0')}`)
const following = async () => {
  const rows = await bench.db
    .selectFrom('contactFollow')
    .select(['repId', 'externalUserId'])
    .where('following', '=', 1)
    .orderBy('externalUserId')
    .execute()
  return rows.map((row) => `${row.repId} ${row.externalUserId}`)
}
const lastRun = () =>
  bench.db.selectFrom('contactSyncRun').selectAll().orderBy('startedAt', 'desc').limit(1).executeTakeFirstOrThrow()
const repairs = async () => {
  const rows = await bench.db.selectFrom('contactRepair').selectAll().orderBy('externalUserId').execute()
  return rows.map(
    ({ what, repId, externalUserId, was, isNow }) => `${what} ${repId} ${externalUserId}: ${was} > ${isNow}`,
  )
}
/** A run there was before, so that the next is not the first. */
async function afterFirstRun(): Promise<void> {
  await syncContacts(deps)
  bench.forward(3_600_000)
  bench.fake.calls.length = 0
}

describe('the first reading', () => {
  test('knows every relation with name, remark, person and when it began, and calls none of it a repair', async () => {
    const began = { createdAt: 1_779_000_000, addWay: 1, unionId: 'oUnion1' }
    bench.fake.state.follows = [
      { ...shown('wm1'), ...began, remark: '心内陈' },
      { ...shown('wm1', 'wang.lei'), ...began },
      shown('wm2'),
    ]
    await syncContacts(deps)
    expect(await following()).toEqual(['li.na wm1', 'wang.lei wm1', 'li.na wm2'])
    const row = await bench.db.selectFrom('contactFollow').selectAll().where('repId', '=', 'li.na').executeTakeFirst()
    expect(row).toMatchObject({
      remark: '心内陈',
      provedAt: bench.now(),
      addWay: 1,
      beganAt: new Date(1_779_000_000_000),
    })
    const contact = await bench.db.selectFrom('externalContact').select(['unionId', 'kind']).executeTakeFirst()
    expect(contact).toEqual({ unionId: 'oUnion1', kind: 'wechat' })
    expect(await lastRun()).toMatchObject({ kind: 'first', stage: 'done', live: null, reps: 2, repsRead: 2, seen: 3 })
    expect(await lastRun()).toMatchObject({ begun: 3, ended: 0, known: 0, problem: null, endedAt: bench.now() })
    expect(await bench.db.selectFrom('contactSyncRep').select('repId').execute()).toEqual([])
    expect(await repairs()).toEqual([])
    expect((await auditOf(bench.db)).filter((entry) => entry.startsWith('contact.followed'))).toHaveLength(3)
  })

  test('is repeated within the hour, and not sooner', async () => {
    await syncContacts(deps)
    bench.forward(3_599_000)
    await syncContacts(deps)
    expect(bench.fake.count(batch)).toBe(1)
    bench.forward(1_000)
    await syncContacts(deps)
    expect(bench.fake.count(batch)).toBe(2)
    expect(await lastRun()).toMatchObject({ kind: 'scheduled' })
  })
})

describe('[F18] what lost messages left behind', () => {
  beforeEach(afterFirstRun)

  test('is repaired in both directions, and each repair is written down', async () => {
    await follow('wmGone')
    await follow('wmStays')
    bench.fake.state.follows = [{ ...shown('wmStays'), remark: '心内陈' }, shown('wmMissed', 'wang.lei')]
    await syncContacts(deps)
    expect(await following()).toEqual(['wang.lei wmMissed', 'li.na wmStays'])
    expect(await repairs()).toEqual([
      'ended li.na wmGone: following > not_listed',
      'begun wang.lei wmMissed: none > following',
      'remark li.na wmStays:  > 心内陈',
    ])
    expect((await auditOf(bench.db)).filter((entry) => !entry.startsWith('contact.synced')).toSorted()).toEqual([
      'contact.follow_ended wmGone',
      'contact.followed wmMissed',
    ])
    expect(await lastRun()).toMatchObject({ begun: 1, ended: 1, changed: 1, missing: 1, known: 2, confirmed: 0 })
  })

  test('a nickname as well', async () => {
    await follow('wm1')
    bench.fake.state.follows = [{ ...shown('wm1'), nickname: '陈医生' }]
    await syncContacts(deps)
    expect(await repairs()).toEqual(['nickname li.na wm1: wm1 > 陈医生'])
  })

  test('a half relation that was confirmed becomes whole', async () => {
    await follow('wm1')
    await bench.db
      .updateTable('contactFollow')
      .set({ following: 0, halfAt: hours(1) })
      .execute()
    bench.fake.state.follows = [shown('wm1')]
    await syncContacts(deps)
    expect(await repairs()).toEqual(['whole li.na wm1: half > following'])
  })

  test('a hand-over is recognised by who has the contact now', async () => {
    await follow('wm1')
    bench.fake.state.follows = [{ ...shown('wm1', 'wang.lei'), addWay: 202, createdAt: 1_900_000_000 }]
    await syncContacts(deps)
    expect(await repairs()).toEqual([
      'begun wang.lei wm1: none > following',
      'ended li.na wm1: following > handed_over',
    ])
  })

  test('relations of somebody who left are ended', async () => {
    for (const id of names(130)) await follow(id)
    await bench.db.updateTable('person').set({ status: 'left' }).where('id', '=', 'li.na').execute()
    bench.fake.state.members.delete('li.na')
    await syncContacts(deps)
    expect(await following()).toEqual([])
    expect((await repairs())[0]).toBe('ended li.na wm00000: following > rep_left')
    expect(await lastRun()).toMatchObject({ stage: 'done', ended: 130 })
  })

  test('a relation that only the list leaves out is asked about alone, and stays', async () => {
    await follow('wm1')
    bench.fake.state.follows = [shown('wm1')]
    bench.fake.state.unlisted.add('wm1')
    await syncContacts(deps)
    expect(await following()).toEqual(['li.na wm1'])
    expect(await lastRun()).toMatchObject({ missing: 1, confirmed: 1, ended: 0 })
    const { provedAt } = await bench.db.selectFrom('contactFollow').select('provedAt').executeTakeFirstOrThrow()
    expect(provedAt).toEqual(bench.now())
  })

  test.each([
    ['WeCom keeps back for want of a licence', () => void bench.fake.state.unlicensed.push('li.na')],
    ['is not in the range of the app any more', () => void bench.fake.state.members.delete('li.na')],
  ])('nothing is ended of somebody whose contacts %s', async (_, change) => {
    await follow('wm1')
    change()
    await syncContacts(deps)
    expect(await following()).toEqual(['li.na wm1'])
    expect(await lastRun()).toMatchObject({ stage: 'done', missing: 0, ended: 0 })
  })
})

describe('a run that would end too much', () => {
  beforeEach(async () => {
    await afterFirstRun()
    for (const id of names(40)) await follow(id)
    bench.fake.state.follows = names(29).map((id) => shown(id))
  })

  test('stops, ends nothing, and raises an alarm', async () => {
    await syncContacts(deps)
    expect(await following()).toHaveLength(40)
    expect(await lastRun()).toMatchObject({
      stage: 'stopped',
      live: null,
      problem: 'too_many_ends',
      missing: 11,
      known: 40,
    })
    expect(bench.log.filter((line) => line.includes('contact_sync_stopped'))).toHaveLength(1)
    expect(bench.fake.count('externalcontact/get')).toBe(0)
    expect((await auditOf(bench.db)).at(-1)).toMatch(/^contact\.sync_stopped /)
  })

  test('ends it when an administrator said that this is right', async () => {
    const asked = { requestId: crypto.randomUUID(), askedBy: 'admin', reason: 'two teams were dissolved', endMany: 1 }
    await bench.db.transaction().execute((trx) => beginRun(trx, deps, asked))
    await syncContacts(deps)
    expect(await following()).toHaveLength(29)
    expect(await lastRun()).toMatchObject({ kind: 'asked', stage: 'done', ended: 11 })
  })
})

describe('a run is gone on with', () => {
  const many = names(450)
  beforeEach(() => {
    bench.fake.state.follows = many.map((id) => shown(id))
  })

  test('by another instance with the page that was not recorded, and who comes back too late writes nothing', async () => {
    let freeze: () => void = () => {}
    const frozen = new Promise<void>((resolve) => (freeze = resolve))
    let pages = 0
    const slow = bench.instance()
    const { contactsPage } = slow.wecom
    let reached: () => void = () => {}
    const atThird = new Promise<void>((resolve) => (reached = resolve))
    slow.wecom.contactsPage = async (asked) => {
      const page = await contactsPage(asked)
      if ((pages += 1) === 3) {
        reached()
        await frozen
      }
      return page
    }
    const stuck = syncContacts(slow)
    await atThird
    await syncContacts(deps)
    expect(bench.fake.count(batch)).toBe(3) // it is held
    bench.forward(61_000)
    await syncContacts(deps)
    freeze()
    await stuck
    expect(bench.fake.count(batch)).toBe(6) // five pages, one of them twice
    expect(await lastRun()).toMatchObject({ stage: 'done', seen: 450, begun: 450 })
    expect((await auditOf(bench.db)).filter((entry) => entry.startsWith('contact.followed'))).toHaveLength(450)
  })

  test('by one of ten at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => syncContacts(bench.instance())))
    expect(bench.fake.count(batch)).toBe(5)
    expect(await following()).toHaveLength(450)
    expect(await bench.db.selectFrom('contactSyncRun').select('id').execute()).toHaveLength(1)
  })

  test('after the minute for which WeCom wants to be left alone, from the same page', async () => {
    const first = bench.instance()
    const { contactsPage } = first.wecom
    let pages = 0
    first.wecom.contactsPage = async (asked) => {
      if ((pages += 1) === 3) bench.fake.failNext(batch, refuse(45009))
      return contactsPage(asked)
    }
    await syncContacts(first)
    expect(await lastRun()).toMatchObject({ stage: 'reading', live: 1, seen: 200, problem: 'wecom_unavailable' })
    bench.forward(59_000)
    await syncContacts(first)
    expect(bench.fake.count(batch)).toBe(3)
    bench.forward(2_000)
    await syncContacts(first)
    expect(await lastRun()).toMatchObject({ stage: 'done', seen: 450, begun: 450, problem: null })
    expect(bench.fake.count(batch)).toBe(6)
  })

  test('from the beginning of the group when WeCom does not know the cursor any more', async () => {
    bench.fake.failNext(batch, {
      external_contact_list: [],
      next_cursor: 'old',
    })
    const asked = bench.instance()
    const { contactsPage } = asked.wecom
    asked.wecom.contactsPage = async (given) => {
      if (given.cursor === 'old') bench.fake.failNext(batch, refuse(40035))
      return contactsPage(given)
    }
    await syncContacts(asked)
    expect(await lastRun()).toMatchObject({ stage: 'done', begun: 450 })
  })

  test('without the one member whom WeCom does not know', async () => {
    for (const id of ['a', 'b', 'c', 'gone', 'z']) {
      await addRep(bench.db, id, bench.now())
      bench.fake.state.members.set(id, 1)
    }
    await follow('wmKept', 'gone')
    const asked = bench.instance()
    const { contactsPage } = asked.wecom
    asked.wecom.contactsPage = async (given) => {
      if (given.userIds.includes('gone')) bench.fake.failNext(batch, refuse(40003))
      return contactsPage(given)
    }
    await syncContacts(asked)
    expect(await lastRun()).toMatchObject({ stage: 'done', reps: 7, repsRead: 6, repsSkipped: 1, seen: 450 })
    expect(await following()).toContain('gone wmKept')
  })

  test('and given up after a day, so that the next can begin', async () => {
    bench.fake.failNext(batch, refuse(48002))
    await syncContacts(deps)
    bench.forward(21 * 3_600_000)
    await syncContacts(deps)
    expect(await lastRun()).toMatchObject({ stage: 'failed', live: null, problem: 'took_too_long' })
    await syncContacts(deps)
    expect(await lastRun()).toMatchObject({ stage: 'done' })
  })
})

test('members with contacts who are nobody we know are counted and left alone', async () => {
  bench.fake.state.members.set('stranger', 1)
  bench.fake.state.follows = [shown('wm1', 'stranger'), shown('wm2')]
  await syncContacts(deps)
  expect(await following()).toEqual(['li.na wm2'])
  expect(await lastRun()).toMatchObject({ reps: 2, repsRead: 2, strangers: 1 })
})

test('a page costs as many statements with a hundred relations as with ten, however many change', async () => {
  async function statements(contacts: number): Promise<number> {
    bench.fake.state.pageSize = contacts
    bench.fake.state.follows = names(contacts).map((id) => ({ ...shown(id), remark: String(contacts) }))
    let asked = 0
    const count: KyselyPlugin = {
      transformQuery: ({ node }) => ((asked += 1), node),
      transformResult: async ({ result }) => result,
    }
    bench.forward(3_600_000)
    await syncContacts({ ...deps, db: deps.db.withPlugin(count) })
    return asked
  }
  await syncContacts(deps)
  expect(await statements(10)).toBe(await statements(100))
})

test('messages and a run about the same relations at the same time leave them as WeCom has them', async () => {
  await afterFirstRun()
  const receive = createCallbackJournal(deps)
  for (const id of ['wmA', 'wmB']) await follow(id)
  bench.fake.state.follows = [shown('wmA'), shown('wmC')]
  const noDetail = { state: '', welcomeCode: '', source: '', failReason: '', occurredAt: bench.now() }
  const told = { event: 'change_external_contact' as const, userId: 'li.na', ...noDetail }
  for (let nth = 0; nth < 10; nth += 1) {
    await receive(`edit ${nth}`, { ...told, changeType: 'edit_external_contact', externalUserId: 'wmA' })
    await receive(`del ${nth}`, { ...told, changeType: 'del_follow_user', externalUserId: 'wmB' })
    await receive(`add ${nth}`, { ...told, changeType: 'add_external_contact', externalUserId: 'wmC' })
  }
  await Promise.all(
    Array.from({ length: 10 }, (_, nth) => (nth % 2 ? syncContacts : settleCallbackEvents)(bench.instance())),
  )
  expect(await following()).toEqual(['li.na wmA', 'li.na wmC'])
  const entries = (await auditOf(bench.db)).filter((entry) => !entry.startsWith('contact.synced'))
  expect(entries.filter((entry) => !entry.startsWith('contact.end_explained')).toSorted()).toEqual([
    'contact.follow_ended wmB',
    'contact.followed wmC',
  ])
  const { endReason } = await bench.db
    .selectFrom('contactFollow')
    .select('endReason')
    .where('externalUserId', '=', 'wmB')
    .executeTakeFirstOrThrow()
  expect(endReason).toBe('hcp_deleted')
})
