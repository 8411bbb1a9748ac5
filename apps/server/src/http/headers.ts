import { readFileSync } from 'node:fs'
import type { Context, Next } from 'koa'

/** Headers of every answer; a page that needs another policy sets its own. */
export async function secureHeaders(ctx: Context, next: Next): Promise<void> {
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.set('Referrer-Policy', 'no-referrer')
  ctx.set('Cross-Origin-Opener-Policy', 'same-origin')
  ctx.set('Cross-Origin-Resource-Policy', ctx.path.startsWith('/card/') ? 'cross-origin' : 'same-origin')
  ctx.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  ctx.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  await next()
}

/** Policy of a page app: our own scripts, plus inline ones its build lists by hash in `csp.json`; `frames` it may show. */
export function appPolicy(folder: string, frames: "'self'" | "'none'"): string {
  let hashes: string[] = []
  try {
    hashes = JSON.parse(readFileSync(`${folder}/csp.json`, 'utf8')) as string[] // written by the app's own build
  } catch {
    hashes = []
  }
  const inline = hashes.map((hash) => `'${hash.replace(/^'|'$/g, '')}'`).join(' ')
  return [
    "default-src 'none'",
    `script-src 'self' ${inline}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    `frame-src ${frames}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self' https://*.work.weixin.qq.com",
  ].join('; ')
}
