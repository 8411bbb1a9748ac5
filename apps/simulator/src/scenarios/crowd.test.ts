import { expect, test } from 'vitest'
import { buildSimulator, callApi, getToken } from '../../test/build-simulator.ts'
import { chooseScenario, turnSwitches } from '../control/choose.ts'
import { snapshot } from '../control/snapshot.ts'
import { addCrowd } from './crowd.ts'

const page = async (simulator: ReturnType<typeof buildSimulator>, cursor: string, users = ['wanglei', 'lina']) => {
  const access_token = await getToken(simulator)
  const body = { userid_list: users, cursor, limit: 100 }
  return (await callApi(simulator, 'externalcontact/batch/get_by_user', { access_token }, body)) as {
    errcode: number
    external_contact_list: { external_contact: { external_userid: string } }[]
    next_cursor: string
    fail_info: { unlicensed_userid_list: string[] }
  }
}

test('the scenario gives a rep twenty thousand contacts once, and the stage does not draw them', () => {
  const simulator = buildSimulator()
  const before = snapshot(simulator).contacts.length
  chooseScenario(simulator, 'crowd')
  chooseScenario(simulator, 'crowd')
  expect(simulator.store.follows.filter(({ userid }) => userid === 'wanglei')).toHaveLength(20_002)
  expect(snapshot(simulator).contacts).toHaveLength(before)
})

test('a crowd is read page by page to the end, each contact once', async () => {
  const simulator = buildSimulator()
  addCrowd(simulator, 'wanglei', 1_000)
  const seen: string[] = []
  let cursor = ''
  do {
    const answer = await page(simulator, cursor, ['wanglei'])
    seen.push(...answer.external_contact_list.map(({ external_contact }) => external_contact.external_userid))
    cursor = answer.next_cursor
  } while (cursor !== '')
  expect([seen.length, new Set(seen).size]).toEqual([1_002, 1_002])
})

test('who has no licence is named, and their contacts are kept back', async () => {
  const simulator = buildSimulator()
  turnSwitches(simulator, { unlicensed: 'LiNa' })
  const answer = await page(simulator, '')
  expect(answer.fail_info.unlicensed_userid_list).toEqual(['lina'])
  expect(answer.external_contact_list).toHaveLength(2)
})

test('the calls of a minute can be made few', async () => {
  const simulator = buildSimulator()
  turnSwitches(simulator, { batchMost: 2 })
  const codes = [await page(simulator, ''), await page(simulator, ''), await page(simulator, '')]
  expect(codes.map(({ errcode }) => errcode)).toEqual([0, 0, 45009])
})
