import type { Simulator } from '../simulator.ts'
import type { Member } from '../store.ts'
import { parameter, text, type ApiCall } from './call.ts'
import { WeComError } from './errors.ts'

const codeLifeMs = 5 * 60_000
const ticketLifeMs = 1_800_000
const statusNumbers = { active: 1, disabled: 2, exited: 5, deleted: 5 }

export function findMember(simulator: Simulator, userid: string): Member | undefined {
  return simulator.store.members.get(userid.toLowerCase())
}

/** user/get: employment. Deleted members are unknown: 60111; those outside the app's range are not for it: 60011. */
export const getUser: ApiCall = {
  method: 'GET',
  answer(simulator, { query }) {
    const member = findMember(simulator, parameter(query, 'userid'))
    if (!member || member.status === 'deleted') throw new WeComError(60111)
    if (!member.inRange) throw new WeComError(60011)
    return {
      userid: member.userid,
      name: member.name,
      department: [1],
      order: [0],
      position: member.position,
      is_leader_in_dept: [0],
      direct_leader: [],
      main_department: 1,
      alias: '',
      status: statusNumbers[member.status],
    }
  },
}

/** auth/getuserinfo (wecom-platform.md 2.1): a code is good once, for five minutes. Members outside the range are answered too. */
export const getUserInfo: ApiCall = {
  method: 'GET',
  answer(simulator, { query }) {
    const code = simulator.vault.codes.get(parameter(query, 'code'))
    if (!code) throw new WeComError(40029)
    if (code.used) throw new WeComError(42022)
    if (simulator.now() - code.createdAt > codeLifeMs) throw new WeComError(42003)
    code.used = true
    if (code.identity.kind === 'member') return memberInfo(simulator, code.identity.userid, code.scope)
    const { openid, externalUserid, snapshot } = code.identity
    return {
      openid,
      ...(externalUserid && reachable(simulator, externalUserid) ? { external_userid: externalUserid } : {}),
      ...(snapshot ? { is_snapshotuser: 1 } : {}),
    }
  },
}

function memberInfo(simulator: Simulator, userid: string, scope: string): Record<string, unknown> {
  if (scope !== 'snsapi_privateinfo' || !findMember(simulator, userid)?.inRange) return { userid }
  const ticket = `ticket-${simulator.newId()}`
  simulator.vault.tickets.set(ticket, { userid, createdAt: simulator.now() })
  return { userid, user_ticket: ticket }
}

/** external_userid is given only when a follower stands inside the app's range. */
function reachable(simulator: Simulator, externalUserid: string): boolean {
  return simulator.store.follows.some((follow) => {
    const member = findMember(simulator, follow.userid)
    return follow.externalUserid === externalUserid && follow.deletedBy === null && member?.inRange === true
  })
}

export const getUserDetail: ApiCall = {
  method: 'POST',
  answer(simulator, { json }) {
    const ticket = simulator.vault.tickets.get(text(json, 'user_ticket'))
    if (!ticket || simulator.now() - ticket.createdAt > ticketLifeMs) throw new WeComError(40035, 'invalid user_ticket')
    const address = `${ticket.userid}@example.invalid`
    return {
      userid: ticket.userid,
      gender: '0',
      avatar: '',
      qr_code: '',
      mobile: '',
      email: address,
      biz_mail: address,
      address: '',
    }
  },
}
