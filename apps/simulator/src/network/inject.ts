import type { IncomingHttpHeaders } from 'node:http'

const bridgePath = '/__phone/bridge.js'

/** Puts the bridge script first into the head; nothing else is changed. */
export function injectBridge(html: string, nonce: string | null): string {
  const tag = `<script src="${bridgePath}"${nonce ? ` nonce="${nonce}"` : ''}></script>`
  const head = /<head(\s[^>]*)?>/i.exec(html)
  if (head) return html.slice(0, head.index + head[0].length) + tag + html.slice(head.index + head[0].length)
  const start = /<html(\s[^>]*)?>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html)
  const at = start ? start.index + start[0].length : 0
  return html.slice(0, at) + tag + html.slice(at)
}

/** Lets the page stand in the stage's frame and run the bridge; every other directive stays as it was. */
export function framedHeaders(headers: IncomingHttpHeaders): { headers: IncomingHttpHeaders; nonce: string | null } {
  const { 'x-frame-options': _, ...rest } = headers
  const policy = rest['content-security-policy']
  if (typeof policy !== 'string') return { headers: rest, nonce: null }
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && !/^frame-ancestors(\s|$)/i.test(directive))
  const nonce = /'nonce-([^']+)'/.exec(directives.find((one) => /^script-src(-elem)?\s/i.test(one)) ?? '')?.[1] ?? null
  const allowed = nonce ? directives : allowOwnScripts(directives)
  if (allowed.length === 0) delete rest['content-security-policy']
  else rest['content-security-policy'] = allowed.join('; ')
  return { headers: rest, nonce }
}

function allowOwnScripts(directives: string[]): string[] {
  const scripts = directives.some((one) => /^script-src(\s|$)/i.test(one))
  const usual = directives.find((one) => /^default-src(\s|$)/i.test(one))
  if (!scripts && !usual) return directives
  if (!scripts && usual) return [...directives, withSelf(usual.replace(/^default-src/i, 'script-src'))]
  return directives.map((one) => (/^script-src(-elem)?(\s|$)/i.test(one) ? withSelf(one) : one))
}

function withSelf(directive: string): string {
  if (/'self'/.test(directive)) return directive
  return `${directive.replace(/\s*'none'/, '')} 'self'`
}
