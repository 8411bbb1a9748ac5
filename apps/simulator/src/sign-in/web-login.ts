import type { Simulator } from '../simulator.ts'
import { loginHost } from '../wecom/domains.ts'
import { findMember } from '../wecom/members.ts'
import { goBack, type PageAnswer } from './authorize.ts'
import { memberListPage, noticePage } from './pages.ts'

/** /wwlogin/sso/login (wecom-platform.md 2.3): instead of a QR code, a list of members to be. */
export function webLogin(simulator: Simulator, query: URLSearchParams): PageAnswer {
  const fault = faultOf(simulator, query)
  if (fault) {
    simulator.feed.tell('sign-in', `web login: ${fault}`, false)
    return { html: noticePage(fault) }
  }
  const chosen = query.get('as')
  if (chosen === null) return { html: memberListPage([...simulator.store.members.values()], query) }
  const member = findMember(simulator, chosen)
  if (!member || member.status !== 'active' || !member.inRange)
    return { html: noticePage('你没有权限登录此应用 / No permission') }
  return goBack(simulator, query, { kind: 'member', userid: member.userid }, 'snsapi_base', false)
}

/** Codes of the login panel where there is one. */
function faultOf(simulator: Simulator, query: URLSearchParams): string | null {
  const { corpId, agentId } = simulator.config
  if (query.get('login_type') !== 'CorpApp') return 'login_type (-31040)'
  if (query.get('appid') !== corpId) return 'appid (-31027)'
  if (query.get('agentid') !== String(agentId)) return 'agentid (-31028)'
  const redirect = query.get('redirect_uri')
  if (!redirect) return 'redirect_uri (-31035)'
  if (!URL.canParse(redirect) || new URL(redirect).host !== loginHost(simulator)) return 'redirect_uri (-31020)'
  return null
}
