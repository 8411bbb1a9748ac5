import type { IncomingHttpHeaders } from 'node:http'
import type { Simulator } from '../simulator.ts'
import { keepOnDevice } from './cookies.ts'
import type { Asked } from './request.ts'

/** Headers for the phone: cookies under the device's name, redirects on the phone's own network. */
export function downstreamHeaders(
  simulator: Simulator,
  asked: Asked,
  headers: IncomingHttpHeaders,
  plainBrowser: boolean,
): IncomingHttpHeaders {
  const sent: IncomingHttpHeaders = { ...headers }
  delete sent['transfer-encoding']
  delete sent.connection
  delete sent['keep-alive']
  const cookies = headers['set-cookie']
  if (cookies && asked.carrier !== 'tab')
    sent['set-cookie'] = cookies.map((cookie) => keepOnDevice(asked.device, cookie))
  if (headers.location) sent.location = rewriteLocation(simulator, asked, headers.location, plainBrowser)
  return sent
}

/** The OAuth address learns on whose phone it is opened; addresses of the product stay on that phone's network. */
function rewriteLocation(simulator: Simulator, asked: Asked, location: string, plainBrowser: boolean): string {
  const { simulatorUrl, publicUrl, hcpUrl } = simulator.config
  if (location.startsWith(`${simulatorUrl}/connect/oauth2/authorize`)) {
    if (plainBrowser) return location
    const [address = '', hash] = location.split('#')
    return `${address}&phone=${asked.phone === 'rep' ? 'wecom' : 'wechat'}${hash === undefined ? '' : `#${hash}`}`
  }
  if (asked.phone === 'hcp' && location.startsWith(publicUrl)) return hcpUrl + location.slice(publicUrl.length)
  return location
}
