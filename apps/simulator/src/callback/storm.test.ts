import { expect, test } from 'vitest'
import { aesKey, buildSimulator, serve } from '../../test/build-simulator.ts'
import { addCrowd } from '../scenarios/crowd.ts'
import { decryptCallback } from './cipher.ts'
import { storm } from './storm.ts'

async function stormOf(change: Partial<Parameters<typeof storm>[1]>) {
  const told: string[] = []
  const server = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const encrypted = /<Encrypt><!\[CDATA\[(.+?)\]\]>/.exec(body)?.[1] ?? ''
    told.push(decryptCallback(aesKey, encrypted).message)
    response.end()
  })
  const simulator = buildSimulator({
    WECOM_CALLBACK_TOKEN: 'TestToken',
    WECOM_CALLBACK_AES_KEY: aesKey,
    CALLBACK_URL: `${server.url}/wecom/callback`,
  })
  addCrowd(simulator, 'wanglei', 50)
  const asked = { events: 80, perSecond: 2_000, deliveries: 3, reorder: true, userid: 'wanglei', ...change }
  const report = await storm(simulator, asked)
  server.close()
  return { told, report }
}

test('a storm delivers each message three times, all different, in disorder', async () => {
  const { told, report } = await stormOf({})
  expect(report).toMatchObject({ events: 80, deliveries: 240, statuses: { 200: 240 } })
  const times = new Map<string, number>()
  for (const xml of told) times.set(xml, (times.get(xml) ?? 0) + 1)
  expect(times.size).toBe(80)
  expect([...times.values()].every((count) => count === 3)).toBe(true)
  const firsts = [...new Set(told)].slice(0, 50).map((xml) => /wmCrowd(\d+)/.exec(xml)?.[1])
  expect(firsts).not.toEqual(firsts.toSorted())
})

test('a storm keeps to its pace', async () => {
  const { report } = await stormOf({ events: 100, perSecond: 200, deliveries: 1, reorder: false })
  expect(report.tookMs).toBeGreaterThan(450)
})
