import { createHash, randomBytes } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import type { Identity } from '../store.ts'
import { findMember } from '../wecom/members.ts'
import { trustedHost } from '../wecom/domains.ts'
import { consentPage, noticePage } from './pages.ts'

export type PageAnswer = { redirect: string } | { html: string }

/**
 * /connect/oauth2/authorize (wecom-platform.md 2.1). `phone` is put there by the phone network that carried the
 * redirect: it says on whose phone the page is opened. `#wechat_redirect` never reaches a server.
 */
export function authorize(simulator: Simulator, query: URLSearchParams): PageAnswer {
  const fault = faultOf(simulator, query)
  if (fault) return refuse(simulator, fault)
  const phone = query.get('phone')
  if (phone !== 'wecom' && phone !== 'wechat') return refuse(simulator, '请在企业微信或微信客户端打开链接')
  const identity = whoIsThere(simulator, phone)
  if (!identity) return refuse(simulator, '该成员已不在企业，企业微信已退出登录')
  const scope = effectiveScope(simulator, query, identity)
  if (scope === 'snsapi_privateinfo' && query.get('agreed') !== '1') return { html: consentPage(query) }
  return goBack(simulator, query, identity, scope, phone === 'wechat')
}

/** Makes a single-use code for somebody and leads back to the redirect address. */
export function goBack(
  simulator: Simulator,
  query: URLSearchParams,
  identity: Identity,
  scope: string,
  onDoctorsPhone: boolean,
): PageAnswer {
  const code = randomBytes(32).toString('base64url')
  simulator.vault.codes.set(code, { identity, createdAt: simulator.now(), used: false, scope })
  const { publicUrl, hcpUrl } = simulator.config
  const target = new URL(query.get('redirect_uri') ?? '')
  target.searchParams.append('code', code)
  const state = query.get('state')
  if (state !== null) target.searchParams.append('state', state)
  const who = identity.kind === 'member' ? identity.userid : (identity.externalUserid ?? identity.openid)
  simulator.feed.tell('sign-in', `OAuth -> ${who}`, true, {
    scope,
    identity,
    back: `${target.origin}${target.pathname}`,
  })
  return { redirect: onDoctorsPhone ? target.href.replace(publicUrl, hcpUrl) : target.href }
}

/** What the authorize page itself objects to; null when nothing. */
export function faultOf(simulator: Simulator, query: URLSearchParams): string | null {
  if (query.get('appid') !== simulator.config.corpId) return 'appid 参数错误'
  const redirect = query.get('redirect_uri') ?? ''
  if (!URL.canParse(redirect) || new URL(redirect).host !== trustedHost(simulator))
    return 'redirect_uri 参数错误：域名或端口不是应用的可信域名 (50001)'
  if (query.get('response_type') !== 'code') return 'response_type 参数错误'
  if (!['snsapi_base', 'snsapi_privateinfo'].includes(query.get('scope') ?? '')) return 'scope 参数错误'
  if (!/^[a-zA-Z0-9]{0,128}$/.test(query.get('state') ?? '')) return 'state 参数错误 (84025)'
  return null
}

/** snsapi_privateinfo needs the agent id and a member inside the range, else it is silently the base scope. */
function effectiveScope(simulator: Simulator, query: URLSearchParams, identity: Identity): string {
  const asked = query.get('scope') ?? 'snsapi_base'
  const agentFits = query.get('agentid') === String(simulator.config.agentId)
  const inRange = identity.kind === 'member' && findMember(simulator, identity.userid)?.inRange === true
  return asked === 'snsapi_privateinfo' && agentFits && inRange ? asked : 'snsapi_base'
}

function whoIsThere(simulator: Simulator, phone: 'wecom' | 'wechat'): Identity | null {
  const { rep, hcp, visitor } = simulator.store.session
  if (phone === 'wecom') return memberIdentity(simulator, rep)
  if (visitor.kind === 'doctor' || visitor.kind === 'doctor-second-device') return contactIdentity(simulator, hcp)
  if (visitor.kind === 'other-doctor') return contactIdentity(simulator, visitor.id ?? '')
  if (visitor.kind === 'rep') return memberIdentity(simulator, rep)
  if (visitor.kind === 'colleague') return memberIdentity(simulator, visitor.id ?? '')
  if (visitor.kind === 'outside-member') return { kind: 'member', userid: 'wwdemo0000000002/guest' }
  if (visitor.kind === 'snapshot') return wechatPerson(simulator, 'snapshot', null, true)
  return wechatPerson(simulator, 'stranger', null, false)
}

function memberIdentity(simulator: Simulator, userid: string): Identity | null {
  const member = findMember(simulator, userid)
  return member?.status === 'active' ? { kind: 'member', userid: member.userid } : null
}

function contactIdentity(simulator: Simulator, externalUserid: string): Identity {
  return wechatPerson(simulator, externalUserid, externalUserid, false)
}

/** openid: at most 64 bytes, the same for one person in one corp. */
function wechatPerson(
  simulator: Simulator,
  person: string,
  externalUserid: string | null,
  snapshot: boolean,
): Identity {
  const openid = `o${createHash('sha256').update(`${simulator.config.corpId} ${person}`).digest('base64url').slice(0, 27)}`
  return { kind: 'wechat', openid, externalUserid, snapshot }
}

function refuse(simulator: Simulator, fault: string): PageAnswer {
  simulator.feed.tell('sign-in', `OAuth: ${fault}`, false)
  return { html: noticePage(fault) }
}
