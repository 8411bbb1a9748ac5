import { createHash, createHmac } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import { WeComError } from './errors.ts'

/** Seconds a token or ticket lives (wecom-platform.md 1.1, 1.4). */
const life = 7200
/** Tickets are issued on whole ten minutes, so that a restarted simulator still knows the ones it gave out. */
const bucket = 600

export type CredentialKind = 'token' | 'corp-ticket' | 'app-ticket'

/** The current token or ticket; within its validity every call gets the same one. */
export function issue(simulator: Simulator, kind: CredentialKind): { value: string; expiresIn: number } {
  const now = Math.floor(simulator.now() / 1000)
  const known = simulator.vault.issued.get(kind)
  const usable =
    known && known.issuedAt + life > now && known.issuedAt <= now && known.issuedAt >= simulator.vault.revokedUntil
  const current = usable ? known : makeCredential(simulator, kind, now)
  simulator.vault.issued.set(kind, current)
  return { value: current.value, expiresIn: current.issuedAt + life - now }
}

function makeCredential(simulator: Simulator, kind: CredentialKind, now: number): { value: string; issuedAt: number } {
  if (kind !== 'token') return { value: ticketOf(simulator, kind, now), issuedAt: now }
  const stamp = Math.max(now, simulator.vault.revokedUntil).toString(36)
  return { value: `sim-${stamp}-${mac(simulator, `token ${stamp}`)}`, issuedAt: now }
}

function ticketOf(simulator: Simulator, kind: CredentialKind, at: number): string {
  return `${mac(simulator, `${kind} ${Math.floor(at / bucket)} ${simulator.vault.revokedUntil}`)}${kind === 'app-ticket' ? 'A' : 'C'}`
}

function mac(simulator: Simulator, text: string): string {
  const { corpId, agentId, agentSecret } = simulator.config
  return createHmac('sha384', agentSecret).update(`${corpId} ${agentId} ${text}`).digest('base64url')
}

/** Throws 41001, 40014 or 42001. */
export function checkToken(simulator: Simulator, token: string | null): void {
  if (!token) throw new WeComError(41001)
  const stamp = token.split('-')[1] ?? ''
  if (token !== `sim-${stamp}-${mac(simulator, `token ${stamp}`)}`) throw new WeComError(40014)
  const issuedAt = Number.parseInt(stamp, 36)
  if (issuedAt < simulator.vault.revokedUntil) throw new WeComError(40014)
  if (issuedAt + life <= Math.floor(simulator.now() / 1000)) throw new WeComError(42001)
}

/** Revokes everything issued so far, as WeCom may at any time. */
export function revoke(simulator: Simulator): void {
  simulator.vault.revokedUntil = Math.floor(simulator.now() / 1000) + 1
  simulator.vault.issued.clear()
}

/** wecom-platform.md 1.5; `url` is cut at its hash. */
export function signatureOf(ticket: string, nonceStr: string, timestamp: string, url: string): string {
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url.split('#')[0]}`
  return createHash('sha1').update(plain).digest('hex')
}

export type Signed = { signature: string; nonceStr: string; timestamp: string; url: string }

/** True when the signature was made with a ticket of that kind which is still valid. */
export function signatureFits(simulator: Simulator, kind: 'corp-ticket' | 'app-ticket', signed: Signed): boolean {
  const now = Math.floor(simulator.now() / 1000)
  for (let age = 0; age < life + bucket; age += bucket) {
    const ticket = ticketOf(simulator, kind, now - age)
    if (signatureOf(ticket, signed.nonceStr, signed.timestamp, signed.url) === signed.signature) return true
  }
  return false
}
