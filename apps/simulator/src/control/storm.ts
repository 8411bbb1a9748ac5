import type { Storm } from '../callback/storm.ts'
import { ChoiceError } from './choose.ts'

/** Reads `{events, perSecond, deliveries, reorder, userid}`; what is left out is a small storm. */
export function readStorm(body: Record<string, unknown>): Storm {
  const amount = (name: string, usual: number, most: number): number => {
    const value = body[name] ?? usual
    if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > most)
      throw new ChoiceError(`${name} is 1 to ${most}`)
    return Number(value)
  }
  if (typeof body['userid'] !== 'string') throw new ChoiceError('userid is missing')
  return {
    events: amount('events', 1_000, 100_000),
    perSecond: amount('perSecond', 1_000, 10_000),
    deliveries: amount('deliveries', 3, 10),
    reorder: body['reorder'] !== false,
    userid: body['userid'],
  }
}
