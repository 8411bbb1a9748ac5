import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setUpBench, type Bench } from '../../test/wecom/bench.ts'
import { refuse } from '../../test/wecom/fake-server.ts'
import { addRep, addSession, auditOf, clear } from '../../test/wecom/people.ts'
import { proveEmployment } from './prove-employment.ts'

let bench: Bench
beforeAll(async () => {
  bench = await setUpBench()
})
afterAll(() => bench.tearDown())
beforeEach(async () => {
  bench.fake.reset()
  await clear(bench.db)
})

const minutes = (count: number) => new Date(bench.now().getTime() - count * 60_000)
const asked = () =>
  bench.fake.calls
    .filter(({ path }) => path === 'user/get')
    .map(({ query }) => query.get('userid'))
    .toSorted()

test('who works today is asked about before the proof is 10 min old, others hourly', async () => {
  for (const [id, age] of Object.entries({ works7: 7, works9: 9, rests9: 9, rests59: 59 })) {
    bench.fake.state.members.set(id, 1)
    await addRep(bench.db, id, minutes(age))
    if (id.startsWith('works')) await addSession(bench.db, id, id, minutes(60))
  }
  await addRep(bench.db, 'never', null)
  bench.fake.state.members.set('never', 1)
  await proveEmployment(bench.instance())
  expect(asked()).toEqual(['never', 'rests59', 'works9'])
  const proved = await bench.db
    .selectFrom('person')
    .select('id')
    .where('employmentProvedAt', '=', bench.now())
    .orderBy('id')
    .execute()
  expect(proved.map((person) => person.id)).toEqual(['never', 'rests59', 'works9'])
})

test('[F18] a rep who left without a message to us is found, and every session ends', async () => {
  await addRep(bench.db, 'gone', minutes(9))
  await addSession(bench.db, 'gone', 'a', minutes(1))
  await proveEmployment(bench.instance())
  expect(await bench.db.selectFrom('person').select(['status', 'leftAt']).execute()).toEqual([
    { status: 'left', leftAt: bench.now() },
  ])
  expect(await bench.db.selectFrom('session').select(['endedAt', 'endedWhy']).execute()).toEqual([
    { endedAt: bench.now(), endedWhy: 'left' },
  ])
  expect(await auditOf(bench.db)).toEqual(['rep.left gone'])
})

test('found by ten at once, they leave once', async () => {
  await addRep(bench.db, 'gone', minutes(59))
  await Promise.all(Array.from({ length: 10 }, () => proveEmployment(bench.instance())))
  expect((await auditOf(bench.db)).filter((entry) => entry === 'rep.left gone')).toHaveLength(1)
})

test('[F13] while WeCom cannot say, nobody leaves and proofs age', async () => {
  await addRep(bench.db, 'li.na', minutes(59))
  bench.fake.failNext('user/get', refuse(60020))
  await expect(proveEmployment(bench.instance())).rejects.toMatchObject({ code: 'wecom_unavailable' })
  const [person] = await bench.db.selectFrom('person').select(['status', 'employmentProvedAt']).execute()
  expect(person).toEqual({ status: 'active', employmentProvedAt: minutes(59) })
})

test('a local administrator is no member and never asked about', async () => {
  await addRep(bench.db, 'local', null, 'security_admin')
  await addRep(bench.db, 'officer', minutes(59), 'compliance_officer')
  bench.fake.state.members.set('officer', 1)
  await proveEmployment(bench.instance())
  expect(asked()).toEqual(['officer'])
})
