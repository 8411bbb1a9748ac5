import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { wechatProfile, wecomProfile, type Profile } from '../client/profiles.ts'
import type { Simulator } from '../simulator.ts'
import type { Phone } from './conditions.ts'
import { carried, deviceKey, type Carrier } from './cookies.ts'

export type Asked = { phone: Phone; device: string; carrier: Carrier; framed: boolean; navigation: boolean }

/** Pages by address, and whether they were last opened inside a phone or in a tab; a page's own requests name it as referer. */
const opened = new WeakMap<Simulator, Map<string, Carrier>>()
/** Faces and parts of the site, such as `console` and `/api/console`, that were opened inside a phone, or in a tab. */
const partsOpened = new WeakMap<Simulator, Record<'phone' | 'tab', Set<string>>>()

/** Tells a phone of the stage from an ordinary browser tab on the same port. */
export function whoAsks(simulator: Simulator, phone: Phone, request: IncomingMessage): Asked {
  const destination = request.headers['sec-fetch-dest']
  const pages = opened.get(simulator) ?? new Map<string, Carrier>()
  opened.set(simulator, pages)
  const { pathname } = new URL(request.url ?? '/', 'http://phone')
  const parts = partsOpened.get(simulator) ?? { phone: new Set(), tab: new Set() }
  partsOpened.set(simulator, parts)
  const part = `${phone} ${pathname.split('/').slice(0, 3).join('/')}`
  const face = `${phone} ${pathname.split('/').find((name) => name !== '' && name !== 'api')}`
  // A page in a tab may show a part of itself in a frame of its own; the stage is another site.
  const own = request.headers['sec-fetch-site'] === 'same-origin' && parts.tab.has(face) && !parts.phone.has(face)
  const inFrame = destination === 'iframe' || destination === 'frame'
  const framed = inFrame && !own
  const navigation = inFrame || destination === 'document'
  if (navigation) {
    const opener = framed ? 'phone' : 'tab'
    pages.set(`${phone} ${pathname}`, opener)
    parts[opener].add(part).add(face)
  }
  // Pages that tell no referer are known by what they ask for, when that was never opened inside a phone.
  const onlyInTabs = parts.tab.has(part) && !parts.phone.has(part)
  const byPage = pages.get(`${phone} ${refererPath(request)}`) ?? (onlyInTabs ? 'tab' : 'unknown')
  const carrier = navigation ? (framed ? 'phone' : 'tab') : byPage
  return { phone, device: currentDevice(simulator, phone), carrier, framed, navigation }
}

function refererPath(request: IncomingMessage): string {
  const referer = request.headers.referer
  return referer && URL.canParse(referer) ? new URL(referer).pathname : ''
}

/** Whose phone it is now. A doctor's second phone has its own cookies. */
export function currentDevice(simulator: Simulator, phone: Phone): string {
  const { rep, hcp, visitor } = simulator.store.session
  if (phone === 'rep') return deviceKey('rep', rep)
  if (visitor.kind === 'doctor') return deviceKey('wx', hcp)
  if (visitor.kind === 'doctor-second-device') return deviceKey('wx', `${hcp}second`)
  if (visitor.kind === 'rep') return deviceKey('wx', rep)
  return deviceKey('wx', visitor.id ?? visitor.kind)
}

export function currentProfile(simulator: Simulator, phone: Phone): Profile {
  const { session, switches } = simulator.store
  if (phone === 'rep') return wecomProfile(session.platform, switches.bridgeFault === 'old-client')
  return wechatProfile(session.visitor.kind === 'doctor-second-device')
}

/** Headers for the server: its own host and origin, one device's cookies, the client's user agent and language. */
export function upstreamHeaders(simulator: Simulator, asked: Asked, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { publicUrl, hcpUrl } = simulator.config
  const sent: IncomingHttpHeaders = { ...headers, host: new URL(publicUrl).host }
  for (const name of ['origin', 'referer'] as const) {
    const value = sent[name]
    if (asked.phone === 'hcp' && value?.startsWith(hcpUrl)) sent[name] = publicUrl + value.slice(hcpUrl.length)
  }
  const cookie = carried(asked.device, asked.carrier, headers.cookie)
  if (cookie) sent.cookie = cookie
  else delete sent.cookie
  if (asked.carrier !== 'tab' && headers['sec-fetch-dest']) {
    sent['user-agent'] = currentProfile(simulator, asked.phone).userAgent
    sent['accept-language'] = simulator.store.session.language
  }
  // Pages are changed on the way and JSON is shown in the log, so both must come as plain text.
  if (asked.framed || !headers['sec-fetch-dest'] || headers['sec-fetch-dest'] === 'empty')
    sent['accept-encoding'] = 'identity'
  sent['x-forwarded-proto'] = new URL(publicUrl).protocol.slice(0, -1)
  return sent
}
