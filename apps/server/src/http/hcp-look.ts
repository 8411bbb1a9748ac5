import type { Language, Look } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { readBody } from './body.ts'
import { readCookie, setCookie } from './cookies.ts'

const cookie = '__Host-vouch_look'
const year = 365 * 86_400

export type Remembered = { size: Look['size']; saver: 'on' | 'off' | 'auto'; language: Language | 'auto' }

/** What this browser was asked to remember; anything not understood counts as never said. */
export function readRemembered(ctx: Context): Remembered {
  const [size, saver, language] = (readCookie(ctx, cookie) ?? '').split('.')
  return {
    size: size === 'large' ? 'large' : 'normal',
    saver: saver === 'on' || saver === 'off' ? saver : 'auto',
    language: language === 'zh-CN' || language === 'en-US' ? language : 'auto',
  }
}

export function remember(ctx: Context, { size, saver, language }: Remembered): void {
  setCookie(ctx, cookie, `${size}.${saver}.${language}`, year)
}

/** The reader's choice; else the saver is on when the browser or WeChat says the network is slow or data is dear. */
export function lookOf(ctx: Context, { size, saver }: Remembered): Look {
  const slow = ctx.get('save-data') === 'on' || /\bNetType\/(2G|3G)/i.test(ctx.get('user-agent'))
  return { size, saver: saver === 'auto' ? slow : saver === 'on', chosen: saver !== 'auto' }
}

/** `?lang=` first, which is remembered; then what was remembered; then what the browser prefers; Chinese at last. */
export function languageOf(ctx: Context, remembered: Remembered): Language {
  const { lang } = ctx.query
  if (lang === 'zh-CN' || lang === 'en-US') {
    if (remembered.language !== lang) remember(ctx, { ...remembered, language: lang })
    return lang
  }
  if (remembered.language !== 'auto') return remembered.language
  const preferred = ctx.acceptsLanguages('zh-CN', 'zh', 'en-US', 'en')
  return preferred && preferred.startsWith('en') ? 'en-US' : 'zh-CN'
}

/** Keeps what the reader just chose about big type or the data saver. */
export async function keepLook(ctx: Context): Promise<void> {
  const asked = new URLSearchParams((await readBody(ctx.req, 200)).toString('utf8'))
  const { size, saver, language } = readRemembered(ctx)
  const chosen = { size: asked.get('size') ?? size, saver: asked.get('saver') ?? saver }
  remember(ctx, {
    size: chosen.size === 'large' ? 'large' : 'normal',
    saver: chosen.saver === 'on' || chosen.saver === 'off' ? chosen.saver : 'auto',
    language,
  })
}

/** The page of ours below `path` that a switch was tapped on, else `path` itself. */
export function cameFrom(ctx: Context, path: string): string {
  const from = URL.canParse(ctx.get('referer')) ? new URL(ctx.get('referer')).pathname : ''
  return from.startsWith(`${path}/`) ? from : path
}
