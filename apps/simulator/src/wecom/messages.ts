import { createHash } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import { text, type ApiCall } from './call.ts'
import { WeComError } from './errors.ts'
import { count } from './limits.ts'
import { findMember } from './members.ts'

const kinds = ['text', 'textcard', 'markdown', 'news', 'image', 'file', 'video', 'template_card']
const welcomeLifeMs = 20_000
/** So long another app is at it before its welcome stands (41096, then 41051). */
const otherAppMs = 1_000
const recallMs = 86_400_000

/** message/send: an app message to members (wecom-platform.md 7.2). Partly failing sends still answer 0. */
export const sendAppMessage: ApiCall = {
  method: 'POST',
  answer(simulator, { json }) {
    if (Number(json['agentid']) !== simulator.config.agentId) throw new WeComError(301002)
    const msgtype = text(json, 'msgtype')
    const body = json[msgtype]
    if (!kinds.includes(msgtype) || typeof body !== 'object' || body === null)
      throw new WeComError(40008, 'invalid message type')
    checkTextcard(msgtype, body as Record<string, unknown>)
    const asked = recipients(simulator, String(json['touser'] ?? ''))
    const known = asked.filter((userid) => findMember(simulator, userid)?.status === 'active')
    const unknown = asked.filter((userid) => !known.includes(userid))
    if (known.length === 0) throw new WeComError(81013)
    const id = `msg${simulator.newId()}`
    if (!isRepeat(simulator, json))
      for (const userid of known) deliver(simulator, id, userid, msgtype, body as Record<string, unknown>)
    return {
      invaliduser: unknown.map((userid) => userid.toLowerCase()).join('|'),
      invalidparty: '',
      invalidtag: '',
      unlicenseduser: '',
      msgid: id,
    }
  },
}

function recipients(simulator: Simulator, touser: string): string[] {
  if (touser === '@all') return [...simulator.store.members.values()].map((member) => member.userid)
  const asked = touser.split('|').filter((userid) => userid !== '')
  if (asked.length > 1000) throw new WeComError(40035, 'touser exceeds 1000')
  return asked
}

function checkTextcard(msgtype: string, body: Record<string, unknown>): void {
  if (msgtype === 'text') text(body, 'content')
  if (msgtype !== 'textcard') return
  for (const name of ['title', 'description', 'url']) text(body, name)
  if (!/^https?:\/\//.test(String(body['url']))) throw new WeComError(40035, 'invalid url')
}

/** The surplus over 30 a minute is dropped silently (wecom-platform.md 1.2). */
function deliver(
  simulator: Simulator,
  id: string,
  userid: string,
  msgtype: string,
  body: Record<string, unknown>,
): void {
  try {
    count(simulator, `notice ${userid.toLowerCase()}`, { per: 'minute', most: 30 })
  } catch {
    return
  }
  const member = findMember(simulator, userid)
  simulator.store.notices.push({
    id,
    userid: member?.userid ?? userid,
    at: simulator.now(),
    msgtype,
    body,
    recalled: false,
  })
  const title = typeof body['title'] === 'string' ? ` ${body['title']}` : ''
  simulator.feed.tell('chat', `message/send -> ${member?.name ?? userid}${title}`, true, { msgtype, [msgtype]: body })
  simulator.feed.changed()
}

function isRepeat(simulator: Simulator, json: Record<string, unknown>): boolean {
  if (json['enable_duplicate_check'] !== 1) return false
  const intervalMs = Math.min(14_400, Number(json['duplicate_check_interval'] ?? 1800)) * 1000
  const key = createHash('sha256').update(JSON.stringify(json)).digest('hex')
  const last = simulator.vault.sentNotices.get(key)
  if (last !== undefined && simulator.now() - last < intervalMs) return true
  simulator.vault.sentNotices.set(key, simulator.now())
  return false
}

export const recallMessage: ApiCall = {
  method: 'POST',
  answer(simulator, { json }) {
    const id = text(json, 'msgid')
    const notices = simulator.store.notices.filter((notice) => notice.id === id)
    if (notices.length === 0) throw new WeComError(40035, 'invalid msgid')
    if (notices.some((notice) => simulator.now() - notice.at > recallMs)) throw new WeComError(40035, 'msgid expired')
    for (const notice of notices) notice.recalled = true
    simulator.feed.changed()
    return {}
  },
}

/** externalcontact/send_welcome_msg: once, within 20 s of the add event (wecom-platform.md 3.7). */
export const sendWelcome: ApiCall = {
  method: 'POST',
  contacts: true,
  answer(simulator, { json }) {
    const code = simulator.store.welcomeCodes.get(text(json, 'welcome_code'))
    if (!code || simulator.now() - code.createdAt > welcomeLifeMs) throw new WeComError(41050)
    const { welcomeBy } = simulator.store.switches
    if (welcomeBy === 'other-app-now' && simulator.now() - code.createdAt < otherAppMs) throw new WeComError(41096)
    if (code.used || welcomeBy.startsWith('other-app') || hasTalked(simulator, code)) throw new WeComError(41051)
    checkWelcome(json)
    code.used = true
    const { userid, externalUserid } = code
    const lines = [json['text'] ? { msgtype: 'text', text: json['text'] } : null, ...attachments(json)]
    for (const line of lines) {
      if (!line) continue
      const msgtype = String(line['msgtype'])
      const body = (line as Record<string, unknown>)[msgtype]
      simulator.store.chats.push({
        id: simulator.newId(),
        userid,
        externalUserid,
        from: 'rep',
        at: simulator.now(),
        msgtype: msgtype === 'link' ? 'news' : msgtype,
        body: msgtype === 'link' ? linkBody(body) : asObject(body),
      })
    }
    simulator.feed.changed()
    return {}
  },
}

/** Either has written since they were connected. */
function hasTalked(simulator: Simulator, code: { userid: string; externalUserid: string; createdAt: number }): boolean {
  return simulator.store.chats.some(
    ({ userid, externalUserid, from, at }) =>
      userid === code.userid && externalUserid === code.externalUserid && from !== 'system' && at >= code.createdAt,
  )
}

function checkWelcome(json: Record<string, unknown>): void {
  const content = asObject(json['text'])['content']
  if (typeof content === 'string' && Buffer.byteLength(content) > 4000) throw new WeComError(40035, 'text exceeds 4000')
  const lines = attachments(json)
  if (!content && lines.length === 0) throw new WeComError(40058, 'missing parameter: text')
  for (const line of lines) {
    if (line['msgtype'] !== 'link') continue
    const { title, desc, url } = asObject(line['link'])
    if (!title || !url) throw new WeComError(40058, 'missing parameter: link')
    if (Buffer.byteLength(String(title)) > 128 || Buffer.byteLength(String(desc ?? '')) > 512)
      throw new WeComError(40035, 'link exceeds its length')
    if (!/^https?:\/\//.test(String(url))) throw new WeComError(40127)
  }
}

function attachments(json: Record<string, unknown>): Record<string, unknown>[] {
  const list = json['attachments']
  if (!Array.isArray(list)) return []
  if (list.length > 9) throw new WeComError(40035, 'attachments exceed 9')
  return list.map(asObject)
}

function linkBody(body: unknown): Record<string, unknown> {
  const link = asObject(body)
  return { link: link['url'], title: link['title'], desc: link['desc'], imgUrl: link['picurl'] }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
