import type { Context } from 'koa'
import type { Deps } from '../deps.ts'
import type { Reader } from '../evidence/reader.ts'
import { readCookie, setCookie } from './cookies.ts'

const cookie = '__Host-vouch_reader'
const days = 180

/** Remembers who this browser was recognised as: signed, and good for 180 days whatever the browser does with it. */
export function rememberReader(ctx: Context, { secrets, now }: Deps, externalUserId: string): void {
  const until = Math.floor(now().getTime() / 1000) + days * 86_400
  setCookie(ctx, cookie, secrets.signCookie(`reader ${until} ${externalUserId}`), days * 86_400)
}

export function readReader(ctx: Context, { secrets, now }: Deps): Reader {
  const value = secrets.openCookie(readCookie(ctx, cookie) ?? '')
  const [, until, externalUserId] = /^reader (\d+) (\S+)$/.exec(value ?? '') ?? []
  return Number(until) * 1000 > now().getTime() ? externalUserId : undefined
}
