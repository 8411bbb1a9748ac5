import { getJsApiSignature } from '@wecom/crypto'

export type JsSignatureParts = {
  ticket: string
  /** Fresh for each signature; the library's own default is predictable. */
  nonceStr: string
  /** Seconds. */
  timestamp: number
  /** Address of the page as the client sees it; what follows `#` is not signed. */
  url: string
}

/** Lower-hex SHA-1 for `config` (corp ticket) or `agentConfig` (app ticket), wecom-platform.md 1.5. Nothing is encoded. */
export function jsSignature({ ticket, nonceStr, timestamp, url }: JsSignatureParts): string {
  return getJsApiSignature({ ticket, nonceStr, timestamp, url: url.replace(/#.*$/s, '') }).signature
}
