import type { Simulator } from '../simulator.ts'
import { settleTransfers, type Ending } from '../callback/hand-over.ts'
import { beginTransfer } from '../wecom/hand-over.ts'
import { findMember } from '../wecom/members.ts'
import { ChoiceError } from './choose.ts'

type Body = Record<string, unknown>
const endings: readonly Ending[] = ['done', 'refused', 'full']

/** What an administrator does in WeCom's own console: contacts of one member are given to another, from tomorrow on. */
export function beginHandOver(simulator: Simulator, body: Body): void {
  const { rep, hcp } = simulator.store.session
  const from = String(body['from'] ?? rep)
  const to = String(body['to'] ?? '')
  const contacts = Array.isArray(body['contacts']) ? body['contacts'].map(String) : [hcp]
  const giver = findMember(simulator, from)
  if (!giver || findMember(simulator, to)?.status !== 'active') throw new ChoiceError('no such member')
  const resigned = giver.status === 'deleted' || giver.status === 'exited'
  for (const externalUserid of contacts) {
    const { errcode } = beginTransfer(simulator, { from, to, externalUserid, resigned })
    if (errcode !== 0) throw new ChoiceError(`${externalUserid}: ${errcode}`)
  }
}

/** Cuts the 24 h short: they are done, refused by the customer, or the taker has too many. */
export async function settleAsked(simulator: Simulator, body: Body): Promise<{ settled: number }> {
  const ending = endings.find((one) => one === (body['ending'] ?? 'done'))
  if (!ending) throw new ChoiceError(`no such ending: ${String(body['ending'])}`)
  return { settled: await settleTransfers(simulator, { ending, now: true }) }
}
