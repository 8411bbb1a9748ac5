import type { Context } from 'koa'

/** The value of a cookie, or undefined when it is missing or came twice: a twin may be planted by another host. */
export function readCookie(ctx: Context, name: string): string | undefined {
  const values = (ctx.get('cookie') || '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}

/** Sets a cookie for this host alone. `maxAge` in seconds; without it the cookie ends with the browser, 0 removes it. */
export function setCookie(ctx: Context, name: string, value: string, maxAge?: number): void {
  const life = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  ctx.append('Set-Cookie', `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax${life}`)
}
