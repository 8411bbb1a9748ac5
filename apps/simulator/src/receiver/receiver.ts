import { createHmac, timingSafeEqual } from 'node:crypto'
import type Koa from 'koa'
import type { Simulator } from '../simulator.ts'

/** How the receiver answers. */
export const receiverPlays = ['200', '500', '410', '429', 'slow', 'redirect'] as const
type Play = (typeof receiverPlays)[number]
/** `signed`: by the secret it was told; null while it was told none. */
type Taken = { at: number; id: string; signed: boolean | null; again: boolean; event: unknown; answered: Play }
export type Receiver = { secret: string; plays: Play; taken: Taken[] }

export const receiverPath = '/hooks/in'
const kept = 50
/** Longer than a sender should wait. */
const slowMs = 20_000
/** Standard Webhooks: a time further away is not believed. */
const toleranceSeconds = 300

export const createReceiver = (secret: string): Receiver => ({ secret, plays: '200', taken: [] })

/** A system of the company that takes webhooks: checks who signed, remembers the last ones, answers as it is told. */
export async function takeWebhook(simulator: Simulator, context: Koa.Context, body: Buffer): Promise<void> {
  const { receiver, now, feed } = simulator
  const id = context.get('webhook-id')
  const signed = receiver.secret === '' ? null : isSigned(receiver.secret, context, { body, now: now() })
  const answered = signed === false ? '500' : receiver.plays
  const again = receiver.taken.some((one) => one.id === id)
  receiver.taken = [
    ...receiver.taken.slice(1 - kept),
    { at: now(), id, signed, again, event: readEvent(body), answered },
  ]
  feed.tell('http', `webhook ${id}: ${answered}`, answered === '200', { signed })
  if (answered === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs))
  if (answered === '429') context.set('retry-after', '30')
  if (answered === 'redirect') return context.redirect('/elsewhere')
  context.status = answered === 'slow' ? 200 : Number(answered)
  context.body = signed === false ? 'signature does not fit' : `received ${id}`
}

/** Written from the document apart from the product, so that one checks the other. */
function isSigned(secret: string, context: Koa.Context, { body, now }: { body: Buffer; now: number }): boolean {
  const timestamp = context.get('webhook-timestamp')
  if (!/^\d+$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > toleranceSeconds) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signed = Buffer.concat([Buffer.from(`${context.get('webhook-id')}.${timestamp}.`), body])
  const right = createHmac('sha256', key).update(signed).digest()
  return context
    .get('webhook-signature')
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
    .some((given) => given.length === right.length && timingSafeEqual(given, right))
}

function readEvent(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
