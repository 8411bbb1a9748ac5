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

/** What a key proves. Sealing is apart: what is sealed is sealed anew, what was proved lies in other people's hands. */
export const provingUses = ['link', 'ticket', 'cookie'] as const
export type ProvingUse = (typeof provingUses)[number]

const derived = (secretKey: string, use: string): Buffer => Buffer.from(hkdfSync('sha256', secretKey, 'vouch', use, 32))

/** The key of one use as bytes, to be kept when its SECRET_KEY goes (upkeep/rotate-keys.ts). */
export const keyBytes = (secretKey: string, use: ProvingUse): Buffer => derived(secretKey, use)

/**
 * Everything derived from SECRET_KEY; each use has a key of its own. Keys of `also` open and prove what they once made, and
 * make nothing new.
 */
export function createSecrets(secretKey: string, also: readonly string[] = []) {
  const keyFor = (use: string) => createSecretKey(derived(secretKey, use))
  const keys = { link: keyFor('link'), ticket: keyFor('ticket'), cookie: keyFor('cookie'), blur: keyFor('blur') }
  const seals = [secretKey, ...also].map((each) => createSecretKey(derived(each, 'seal')))
  const olderOf = (use: ProvingUse) => also.map((each) => createSecretKey(keyBytes(each, use)))
  const older = { link: olderOf('link'), ticket: olderOf('ticket'), cookie: olderOf('cookie') }
  let kept: Record<ProvingUse, KeyObject[]> = { link: [], ticket: [], cookie: [] }
  const mac = (key: KeyObject, text: string) =>
    createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url')
  const proves = (use: ProvingUse, text: string, proof: string) =>
    [keys[use], ...older[use], ...kept[use]].some((key) => equal(proof, mac(key, text)))

  return {
    /** Keys of earlier times, as they are kept in the database; they replace those given before. */
    keep(given: { use: ProvingUse; key: Buffer }[]): void {
      const of = (use: ProvingUse) => given.filter((one) => one.use === use).map(({ key }) => createSecretKey(key))
      kept = { link: of('link'), ticket: of('ticket'), cookie: of('cookie') }
    },
    /** 128-bit ticket of a send; derived, so it is stored nowhere (assurance.md 2.4 rule 3). */
    ticketOf: (sendId: string) => mac(keys.ticket, sendId),
    /** Whether it is the ticket of that send, made with the key of today or an earlier one. */
    isTicketOf: (sendId: string, ticket: string) => proves('ticket', sendId, ticket),
    /** Address part of the doctor's link: send id and 128-bit proof. */
    linkTokenOf: (sendId: string) => `${sendId}${mac(keys.link, sendId)}`,
    /** The send a link token belongs to, or undefined when it is not one of ours. */
    sendOfLinkToken(token: string): string | undefined {
      const sendId = token.slice(0, 26)
      return proves('link', sendId, token.slice(26)) ? sendId : undefined
    },
    /** Signs a cookie's value; `openCookie` gives it back or undefined. */
    signCookie: (value: string) => `${Buffer.from(value).toString('base64url')}.${mac(keys.cookie, value)}`,
    openCookie(signed: string): string | undefined {
      const [body = '', proof = ''] = signed.split('.')
      const value = Buffer.from(body, 'base64url').toString()
      return proves('cookie', value, proof) ? value : undefined
    },
    /** Stands for a text that is to be recognised and not read, such as an address. */
    blur: (text: string) => mac(keys.blur, text),
    /** Encrypts a secret for the database (AES-256-GCM, base64). */
    seal(plain: string): string {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', seals[0]!, iv)
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
    },
    /** Throws when the value was sealed with an unknown key or was changed. */
    unseal(sealed: string): string {
      for (const key of seals.slice(0, -1)) {
        try {
          return unsealedBy(key, sealed)
        } catch {
          continue // perhaps with the next key
        }
      }
      return unsealedBy(seals.at(-1)!, sealed)
    },
  }
}

function unsealedBy(key: KeyObject, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
