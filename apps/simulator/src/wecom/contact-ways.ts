import { randomBytes } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import type { ContactWay } from '../store.ts'
import { text, type ApiCall } from './call.ts'
import { WeComError } from './errors.ts'
import { count } from './limits.ts'
import { findMember } from './members.ts'

const mostCharacters = 30
const mostUsers = 100
const longestSeconds = 14 * 86_400
const usualCodeSeconds = 7 * 86_400
const usualChatSeconds = 86_400
const mostWays = 500_000
const mostTemporaryADay = 100_000

type Json = Record<string, unknown>

/** "Contact Me" codes (wecom-platform.md 3.4). */
export const addContactWay: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const type = json['type']
    if (type !== 1 && type !== 2) throw new WeComError(41037)
    const scene = json['scene']
    // A style beside a QR code is refused with the number of the scene [C].
    if ((scene !== 1 && scene !== 2) || (scene === 2 && json['style'] !== undefined)) throw new WeComError(41040)
    const temporary = json['is_temp'] === true
    const { ways } = simulator.vault
    if (temporary) checkTemporary(simulator, json)
    else if ([...ways.values()].filter((way) => !way.temporary).length >= mostWays) throw new WeComError(45009)
    const users = readUsers(simulator, json)
    if ((type === 1 || temporary) && users.length !== 1) throw new WeComError(40035, 'type 1 takes exactly one user')
    const way: ContactWay = {
      configId: randomBytes(16).toString('hex'),
      ...{ type, scene, users, temporary, usedBy: null },
      ...readWords(json),
      style: scene === 1 ? Number(json['style'] ?? 1) : null,
      skipVerify: json['skip_verify'] !== false,
      codeSeconds: temporary ? seconds(json, 'expires_in', usualCodeSeconds) : 0,
      chatSeconds: temporary ? seconds(json, 'chat_expires_in', usualChatSeconds) : 0,
      createdAt: simulator.now(),
    }
    ways.set(way.configId, way)
    simulator.feed.changed()
    return { config_id: way.configId, ...(scene === 2 ? { qr_code: pictureOf(simulator, way) } : {}) }
  },
}

export const getContactWay: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const way = loadWay(simulator, json)
    return {
      contact_way: {
        ...{ config_id: way.configId, type: way.type, scene: way.scene, remark: way.remark, state: way.state },
        ...{ skip_verify: way.skipVerify, user: way.users, party: [] },
        ...(way.scene === 2 ? { qr_code: pictureOf(simulator, way) } : { style: way.style }),
        ...(way.temporary
          ? { is_temp: true, expires_in: way.codeSeconds, chat_expires_in: way.chatSeconds }
          : { is_temp: false }),
      },
    }
  },
}

/** Entries by their time of creation; temporary ones are never among them. */
export const listContactWay: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const limit = Math.min(1000, Math.max(1, Number(json['limit'] ?? 100) || 100))
    const [from, until] = [Number(json['start_time'] ?? 0), Number(json['end_time'] ?? Infinity)]
    const offset = Number(/^from (\d+)$/.exec(String(json['cursor'] ?? ''))?.[1] ?? 0)
    const found = [...simulator.vault.ways.values()].filter((way) => {
      const madeAt = Math.floor(way.createdAt / 1000)
      return !way.temporary && madeAt >= from && madeAt <= until
    })
    return {
      contact_way: found.slice(offset, offset + limit).map(({ configId }) => ({ config_id: configId })),
      ...(offset + limit < found.length ? { next_cursor: `from ${offset + limit}` } : {}),
    }
  },
}

/** What it was made for, and how often it may be scanned, cannot be changed. */
export const updateContactWay: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const way = loadWay(simulator, json)
    const words = readWords(json)
    if ('user' in json) {
      const users = readUsers(simulator, json)
      if (way.type === 1 && users.length !== 1) throw new WeComError(40035, 'type 1 takes exactly one user')
      way.users = users
    }
    if ('remark' in json) way.remark = words.remark
    if ('state' in json) way.state = words.state
    if ('skip_verify' in json) way.skipVerify = json['skip_verify'] !== false
    simulator.feed.changed()
    return {}
  },
}

export const delContactWay: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    simulator.vault.ways.delete(loadWay(simulator, json).configId)
    simulator.feed.changed()
    return {}
  },
}

/** Ends a temporary chat before its time. */
export const closeTempChat: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const [userid, externalUserid] = [text(json, 'userid'), text(json, 'external_userid')]
    const temporary = [...simulator.vault.ways.values()].some((way) => way.temporary && way.usedBy === externalUserid)
    const follow = simulator.store.follows.find((one) => one.userid === userid && one.externalUserid === externalUserid)
    if (!follow || follow.deletedBy !== null || !temporary) throw new WeComError(84061)
    follow.deletedBy = 'rep'
    simulator.feed.changed()
    return {}
  },
}

const pictureOf = (simulator: Simulator, { configId }: ContactWay): string =>
  `${simulator.config.simulatorUrl}/sim/code/${configId}.png`

/** Which number an unknown entry gets stands in no document; see the README. */
function loadWay(simulator: Simulator, json: Json): ContactWay {
  const way = simulator.vault.ways.get(text(json, 'config_id'))
  if (!way) throw new WeComError(40035, 'invalid config_id')
  return way
}

function readWords(json: Json): { remark: string; state: string } {
  const [remark, state] = [String(json['remark'] ?? ''), String(json['state'] ?? '')]
  if ([...remark].length > mostCharacters) throw new WeComError(40035, 'remark exceeds 30')
  if ([...state].length > mostCharacters) throw new WeComError(40035, 'state exceeds 30')
  return { remark, state }
}

/** Members must be activated and verified, in range, and have the feature. */
function readUsers(simulator: Simulator, json: Json): string[] {
  const asked = json['user']
  if (!Array.isArray(asked) || asked.length === 0) throw new WeComError(40058, 'missing parameter: user')
  if (asked.length > mostUsers) throw new WeComError(40035, 'user exceeds 100')
  return asked.map((userid) => {
    const member = findMember(simulator, String(userid))
    if (!member || member.status === 'deleted') throw new WeComError(40003)
    if (member.status !== 'active') throw new WeComError(41054)
    if (!member.servesContacts || !member.inRange) throw new WeComError(84074)
    if (simulator.store.switches.unverified.toLowerCase().split('|').includes(member.userid.toLowerCase()))
      throw new WeComError(40098)
    return member.userid
  })
}

/** Companies registered in medicine alone; with which number the others are refused stands in no document. */
function checkTemporary(simulator: Simulator, json: Json): void {
  if (!simulator.store.switches.medicalCorp) throw new WeComError(48002)
  if (json['type'] !== 1) throw new WeComError(40035, 'a temporary entry takes one user')
  count(simulator, 'temporary contact ways', { per: 'day', most: mostTemporaryADay })
}

function seconds(json: Json, name: string, usual: number): number {
  const given = Number(json[name] ?? usual)
  if (!Number.isInteger(given) || given < 1 || given > longestSeconds) throw new WeComError(40035, `invalid ${name}`)
  return given
}
