import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildSimulator, serve } from '../../test/build-simulator.ts'
import { changeReceiver } from '../control/receiver.ts'
import { createApp } from '../server.ts'

const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`

test('a receiver believes what was signed with its secret just now, and answers as it is told', async () => {
  const simulator = buildSimulator()
  const server = await serve(createApp(simulator).callback())
  changeReceiver(simulator, { secret })
  const send = async (id: string, { signedBody = '{"id":"a"}', lateSeconds = 0 } = {}) => {
    const body = '{"id":"a"}'
    const timestamp = String(Math.floor(simulator.now() / 1_000) - lateSeconds)
    const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`${id}.${timestamp}.${signedBody}`)
    const signature = `v1,AAAA v1,${mac.digest('base64')}`
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    const answer = await fetch(`${server.url}/hooks/in`, { method: 'POST', headers, body, redirect: 'manual' })
    return [answer.status, await answer.text()]
  }
  expect(await send('one')).toEqual([200, 'received one'])
  expect(await send('two', { signedBody: '{"id":"b"}' })).toEqual([500, 'signature does not fit'])
  expect(await send('three', { lateSeconds: 600 })).toEqual([500, 'signature does not fit'])
  for (const [plays, status] of [
    ['410', 410],
    ['429', 429],
    ['redirect', 302],
    ['500', 500],
  ] as const) {
    // prettier-ignore
    changeReceiver(simulator, { plays })
    expect((await send('one'))[0]).toBe(status)
  }
  const { taken } = changeReceiver(simulator, {})
  expect(taken.map(({ id, signed, again }) => [id, signed, again]).slice(0, 4)).toEqual([
    ...[['one', true, false], ['two', false, false], ['three', false, false], ['one', true, true]], // prettier-ignore
  ])
  expect(JSON.stringify(changeReceiver(simulator, { forget: true }))).toBe('{"plays":"500","taken":[]}')
  expect(() => changeReceiver(simulator, { plays: '201' })).toThrow('plays is one of')
  server.close()
})
