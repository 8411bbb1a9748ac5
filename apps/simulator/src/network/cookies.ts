/**
 * Both phones share the host name, and people are switched on the stage; so every person's phone has its own cookies
 * under its own prefix: `__Host-session` is kept by the browser as `__Host-<device>.session`. Attributes stay untouched.
 */

/** Name of a device in cookie names: a to z and 0 to 9. */
export function deviceKey(owner: 'rep' | 'wx', person: string): string {
  return `${owner}${person.toLowerCase().replace(/[^a-z0-9]/g, '')}`
}

const prefixed = /^(__Host-|__Secure-)?(.*)$/s

/** A Set-Cookie line of the server, as the browser shall keep it on that device. */
export function keepOnDevice(device: string, setCookie: string): string {
  const end = setCookie.indexOf('=')
  const [, prefix = '', name = ''] = prefixed.exec(setCookie.slice(0, end).trim()) ?? []
  return `${prefix}${device}.${name}${setCookie.slice(end)}`
}

/** Whose cookies a request may carry: a phone's, a plain browser tab's, or (page unknown) the phone's, then the tab's. */
export type Carrier = 'phone' | 'tab' | 'unknown'

/** The Cookie header the server gets; undefined when nothing is left. */
export function carried(device: string, carrier: Carrier, header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(/;\s*/).filter((pair) => pair.includes('='))
  const phones = new Map<string, string>()
  const tabs = new Map<string, string>()
  for (const pair of pairs) {
    const end = pair.indexOf('=')
    const [, prefix = '', name = ''] = prefixed.exec(pair.slice(0, end)) ?? []
    const owner = /^(rep|wx)[a-z0-9]*\./.exec(name)?.[0]
    if (!owner) tabs.set(prefix + name, pair.slice(end))
    if (owner === `${device}.`) phones.set(prefix + name.slice(owner.length), pair.slice(end))
  }
  const chosen = { phone: phones, tab: tabs, unknown: new Map([...tabs, ...phones]) }[carrier]
  return chosen.size === 0 ? undefined : [...chosen].map(([name, value]) => name + value).join('; ')
}
