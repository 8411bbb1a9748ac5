import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'

const periodSeconds = 30

/** The secret of an authenticator app, as it is typed in by hand. */
export const newCodeSecret = (): string => new Secret({ size: 20 }).base32

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Vouch', label, secret: Secret.fromBase32(secret), period: periodSeconds })

/** What an authenticator app reads, also as a picture. */
export function describeCodeSecret(secret: string, label: string): { address: string; picture: string } {
  const address = totpOf(secret, label).toString()
  return { address, picture: renderSVG(address, { border: 2 }) }
}

/**
 * Which of the codes around this moment it is, by its number since 1970; null when it is none of them. A clock may be
 * wrong by one period.
 */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  const timestamp = at.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1_000 / periodSeconds) + delta
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567'
const recoveryCodes = 10

/** Ten codes of 80 bits for the day the phone is lost. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodes }, () =>
    [...randomBytes(16)]
      .map((byte) => letters[byte % 32])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  )

/** A code as somebody typed it, with or without its dashes; undefined when it is no recovery code at all. */
export function readRecoveryCode(typed: string): string | undefined {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '')
  return /^[a-z2-7]{16}$/.test(plain) ? plain.replace(/(.{4})(?=.)/g, '$1-') : undefined
}
