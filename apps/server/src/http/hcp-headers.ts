import { styleSource } from '@vouch/hcp/render'
import type { Context, Next } from 'koa'
import type { Deps } from '../deps.ts'

/**
 * Headers of everything below /l. The policy names the one inline style by hash; a form may lead on to WeChat's OAuth.
 * The referrer stays within us: with `no-referrer` browsers send `Origin: null` with a form, and the check of where a
 * POST comes from would refuse the doctor's own tap.
 */
export function doctorHeaders({ config }: Pick<Deps, 'config'>) {
  const oauth = new URL(config.WECOM_OAUTH_URL).origin
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styleSource}`,
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${oauth}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

  return async (ctx: Context, next: Next): Promise<void> => {
    ctx.set('Content-Security-Policy', policy)
    ctx.set('X-Content-Type-Options', 'nosniff')
    ctx.set('Referrer-Policy', 'same-origin')
    ctx.set('X-Robots-Tag', 'noindex, nofollow, noarchive')
    ctx.set('Cache-Control', 'no-store')
    await next()
  }
}

/**
 * Programs that fetch links to show, check or index them say so, and so do browsers that fetch ahead of a tap; whoever does
 * not is a browser nobody knows yet.
 */
export function isPreview(ctx: Context): boolean {
  const ahead = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => ctx.get(name)).join(' ')
  return ctx.method === 'HEAD' || /prefetch|prerender|preview/i.test(ahead) || robots.test(ctx.get('user-agent'))
}

/** WeChat, WeCom and others preview under names of their own; the rest are crawlers, scanners and libraries. No phone's browser is here. */
const robots = new RegExp(
  [
    ...['bot\\b', 'spider', 'crawl', 'slurp', 'preview', 'linkcheck', 'urlcheck', 'url_check', 'scanner', 'monitor'],
    ...['facebookexternalhit', 'embedly', 'whatsapp/', 'qqurl', 'securitycheck', 'safebrowsing', 'archiver'],
    ...[
      'curl/',
      'wget/',
      'python',
      'okhttp',
      'go-http-client',
      'java/',
      'httpclient',
      'libwww',
      'axios/',
      'node',
      'undici',
    ],
    ...['headless', 'phantomjs', 'puppeteer', 'playwright', 'lighthouse', '^$', '^mozilla/[45]\\.0$'],
  ].join('|'),
  'i',
)
