import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MB and about 0.1 s a try (OWASP's advice for scrypt of 2025). */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 }
const hashBytes = 32
const leastLength = 12
/** From 0 to 4: more than ten thousand million guesses. 3 lets pass what is only a brand and a year. */
const leastScore = 4

export type PasswordFault = 'too_short' | 'too_easy'

/** Loaded when somebody chooses a password: its lists of words are large. */
async function loadEstimator() {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core')
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common')
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** Why this is no password for who runs the company's system. Words that belong to them count as guessed. */
export async function checkPassword(password: string, known: readonly string[]): Promise<PasswordFault[]> {
  if ([...password].length < leastLength) return ['too_short']
  const estimator = await loadEstimator()
  const { score } = estimator.check(password, ['vouch', 'zhunxin', '准信', 'wecom', 'admin', ...known])
  return score < leastScore ? ['too_easy'] : []
}

/** What is kept of a password: which way, how dear, salt and hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return asKept(salt, await derive(password, salt))
}

const asKept = (salt: Buffer, hash: Buffer): string =>
  ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')

/** Whether it is that password. Takes as long for a login that does not exist, which is given as undefined. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, , , , salt = '', hash = ''] = (kept ?? nobody).split('$')
  const right = Buffer.from(hash, 'base64url')
  const given = await derive(password, Buffer.from(salt, 'base64url'))
  return right.length === given.length && timingSafeEqual(right, given) && kept !== undefined
}

const nobody = asKept(randomBytes(16), randomBytes(hashBytes))

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, cost, (fault, key) => (fault ? reject(fault) : resolve(key)))
  })
}
