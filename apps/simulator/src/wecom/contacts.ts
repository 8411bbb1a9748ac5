import type { Simulator } from '../simulator.ts'
import type { Contact, Follow } from '../store.ts'
import { parameter, text, type ApiAnswer, type ApiCall } from './call.ts'
import { WeComError } from './errors.ts'
import { count } from './limits.ts'
import { findMember } from './members.ts'

/** Customer-contact reads and the remark (wecom-platform.md 3.2, 3.3). */
export const getFollowUserList: ApiCall = {
  method: 'GET',
  contacts: true,
  answer(simulator) {
    const serving = [...simulator.store.members.values()].filter(
      (member) => member.servesContacts && member.inRange && member.status === 'active',
    )
    return { follow_user: serving.map((member) => member.userid) }
  },
}

export const listContacts: ApiCall = {
  method: 'GET',
  contacts: true,
  answer(simulator, { query }) {
    const member = loadServing(simulator, parameter(query, 'userid'))
    const follows = currentFollows(simulator).filter((follow) => follow.userid === member.userid)
    if (follows.length === 0) throw new WeComError(84061)
    return { external_userid: follows.map((follow) => follow.externalUserid) }
  },
}

export const getContact: ApiCall = {
  method: 'GET',
  contacts: true,
  answer(simulator, { query }) {
    const externalUserid = parameter(query, 'external_userid')
    const contact = simulator.store.contacts.get(externalUserid)
    if (!contact) throw new WeComError(40096)
    const follows = currentFollows(simulator).filter((follow) => follow.externalUserid === externalUserid)
    if (follows.length === 0) throw new WeComError(84061)
    const from = readCursor(query.get('cursor'))
    const page = follows.slice(from, from + 500)
    return {
      external_contact: externalContact(contact),
      follow_user: page.map((follow) => ({ ...followBody(follow), tags: [] })),
      ...(from + 500 < follows.length ? { next_cursor: cursorOf(from + 500) } : {}),
    }
  },
}

export const batchByUser: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const users = json['userid_list']
    if (!Array.isArray(users) || users.length === 0) throw new WeComError(40058, 'missing parameter: userid_list')
    if (users.length > 100) throw new WeComError(40035, 'userid_list exceeds 100')
    const limit = Math.min(100, Math.max(1, Number(json['limit'] ?? 50) || 50))
    const asked = new Set(users.map((userid) => loadServing(simulator, String(userid)).userid))
    const { unlicensed, batchMost } = simulator.store.switches
    if (batchMost > 0) count(simulator, 'batch/get_by_user, made tight', { per: 'minute', most: batchMost })
    const keptBack = new Set(unlicensed.toLowerCase().split('|'))
    const isLicensed = (userid: string): boolean => !keptBack.has(userid.toLowerCase())
    const follows = currentFollows(simulator).filter(({ userid }) => asked.has(userid) && isLicensed(userid))
    const from = readCursor(typeof json['cursor'] === 'string' ? json['cursor'] : null)
    const page = follows.slice(from, from + limit)
    return {
      external_contact_list: page.flatMap((follow) => batchRow(simulator, follow)),
      next_cursor: from + limit < follows.length ? cursorOf(from + limit) : '',
      fail_info: { unlicensed_userid_list: [...asked].filter((userid) => !isLicensed(userid)) },
    } satisfies ApiAnswer
  },
}

/** Mobiles replace; `[""]` clears. Raises no callback (wecom-platform.md 3.3). */
export const setRemark: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const member = loadServing(simulator, text(json, 'userid'))
    const externalUserid = text(json, 'external_userid')
    const follow = currentFollows(simulator).find(
      (one) => one.userid === member.userid && one.externalUserid === externalUserid,
    )
    if (!follow) throw new WeComError(84061)
    const given = ['remark', 'description', 'remark_company', 'remark_mobiles', 'remark_pic_mediaid'].filter(
      (name) => name in json,
    )
    if (given.length === 0) throw new WeComError(40058, 'missing parameter: remark')
    if ([...String(json['remark'] ?? '')].length > 20) throw new WeComError(40035, 'remark exceeds 20')
    if ([...String(json['description'] ?? '')].length > 150) throw new WeComError(40035, 'description exceeds 150')
    if ('remark' in json) follow.remark = String(json['remark'])
    if ('description' in json) follow.description = String(json['description'])
    if ('remark_company' in json) follow.remarkCompany = String(json['remark_company'])
    if (Array.isArray(json['remark_mobiles']))
      follow.remarkMobiles = json['remark_mobiles'].map(String).filter((mobile) => mobile !== '')
    simulator.feed.changed()
    return {}
  },
}

function batchRow(simulator: Simulator, follow: Follow): Record<string, unknown>[] {
  const contact = simulator.store.contacts.get(follow.externalUserid)
  return contact
    ? [{ external_contact: externalContact(contact), follow_info: { ...followBody(follow), tag_id: [] } }]
    : []
}

function externalContact(contact: Contact): Record<string, unknown> {
  return { external_userid: contact.externalUserid, name: contact.name, avatar: '', type: 1, gender: contact.gender }
}

function followBody(follow: Follow): Record<string, unknown> {
  return {
    userid: follow.userid,
    remark: follow.remark,
    description: follow.description,
    createtime: follow.createtime,
    remark_corp_name: follow.remarkCompany,
    remark_mobiles: follow.remarkMobiles,
    oper_userid: follow.userid,
    add_way: follow.addWay,
    ...(follow.state ? { state: follow.state } : {}),
  }
}

/** Relations WeCom would show now: not deleted, not half, not too fresh, and of members still there. */
function currentFollows(simulator: Simulator): Follow[] {
  if (simulator.store.switches.apiFault === 'half-relation') return []
  const now = simulator.now()
  const known = new Map<string, boolean>()
  const isThere = (userid: string): boolean => {
    const member = findMember(simulator, userid)
    const there = member?.status !== 'deleted' && member?.inRange === true
    known.set(userid, there)
    return there
  }
  return simulator.store.follows.filter((follow) => {
    const there = known.get(follow.userid) ?? isThere(follow.userid)
    return there && follow.deletedBy === null && !follow.half && follow.visibleFrom <= now
  })
}

function loadServing(simulator: Simulator, userid: string): { userid: string } {
  const member = findMember(simulator, userid)
  if (!member || member.status === 'deleted') throw new WeComError(40003)
  if (!member.servesContacts || !member.inRange) throw new WeComError(84074)
  return member
}

function cursorOf(offset: number): string {
  return Buffer.from(`from ${offset}`).toString('base64url')
}

function readCursor(cursor: string | null): number {
  if (!cursor) return 0
  const offset = /^from (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (!offset) throw new WeComError(40035, 'invalid cursor')
  return Number(offset)
}
