import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** 256 random bits, safe in addresses and cookies. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export function equal(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

export type Secrets = ReturnType<typeof createSecrets>

/** Everything derived from SECRET_KEY; each use has a key of its own. */
export function createSecrets(secretKey: string) {
  const keyFor = (use: string) => createSecretKey(Buffer.from(hkdfSync('sha256', secretKey, 'vouch', use, 32)))
  const keys = { link: keyFor('link'), ticket: keyFor('ticket'), cookie: keyFor('cookie'), seal: keyFor('seal') }
  const mac = (key: KeyObject, text: string) =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')

  return {
    /** 128-bit ticket of a send; derived, so it is stored nowhere (assurance.md 2.4 rule 3). */
    ticketOf: (sendId: string) => mac(keys.ticket, sendId),
    /** Address part of the doctor's link: send id and 128-bit proof. */
    linkTokenOf: (sendId: string) => `${sendId}${mac(keys.link, sendId)}`,
    /** The send a link token belongs to, or undefined when it is not one of ours. */
    sendOfLinkToken(token: string): string | undefined {
      const sendId = token.slice(0, 26)
      return equal(token.slice(26), mac(keys.link, sendId)) ? sendId : undefined
    },
    /** Signs a cookie's value; `openCookie` gives it back or undefined. */
    signCookie: (value: string) => `${Buffer.from(value).toString('base64url')}.${mac(keys.cookie, value)}`,
    openCookie(signed: string): string | undefined {
      const [body = '', proof = ''] = signed.split('.')
      const value = Buffer.from(body, 'base64url').toString()
      return equal(proof, mac(keys.cookie, value)) ? value : undefined
    },
    /** Encrypts a secret for the database (AES-256-GCM, base64). */
    seal(plain: string): string {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keys.seal, iv)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
    },
    /** Throws when the value was sealed with another key or was changed. */
    unseal(sealed: string): string {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', keys.seal, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}
