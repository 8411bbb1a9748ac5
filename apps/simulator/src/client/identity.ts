import type { Simulator } from '../simulator.ts'
import type { PageIdentity } from '../store.ts'
import { trustedHost } from '../wecom/domains.ts'
import { signatureFits } from '../wecom/credentials.ts'
import type { Invocation } from './invoke.ts'
import { failed, ok, type Failure, type Result } from './results.ts'

/** agentConfig: app ticket, corp, agent, host and the page's real address must fit (wecom-platform.md 1.9.3). */
export function agentConfig(simulator: Simulator, { pageId, params, href, name }: Invocation): Result {
  const { platform } = simulator.store.session
  const { corpId, agentId } = simulator.config
  const jsApiList = names(params['jsApiList'])
  const failure = ((): Failure | null => {
    if (params['corpid'] !== corpId) return 'cross-corp'
    if (params['agentid'] !== String(agentId)) return 'no-permission'
    return signatureFailure(simulator, 'app-ticket', href, {
      signature: params['signature'],
      nonceStr: params['nonceStr'],
      timestamp: params['timestamp'],
    })
  })()
  if (failure) return failed(name, failure, platform)
  remember(simulator, pageId, params, ['nonceStr', 'timestamp', 'signature'], jsApiList, true)
  return ok(name, { checkResult: Object.fromEntries(jsApiList.map((api) => [api, true])) })
}

/** preVerifyJSAPI: the same with the corp ticket; gives the identity of the corp, not of the app. */
export function preVerify(simulator: Simulator, { pageId, params, href, name }: Invocation): Result {
  const { platform } = simulator.store.session
  const jsApiList = names(params['verifyJsApiList'])
  const failure =
    params['appId'] !== simulator.config.corpId
      ? 'cross-corp'
      : signatureFailure(simulator, 'corp-ticket', href, {
          signature: params['verifySignature'],
          nonceStr: params['verifyNonceStr'],
          timestamp: params['verifyTimestamp'],
        })
  if (failure) return failed(name, failure, platform)
  remember(simulator, pageId, params, ['verifyNonceStr', 'verifyTimestamp', 'verifySignature'], jsApiList, false)
  return ok(name)
}

function remember(
  simulator: Simulator,
  pageId: string,
  params: Record<string, unknown>,
  from: [string, string, string],
  jsApiList: string[],
  app: boolean,
): void {
  const { corpId } = simulator.config
  const known = simulator.store.pages.get(pageId)
  const fields = {
    appId: corpId,
    verifyAppId: corpId,
    verifySignType: 'sha1',
    verifyNonceStr: String(params[from[0]]),
    verifyTimestamp: String(params[from[1]]),
    verifySignature: String(params[from[2]]),
  }
  simulator.store.pages.set(pageId, { fields, jsApiList, app: app || (known?.app ?? false) })
}

function signatureFailure(
  simulator: Simulator,
  kind: 'app-ticket' | 'corp-ticket',
  href: string,
  signed: { signature: unknown; nonceStr: unknown; timestamp: unknown },
): Failure | null {
  const { switches } = simulator.store
  if (switches.signatureRefusals > 0) {
    switches.signatureRefusals -= 1
    simulator.feed.changed()
    return 'invalid-signature'
  }
  if (!isTrusted(simulator, href)) return 'invalid-domain'
  const { signature, nonceStr, timestamp } = signed
  if (typeof signature !== 'string' || typeof nonceStr !== 'string' || typeof timestamp !== 'string')
    return 'invalid-signature'
  return signatureFits(simulator, kind, { signature, nonceStr, timestamp, url: href }) ? null : 'invalid-signature'
}

/** For the JS interface a trusted domain covers its subdomains; ports do not count. */
function isTrusted(simulator: Simulator, href: string): boolean {
  const trusted = trustedHost(simulator).replace(/:\d+$/, '')
  const { hostname } = new URL(href)
  return hostname === trusted || hostname.endsWith(`.${trusted}`)
}

/** Business calls carry the six verify fields of the last accepted identity and must be on the list (1.9.5). */
export function mayCall(
  identity: PageIdentity | undefined,
  name: string,
  params: Record<string, unknown>,
  needsApp: boolean,
): boolean {
  if (!identity) return false
  if (needsApp && !(identity.app && identity.jsApiList.includes(name))) return false
  return Object.entries(identity.fields).every(([field, value]) => String(params[field]) === value)
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
