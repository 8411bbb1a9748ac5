import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { Ask } from './transport.ts'
import { refusalClass } from './wecom-refusal.ts'
import type { Visitor, WeCom } from './wecom.ts'

type Return = { returnTo: string; state: string }

/** Silent OAuth inside WeCom and WeChat (wecom-platform.md 2.1). */
export function oauthUrl(config: Deps['config'], { returnTo, state }: Return): string {
  const query = new URLSearchParams({
    appid: config.WECOM_CORP_ID,
    redirect_uri: returnTo,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: config.WECOM_AGENT_ID,
  })
  return `${base(config.WECOM_OAUTH_URL)}/connect/oauth2/authorize?${query}#wechat_redirect`
}

/** Web login for desktop browsers (wecom-platform.md 2.3). */
export function loginUrl(
  config: Pick<Deps['config'], 'WECOM_CORP_ID' | 'WECOM_AGENT_ID' | 'WECOM_LOGIN_URL'>,
  { returnTo, state }: Return,
): string {
  const query = new URLSearchParams({
    login_type: 'CorpApp',
    appid: config.WECOM_CORP_ID,
    agentid: config.WECOM_AGENT_ID,
    redirect_uri: returnTo,
    state,
  })
  return `${base(config.WECOM_LOGIN_URL)}/wwlogin/sso/login?${query}`
}

const base = (address: string): string => address.replace(/\/$/, '')

const visitor = z.object({
  userid: z.string().optional(),
  openid: z.string().optional(),
  external_userid: z.string().optional(),
  is_snapshotuser: z.number().optional(),
})

/** A code is good once; which person it stands for is read from the fields WeCom fills. */
export async function visitorOfCode(call: Ask, code: string): ReturnType<WeCom['visitorOfCode']> {
  if (code === '' || code.length > 512) return undefined
  try {
    return readVisitor(visitor.parse(await call({ path: 'auth/getuserinfo', query: { code } })))
  } catch (fault) {
    if (refusalClass(fault) === 'code') return undefined
    throw fault
  }
}

function readVisitor({ userid, openid, external_userid, is_snapshotuser }: z.infer<typeof visitor>): Visitor {
  if (is_snapshotuser === 1) return { kind: 'snapshot' }
  // "CorpId/userid" is a member of a linked company, not of ours.
  if (userid?.includes('/')) return { kind: 'stranger', openId: userid }
  if (userid) return { kind: 'member', userId: userid }
  if (external_userid) return { kind: 'contact', externalUserId: external_userid, openId: openid ?? '' }
  return { kind: 'stranger', openId: openid ?? '' }
}
