import { randomBytes } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import { findMember } from '../wecom/members.ts'
import type { Follow } from '../store.ts'
import { deliver } from './deliver.ts'

export const eventTypes = [
  'add_external_contact',
  'add_half_external_contact',
  'edit_external_contact',
  'del_external_contact',
  'del_follow_user',
  'transfer_fail',
  'msg_audit_approved',
  'chat_update',
  'tag_create',
  'delete_user',
  'update_user',
] as const
export type EventType = (typeof eventTypes)[number]

/** Something that happens at WeCom. `externalUserid` may be empty for member events; `fields` adds or replaces XML fields. */
export type Happening = {
  type: EventType
  userid: string
  externalUserid?: string | undefined
  fields?: Record<string, string> | undefined
  /** Seconds during which reads answer 84061 after an add. */
  earlySeconds?: number | undefined
}

/** Lets it happen: changes the corp, then reports it as wecom-platform.md 3.9 writes it. Resolves when reported or given up. */
export async function happen(simulator: Simulator, happening: Happening): Promise<void> {
  const { type, userid, externalUserid = '' } = happening
  apply(simulator, happening)
  simulator.feed.changed()
  if (type === 'delete_user' || type === 'update_user') {
    const renamed = happening.fields?.['NewUserID']
    return report(simulator, 'change_contact', type, {
      UserID: userid,
      ...(renamed ? { NewUserID: renamed } : {}),
      ...happening.fields,
    })
  }
  if (type === 'chat_update') {
    const members = { UpdateDetail: 'add_member', JoinScene: '3', MemChangeCnt: '1' }
    return report(simulator, 'change_external_chat', 'update', {
      ChatId: 'wrDemoChat',
      ...members,
      ...happening.fields,
    })
  }
  if (type === 'tag_create')
    return report(simulator, 'change_external_tag', 'create', { Id: 'etDemoTag', TagType: 'tag', ...happening.fields })
  const fields: Record<string, string> = { UserID: userid, ExternalUserID: externalUserid }
  if (type.startsWith('add_') || type === 'msg_audit_approved') {
    const state = findFollow(simulator, userid, externalUserid)?.state
    if (state) fields['State'] = state
    // None where WeCom's console greets by itself, nor where the two have talked already (wecom-platform.md 3.7).
    if (simulator.store.switches.welcomeBy !== 'console')
      fields['WelcomeCode'] = makeWelcomeCode(simulator, userid, externalUserid)
  }
  if (type === 'transfer_fail') fields['FailReason'] = 'customer_refused'
  await report(simulator, 'change_external_contact', type, { ...fields, ...happening.fields })
}

function apply(simulator: Simulator, { type, userid, externalUserid = '', fields, earlySeconds = 0 }: Happening): void {
  const follow = findFollow(simulator, userid, externalUserid)
  if (type === 'del_external_contact' && follow) follow.deletedBy = 'rep'
  if (type === 'del_follow_user' && follow) follow.deletedBy = 'contact'
  if (type === 'delete_user') setStatus(simulator, userid, 'deleted')
  if (type === 'update_user') updateMember(simulator, userid, fields ?? {})
  if (!type.startsWith('add_')) return
  const half = type === 'add_half_external_contact'
  const visibleFrom = simulator.now() + earlySeconds * 1000
  if (follow) Object.assign(follow, { half, deletedBy: null, visibleFrom })
  else
    simulator.store.follows.push({
      ...freshFollow(simulator, userid, externalUserid),
      half,
      visibleFrom,
      state: fields?.['State'] ?? '',
    })
}

function setStatus(simulator: Simulator, userid: string, status: 'deleted' | 'active'): void {
  const member = findMember(simulator, userid)
  if (member) member.status = status
}

/** Status 1 active, 2 disabled, 4 inactive, 5 left; a new userid moves the member and the relations. */
function updateMember(simulator: Simulator, userid: string, fields: Record<string, string>): void {
  const member = findMember(simulator, userid)
  if (!member) return
  if (fields['Status'] === '1') member.status = 'active'
  if (fields['Status'] === '2') member.status = 'disabled'
  if (fields['Status'] === '5') member.status = 'exited'
  if (fields['Name']) member.name = fields['Name']
  const renamed = fields['NewUserID']
  if (!renamed) return
  simulator.store.members.delete(member.userid.toLowerCase())
  for (const follow of simulator.store.follows) if (follow.userid === member.userid) follow.userid = renamed
  for (const entry of simulator.store.chats) if (entry.userid === member.userid) entry.userid = renamed
  if (simulator.store.session.rep === member.userid) simulator.store.session.rep = renamed
  simulator.store.members.set(renamed.toLowerCase(), Object.assign(member, { userid: renamed }))
}

export function freshFollow(simulator: Simulator, userid: string, externalUserid: string): Follow {
  return {
    userid,
    externalUserid,
    remark: '',
    description: '',
    remarkCompany: '',
    remarkMobiles: [],
    createtime: Math.floor(simulator.now() / 1000),
    addWay: 1,
    state: '',
    half: false,
    visibleFrom: 0,
    deletedBy: null,
  }
}

export function findFollow(simulator: Simulator, userid: string, externalUserid: string): Follow | undefined {
  return simulator.store.follows.find((one) => one.userid === userid && one.externalUserid === externalUserid)
}

function makeWelcomeCode(simulator: Simulator, userid: string, externalUserid: string): string {
  const code = randomBytes(24).toString('base64url')
  simulator.store.welcomeCodes.set(code, { userid, externalUserid, createdAt: simulator.now(), used: false })
  return code
}

function report(
  simulator: Simulator,
  event: string,
  changeType: string,
  fields: Record<string, string>,
): Promise<void> {
  const time = Math.floor(simulator.now() / 1000)
  const all = {
    ToUserName: simulator.config.corpId,
    FromUserName: 'sys',
    CreateTime: String(time),
    MsgType: 'event',
    Event: event,
    ChangeType: changeType,
    ...fields,
  }
  return deliver(simulator, `${event}/${changeType}`, eventXml(all))
}

/** Text in CDATA, the time bare, as in the documented events. */
export function eventXml(fields: Record<string, string>): string {
  const inner = Object.entries(fields).map(([name, value]) =>
    name === 'CreateTime'
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.replaceAll(']]>', '')}]]></${name}>`,
  )
  return `<xml>${inner.join('')}</xml>`
}
