import { receiverPlays, type Receiver } from '../receiver/receiver.ts'
import type { Simulator } from '../simulator.ts'
import { ChoiceError } from './choose.ts'

/** Tells the receiver of webhooks its secret, how it answers, or to forget what came; the secret is never told back. */
export function changeReceiver({ receiver }: Simulator, body: Record<string, unknown>): Omit<Receiver, 'secret'> {
  const plays = receiverPlays.find((one) => one === (body['plays'] ?? receiver.plays))
  if (!plays) throw new ChoiceError(`plays is one of ${receiverPlays.join(', ')}`)
  receiver.plays = plays
  if (typeof body['secret'] === 'string') receiver.secret = body['secret']
  if (body['forget'] === true) receiver.taken = []
  return showReceiver(receiver)
}

export const showReceiver = ({ plays, taken }: Receiver): Omit<Receiver, 'secret'> => ({ plays, taken })
