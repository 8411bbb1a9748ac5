import { isIP } from 'node:net'
import { urlProblems } from '@vouch/contract'
import ipaddr from 'ipaddr.js'

type UrlProblem = (typeof urlProblems)[number]

/** Whether an address of the internet at large: not of this machine, this network, a cloud's metadata or a tunnel to them. */
export const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast'

/** Names without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replaceAll(/^\[|\]$/g, '')

/** Hosts named in WEBHOOK_INSIDE_HOSTS, each with or without a port, stand in the company's own network. */
export const isInside = (url: URL, insideHosts: readonly string[]): boolean =>
  insideHosts.includes(url.host) || insideHosts.includes(url.hostname)

/**
 * What is wrong with an address by itself; what its name leads to is looked at by each try. `URL` has already turned the
 * strange ways to write an IP address into the plain one.
 */
export function checkUrl(text: string, insideHosts: readonly string[]): UrlProblem | undefined {
  if (!URL.canParse(text)) return 'no_address'
  const url = new URL(text)
  if (!['https:', 'http:'].includes(url.protocol) || url.hash !== '') return 'no_address'
  if (url.username !== '' || url.password !== '') return 'with_login'
  if (isInside(url, insideHosts)) return undefined
  if (url.protocol !== 'https:') return 'not_https'
  if (url.port !== '') return 'other_port'
  const host = hostOf(url)
  return isIP(host) !== 0 && !isPublic(host) ? 'blocked_address' : undefined
}
