import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import type { RelationChange, RelationEvent } from '@vouch/wecom'
import { refuse } from '../../test/wecom/fake-server.ts'
import { addFollow, addPolicy, addRep, addSession, auditOf, clear } from '../../test/wecom/people.ts'
import type { Deps } from '../deps.ts'
import { ensureContact } from './load-contact.ts'
import { createCallbackJournal } from './receive-callback-event.ts'
import { settleCallbackEvents, settleMemberEvents } from './settle-callback-events.ts'

let bench: Bench
let deps: Deps
let receive: ReturnType<typeof createCallbackJournal>
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(async () => {
  bench.fake.reset()
  bench.fake.state.members.set('li.na', 1)
  bench.log.length = 0
  await clear(bench.db)
  deps = bench.instance()
  receive = createCallbackJournal(deps)
  await addRep(bench.db, 'li.na', bench.now())
})

const noDetail = { state: '', welcomeCode: '', source: '', failReason: '' }
const chen = { userId: 'li.na', externalUserId: 'wmChen', nickname: '陈医生', remark: '心内陈' }

let messages = 0
const told = (changeType: RelationChange, externalUserId = 'wmChen', detail: Partial<RelationEvent> = {}) =>
  receive(`${changeType} ${externalUserId} ${(messages += 1)}`, {
    ...{ event: 'change_external_contact', changeType, externalUserId, userId: 'LI.NA' },
    ...{ ...noDetail, occurredAt: bench.now(), ...detail },
  })
const toldMember = (changeType: 'delete_user' | 'update_user' | 'create_user', newUserId = '') =>
  receive(changeType, {
    event: 'change_contact',
    changeType,
    userId: 'li.na',
    newUserId,
    occurredAt: bench.now(),
  })

const outcomes = async () =>
  (await bench.db.selectFrom('callbackEvent').select('outcome').execute()).map((row) => row.outcome)
const follows = async () =>
  (await bench.db.selectFrom('contactFollow').select(['following', 'remark', 'provedAt']).execute())[0]
const person = () =>
  bench.db
    .selectFrom('person')
    .select(['status', 'leftAt', 'wecomUserId'])
    .where('id', '=', 'li.na')
    .executeTakeFirstOrThrow()
const liveSessions = async () =>
  (await bench.db.selectFrom('session').select('tokenHash').where('endedAt', 'is', null).execute()).length

/** Lets the retries of an event run out. */
async function settleAll() {
  for (const seconds of [0, 2, 5, 15]) {
    bench.forward(seconds * 1000)
    await settleCallbackEvents(deps)
  }
}

describe('a rep who left', () => {
  test('is out everywhere, once WeCom confirms it', async () => {
    await addSession(bench.db, 'li.na', 'a', bench.now())
    await addSession(bench.db, 'li.na', 'b', bench.now())
    bench.fake.state.members.delete('li.na')
    await toldMember('delete_user')
    await settleCallbackEvents(deps)
    expect(await person()).toMatchObject({ status: 'left', leftAt: bench.now() })
    expect(await liveSessions()).toBe(0)
    expect(await auditOf(bench.db)).toEqual(['rep.left li.na'])
    expect(await outcomes()).toEqual(['done'])
  })

  test('[F16] is recorded once, however often we are told and by however many instances', async () => {
    bench.fake.state.members.delete('li.na')
    const instances = [bench.instance(), bench.instance()]
    await Promise.all([1, 2, 3, 4].map(() => toldMember('delete_user')))
    await Promise.all([...instances, ...instances].map((instance) => settleCallbackEvents(instance)))
    expect(await auditOf(bench.db)).toEqual(['rep.left li.na'])
    expect(bench.fake.count('user/get')).toBe(1)
  })

  test('[A39] but did not, according to WeCom, stays, and an alarm is raised', async () => {
    await addSession(bench.db, 'li.na', 'a', bench.now())
    await toldMember('delete_user')
    await settleAll()
    expect(await person()).toMatchObject({ status: 'active', leftAt: null })
    expect(await liveSessions()).toBe(1)
    expect(await auditOf(bench.db)).toEqual([])
    expect(await outcomes()).toEqual(['contradicted'])
    expect(bench.log.filter((line) => line.includes('callback_contradicted'))).toHaveLength(1)
  })

  test('is out as soon as WeCom’s own list follows its message', async () => {
    await toldMember('delete_user')
    await settleCallbackEvents(deps)
    bench.fake.state.members.delete('li.na')
    bench.forward(2_000)
    await settleCallbackEvents(deps)
    expect(await person()).toMatchObject({ status: 'left' })
    expect(bench.log.some((line) => line.includes('callback_contradicted'))).toBe(false)
  })

  test('waits while WeCom cannot confirm, and is out when it can', async () => {
    bench.fake.failNext('user/get', refuse(48002))
    bench.fake.state.members.delete('li.na')
    await toldMember('delete_user')
    await settleCallbackEvents(deps)
    expect(await person()).toMatchObject({ status: 'active' })
    expect(await outcomes()).toEqual([null])
    bench.forward(10_000)
    await settleCallbackEvents(deps)
    expect(await person()).toMatchObject({ status: 'left' })
  })

  test('is out when only disabled', async () => {
    bench.fake.state.members.set('li.na', 2)
    await toldMember('update_user')
    await settleCallbackEvents(deps)
    expect(await person()).toMatchObject({ status: 'left' })
  })

  test('is not one who was renamed', async () => {
    bench.fake.state.members.delete('li.na')
    bench.fake.state.members.set('li.na2', 1)
    await toldMember('update_user', 'Li.Na2')
    await settleCallbackEvents(deps)
    expect(await person()).toMatchObject({ status: 'active', wecomUserId: 'Li.Na2' })
    expect(await auditOf(bench.db)).toEqual(['rep.renamed li.na'])
  })

  test('is not one whose details changed, nor one we do not know', async () => {
    await toldMember('update_user')
    await settleCallbackEvents(deps)
    expect(await outcomes()).toEqual(['no_effect'])
    await bench.db.deleteFrom('person').execute()
    await toldMember('delete_user')
    await settleCallbackEvents(deps)
    expect((await outcomes()).toSorted()).toEqual(['no_effect', 'unknown_member'])
  })
})

describe('a contact', () => {
  test('who was added is known with nickname and remark', async () => {
    bench.fake.state.follows = [chen]
    await told('add_external_contact')
    await settleCallbackEvents(deps)
    expect(await follows()).toMatchObject({ following: 1, remark: '心内陈', provedAt: bench.now() })
    expect(await bench.db.selectFrom('externalContact').select('nickname').execute()).toEqual([{ nickname: '陈医生' }])
    expect(await auditOf(bench.db)).toEqual(['contact.followed wmChen'])
  })

  test('who was added but does not show yet is looked for 2, 5 and 15 s later', async () => {
    await told('add_external_contact')
    await settleCallbackEvents(deps)
    bench.forward(1_900)
    await settleCallbackEvents(deps)
    expect(bench.fake.count('externalcontact/get')).toBe(1)
    bench.forward(100)
    await settleCallbackEvents(deps)
    bench.forward(5_000)
    bench.fake.state.follows = [chen]
    await settleCallbackEvents(deps)
    expect(bench.fake.count('externalcontact/get')).toBe(3)
    expect(await follows()).toMatchObject({ following: 1 })
    expect(await outcomes()).toEqual(['done'])
  })

  test('who never shows is given up quietly', async () => {
    await told('add_external_contact')
    await settleAll()
    expect(await outcomes()).toEqual(['not_found'])
    expect(bench.fake.count('externalcontact/get')).toBe(4)
  })

  test('whose remark changed carries the new one', async () => {
    await addFollow(bench.db, 'li.na', 'wmChen', new Date(0))
    bench.fake.state.follows = [chen]
    await told('edit_external_contact')
    await settleCallbackEvents(deps)
    expect(await follows()).toMatchObject({ remark: '心内陈', provedAt: bench.now() })
    expect(await auditOf(bench.db)).toEqual([])
  })

  test.each(['del_follow_user', 'del_external_contact'] as const)(
    'of a broken relation (%s) is no longer followed',
    async (change) => {
      await addFollow(bench.db, 'li.na', 'wmChen', new Date(0))
      bench.fake.state.follows = [{ ...chen, userId: 'wang.lei' }]
      await told(change)
      await settleCallbackEvents(deps)
      expect(
        await bench.db.selectFrom('contactFollow').select(['following', 'endedAt', 'endReason']).execute(),
      ).toEqual([
        {
          ...{ following: 0, endedAt: bench.now() },
          endReason: change === 'del_follow_user' ? 'hcp_deleted' : 'rep_deleted',
        },
      ])
      expect(await auditOf(bench.db)).toEqual(['contact.follow_ended wmChen'])
    },
  )

  test('[A39] of a relation that WeCom still shows stays, and an alarm is raised', async () => {
    await addFollow(bench.db, 'li.na', 'wmChen', new Date(0))
    bench.fake.state.follows = [chen]
    await told('del_follow_user')
    await settleAll()
    expect(await follows()).toMatchObject({ following: 1 })
    expect(await outcomes()).toEqual(['contradicted'])
    expect(bench.log.filter((line) => line.includes('callback_contradicted'))).toHaveLength(1)
  })

  test('[F16] added and deleted, told in the wrong order, ends as WeCom has it', async () => {
    await told('del_external_contact')
    await told('add_external_contact')
    bench.fake.state.follows = [chen]
    await settleAll()
    expect(await follows()).toMatchObject({ following: 1 })
  })
})

test('an event in the hands of a server that died is taken up by another after a minute', async () => {
  bench.fake.state.members.delete('li.na')
  await toldMember('delete_user')
  await bench.db
    .updateTable('callbackEvent')
    .set({ attempts: 1, runAt: new Date(bench.now().getTime() + 60_000) })
    .execute()
  await settleCallbackEvents(deps)
  expect(await person()).toMatchObject({ status: 'active' })
  bench.forward(60_000)
  await settleCallbackEvents(deps)
  expect(await person()).toMatchObject({ status: 'left' })
})

describe('half a relation', () => {
  const half = () =>
    bench.db
      .selectFrom('contactFollow')
      .select(['following', 'halfAt', 'scanState', 'endReason'])
      .executeTakeFirstOrThrow()
  beforeEach(async () => {
    await told('add_half_external_contact', 'wmChen', { state: '会议-0612' })
    await settleCallbackEvents(deps)
  })

  test('is known as one, and is none to send in', async () => {
    expect(await half()).toEqual({ following: 0, halfAt: bench.now(), scanState: '会议-0612', endReason: null })
    expect(await outcomes()).toEqual(['half'])
    expect(await auditOf(bench.db)).toEqual(['contact.half_followed wmChen'])
    await addPolicy(bench.db)
    expect(await ensureContact(deps, { id: 'li.na', wecomUserId: 'li.na' }, 'wmChen')).toBe(false)
    expect(await half()).toMatchObject({ following: 0, halfAt: bench.now(), endReason: null })
  })

  test('told ten times is told once in the trail', async () => {
    await Promise.all(Array.from({ length: 10 }, () => told('add_half_external_contact')))
    await Promise.all([1, 2, 3].map(() => settleCallbackEvents(bench.instance())))
    expect(await auditOf(bench.db)).toEqual(['contact.half_followed wmChen'])
  })

  test('becomes whole by the message of its confirmation', async () => {
    bench.fake.state.follows = [chen]
    await told('add_external_contact')
    await settleCallbackEvents(deps)
    expect(await half()).toMatchObject({ following: 1, halfAt: null, scanState: '会议-0612' })
    expect((await auditOf(bench.db)).at(-1)).toBe('contact.followed wmChen')
    const { nickname } = await bench.db.selectFrom('externalContact').select('nickname').executeTakeFirstOrThrow()
    expect(nickname).toBe('陈医生')
  })

  test('does not make less of a whole one that was told before it', async () => {
    bench.fake.state.follows = [chen]
    await told('add_external_contact')
    await told('add_half_external_contact')
    await settleCallbackEvents(deps)
    expect(await half()).toMatchObject({ following: 1, halfAt: null })
  })

  test('ends when the doctor deletes the rep', async () => {
    bench.forward(1_000)
    await told('del_follow_user')
    await settleCallbackEvents(deps)
    expect(await half()).toMatchObject({ following: 0, halfAt: null, endReason: 'hcp_deleted' })
  })
})

describe('a hand-over', () => {
  const wangLei = { ...chen, userId: 'wang.lei', addWay: 202 }
  beforeEach(async () => {
    await addRep(bench.db, 'wang.lei', bench.now())
    await addFollow(bench.db, 'li.na', 'wmChen', new Date(0))
  })
  const relations = () =>
    bench.db.selectFrom('contactFollow').select(['repId', 'following', 'endReason']).orderBy('repId').execute()

  test.each(['giver first', 'taker first'])(
    'ends one relation for that reason and begins the other, %s',
    async (order) => {
      bench.fake.state.follows = [wangLei]
      const messages = [
        () => told('del_external_contact', 'wmChen', { source: 'DELETE_BY_TRANSFER' }),
        () => told('add_external_contact', 'wmChen', { userId: 'wang.lei' }),
      ]
      for (const message of order === 'giver first' ? messages : messages.toReversed()) {
        await message()
        await settleCallbackEvents(deps)
      }
      expect(await relations()).toEqual([
        { repId: 'li.na', following: 0, endReason: 'handed_over' },
        { repId: 'wang.lei', following: 1, endReason: null },
      ])
      const { addWay } = await bench.db
        .selectFrom('contactFollow')
        .select('addWay')
        .where('repId', '=', 'wang.lei')
        .executeTakeFirstOrThrow()
      expect(addWay).toBe(202)
    },
  )

  test('that the doctor refused leaves everything, and is in the trail once with the reason', async () => {
    bench.fake.state.follows = [chen]

    await told('transfer_fail', 'wmChen', { failReason: 'customer_refused' })
    await Promise.all([1, 2, 3].map(() => settleCallbackEvents(bench.instance())))
    expect(await relations()).toEqual([{ repId: 'li.na', following: 1, endReason: null }])
    const entries = await bench.db.selectFrom('auditEntry').select(['event', 'detail']).execute()
    expect(entries).toHaveLength(1)
    expect(entries[0]!.event).toBe('contact.hand_over_failed')
    expect(entries[0]!.detail).toMatchObject({ why: 'customer_refused' })
  })
})

describe('somebody who left', () => {
  test('has no relations any more, half ones included, and each end is in the trail', async () => {
    for (let nth = 0; nth < 230; nth += 1) await addFollow(bench.db, 'li.na', `wm${nth}`, new Date(0))
    await told('add_half_external_contact', 'wmHalf')
    await settleCallbackEvents(deps)
    bench.fake.state.members.delete('li.na')
    await toldMember('delete_user')
    await settleCallbackEvents(deps)
    const live = await bench.db
      .selectFrom('contactFollow')
      .select(['externalUserId'])
      .where((eb) => eb.or([eb('following', '=', 1), eb('halfAt', 'is not', null), eb('endReason', '!=', 'rep_left')]))
      .execute()
    expect(live).toEqual([])
    const ends = (await auditOf(bench.db)).filter((entry) => entry.startsWith('contact.follow_ended'))
    expect(ends).toHaveLength(231)
  })

  test('is out before a crowd of other messages has its turn', async () => {
    bench.fake.state.members.delete('li.na')
    bench.forward(-60_000)
    await Promise.all(Array.from({ length: 300 }, (_, nth) => told('edit_external_contact', `wm${nth}`)))
    bench.forward(60_000)
    await toldMember('delete_user')
    await settleCallbackEvents(deps)
    expect(bench.fake.calls.find(({ path }) => path !== 'gettoken')?.path).toBe('user/get')
  })
})

test('somebody who left is out within seconds although WeCom is slow with a crowd of other messages', async () => {
  bench.fake.state.members.delete('li.na')
  await Promise.all(Array.from({ length: 60 }, (_, nth) => told('edit_external_contact', `wm${nth}`)))
  const slow = bench.instance()
  let goOn: () => void = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  let asks = 0
  slow.wecom.findContact = () => {
    asks += 1
    return held.then(() => undefined)
  }
  const busy = settleCallbackEvents(slow)
  await vi.waitFor(() => expect(asks).toBeGreaterThan(0)) // it has the crowd in hand, and nothing else
  await toldMember('delete_user')
  await settleMemberEvents(deps)
  expect(await person()).toMatchObject({ status: 'left' })
  goOn()
  await busy
})

describe('messages that say the same', () => {
  test('are one question to WeCom', async () => {
    bench.fake.state.follows = [chen]
    await Promise.all(Array.from({ length: 40 }, () => told('edit_external_contact')))
    await settleCallbackEvents(deps)
    expect(bench.fake.count('externalcontact/get')).toBe(1)
    expect(await outcomes()).toEqual(Array.from({ length: 40 }, () => 'done'))
  })

  test('wait as long as WeCom wants to be left alone', async () => {
    bench.fake.failNext('externalcontact/get', refuse(45009))
    bench.fake.state.follows = [chen]
    await told('edit_external_contact')
    await settleCallbackEvents(deps)
    bench.forward(30_000)
    await settleCallbackEvents(deps)
    expect(bench.fake.count('externalcontact/get')).toBe(1)
    bench.forward(60_000)
    await settleCallbackEvents(deps)
    expect(await outcomes()).toEqual(['done'])
  })
})

test.each([
  ['change_external_chat', 'update', 'wrChat'],
  ['change_external_tag', 'delete', 'etTag'],
  ['msgaudit_notify', '', ''],
])('%s %s is kept and has no effect', async (name, changeType, about) => {
  await receive(`${name} ${changeType}`, { event: 'other', name, changeType, about, occurredAt: bench.now() })
  await settleCallbackEvents(deps)
  expect(
    await bench.db.selectFrom('callbackEvent').select(['event', 'changeType', 'about', 'outcome']).execute(),
  ).toEqual([{ event: name, changeType, about, outcome: 'no_effect' }])
  expect(bench.fake.calls).toEqual([])
})

test('an agreement to the archive is kept and has no effect', async () => {
  await told('msg_audit_approved', 'wmChen', { welcomeCode: 'W' })
  expect(await outcomes()).toEqual(['no_effect'])
})
