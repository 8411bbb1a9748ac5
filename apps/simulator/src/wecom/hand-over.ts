import type { Simulator } from '../simulator.ts'
import { settleTransfers } from '../callback/hand-over.ts'
import { text, type ApiCall } from './call.ts'
import { WeComError } from './errors.ts'
import { findMember } from './members.ts'

const waitSeconds = 24 * 3_600
const oftenSeconds = 90 * 86_400
const mostOften = 2

/** Hand-over of customers, in service and resigned (wecom-platform.md 3.6). It happens 24 h after it was accepted. */
export const transferCustomer: ApiCall = {
  method: 'POST',
  contacts: true,
  answer: (simulator, { json }) => ask(simulator, json, false),
}

export const resignedTransfer: ApiCall = {
  method: 'POST',
  contacts: true,
  answer: (simulator, { json }) => ask(simulator, json, true),
}

export const transferResult: ApiCall = {
  method: 'POST',
  contacts: true,
  answer: (...asked) => results(false, ...asked),
}
export const resignedResult: ApiCall = { method: 'POST', contacts: true, answer: (...asked) => results(true, ...asked) }

/** Customers of members who left and whom nobody has taken over. */
export const getUnassigned: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator) {
    const info = simulator.store.follows
      .filter((follow) => follow.deletedBy === null && hasLeft(simulator, follow.userid))
      .map(({ userid, externalUserid }) => ({
        ...{ handover_userid: userid, external_userid: externalUserid },
        dimission_time: Math.floor(simulator.now() / 1_000),
      }))
    return { info, is_last: true, next_cursor: '' }
  },
}

function ask(simulator: Simulator, json: Record<string, unknown>, resigned: boolean) {
  const [from, to] = [text(json, 'handover_userid'), text(json, 'takeover_userid')]
  const asked = json['external_userid']
  if (!Array.isArray(asked) || asked.length === 0) throw new WeComError(40058, 'missing parameter: external_userid')
  if (asked.length > 100) throw new WeComError(40035, 'external_userid exceeds 100')
  if (hasLeft(simulator, from) !== resigned) throw new WeComError(40003)
  const taker = findMember(simulator, to)
  if (!taker || taker.status !== 'active') throw new WeComError(40003)
  if (!taker.servesContacts || !taker.inRange) throw new WeComError(84074)
  return { customer: asked.map((id) => beginTransfer(simulator, { from, to, externalUserid: String(id), resigned })) }
}

type Wish = { from: string; to: string; externalUserid: string; resigned: boolean }

/** One customer; what stands against it is that one's errcode. */
export function beginTransfer(simulator: Simulator, wish: Wish): { external_userid: string; errcode: number } {
  const { store } = simulator
  const { from, to, externalUserid } = wish
  const askedAt = Math.floor(simulator.now() / 1_000)
  const earlier = store.transfers.filter((one) => one.externalUserid === externalUserid)
  const follow = store.follows.find(
    (one) => same(one.userid, from) && one.externalUserid === externalUserid && one.deletedBy === null,
  )
  const answer = (errcode: number) => ({ external_userid: externalUserid, errcode })
  if (!store.contacts.has(externalUserid)) return answer(40096)
  if (same(from, to)) return answer(40130)
  if (!follow) return answer(40131)
  if (earlier.some(({ status }) => status === 2)) return answer(40129)
  const often = earlier.filter((one) => one.status === 1 && askedAt - one.askedAt < oftenSeconds).length
  if (often >= mostOften) return answer(40128)
  const taker = findMember(simulator, to)?.userid ?? to
  store.transfers.push({ ...wish, from: follow.userid, to: taker, askedAt, dueAt: askedAt + waitSeconds, status: 2 })
  simulator.feed.changed()
  return answer(0)
}

async function results(resigned: boolean, simulator: Simulator, { json }: { json: Record<string, unknown> }) {
  const [from, to] = [text(json, 'handover_userid'), text(json, 'takeover_userid')]
  await settleTransfers(simulator)
  const customer = simulator.store.transfers
    .filter((one) => one.resigned === resigned && same(one.from, from) && same(one.to, to))
    .map(({ externalUserid, status, dueAt }) => ({
      ...{ external_userid: externalUserid, status },
      takeover_time: status === 3 || status === 4 ? 0 : dueAt,
    }))
  return { customer, next_cursor: '' }
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

function hasLeft(simulator: Simulator, userid: string): boolean {
  const status = findMember(simulator, userid)?.status
  return status === 'deleted' || status === 'exited'
}
