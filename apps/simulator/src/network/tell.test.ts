import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import type { Simulator } from '../simulator.ts'
import type { Asked } from './request.ts'
import { tellExchange } from './tell.ts'

function buildFeed() {
  const told: string[] = []
  const simulator = { feed: { tell: (_kind: string, title: string) => void told.push(title) } } as unknown as Simulator // what is asked of it
  const asked = { phone: 'rep', device: 'phone', navigation: false } as unknown as Asked // the same
  const exchange = (url: string, body: unknown): void => {
    const request = { method: 'POST', url, headers: { 'sec-fetch-dest': 'empty' } } as unknown as IncomingMessage
    const answer = Object.assign(new EventEmitter(), {
      ...{ statusCode: 200, headers: { 'content-type': 'application/json' } },
    }) as unknown as IncomingMessage
    tellExchange(simulator, asked, request, answer, Date.now())
    answer.emit('data', Buffer.from(JSON.stringify(body)))
    answer.emit('end')
  }
  return { told, exchange }
}

test('a page that keeps looking and keeps hearing the same is told twice, and again when it hears something else', () => {
  const { told, exchange } = buildFeed()
  for (let look = 0; look < 20; look += 1) exchange('/changes', { at: 1 })
  expect(told).toEqual(['POST /changes -> 200', 'POST /changes -> 200'])
  exchange('/sends', { sendId: 'x' })
  exchange('/changes', { at: 2 })
  expect(told.slice(2)).toEqual(['POST /sends -> 200', 'POST /changes -> 200'])
})
