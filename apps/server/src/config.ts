import * as z from 'zod'
import { readFilesUrl } from './files/files-url.ts'

const text = z.string().min(1)
const address = z.url()

function usableFilesUrl(ctx: z.core.ParsePayload<string>): void {
  try {
    readFilesUrl(ctx.value)
  } catch (fault) {
    ctx.issues.push({ code: 'custom', input: '', message: fault instanceof Error ? fault.message : 'is no address' })
  }
}

const settings = {
  DATABASE_URL: text,
  PUBLIC_URL: address.default('http://localhost:8080'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  SECRET_KEY: z.string().min(32, 'needs at least 32 characters, e.g. from: openssl rand -base64 48'),
  FILES_URL: z.string().min(1).check(usableFilesUrl).default('file:.data/files'),
  FILES_KEY_ID: text.optional(),
  FILES_KEY_SECRET: text.optional(),
  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: z.string().regex(/^\d+$/, 'is the number shown on the app’s page'),
  WECOM_AGENT_SECRET: text,
  WECOM_MINIPROGRAM_APPID: text.optional(),
  WECOM_CALLBACK_TOKEN: z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'is up to 32 letters and digits'),
  WECOM_CALLBACK_AES_KEY: z.string().regex(/^[A-Za-z0-9]{43}$/, 'is 43 letters and digits'),
  WECOM_API_URL: address.default('https://qyapi.weixin.qq.com'),
  WECOM_OAUTH_URL: address.default('https://open.weixin.qq.com'),
  WECOM_LOGIN_URL: address.default('https://login.work.weixin.qq.com'),
  VAULT_URL: address.optional(),
  VAULT_USER: text.optional(),
  VAULT_PASSWORD: text.optional(),
  VAULT_API_VERSION: z
    .string()
    .regex(/^v\d\d\.\d$/, 'is a version such as v25.2')
    .default('v25.2'),
  /** Programs that turn office files and videos into pictures; without them such files are not taken. */
  SOFFICE_PATH: text.optional(),
  FFMPEG_PATH: text.optional(),
}
const schema = z.object(settings)
export type Config = z.infer<typeof schema> & { demo: boolean }

/** Prefixes of names that belong to us; anything else in the environment is none of our business. */
const ours = /^(WECOM_|VAULT_|FILES_|SECRET_|PUBLIC_|DATABASE_)/

/**
 * Reads and checks the whole environment. Returns either the configuration or every fault at once, each with the
 * nearest right name for a misspelt one. Values of secrets are never part of a fault.
 */
export function readConfig(environment: Record<string, string | undefined>): { config: Config } | { faults: string[] } {
  const known = Object.keys(settings)
  const given = Object.fromEntries(
    known
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  )
  const parsed = schema.safeParse(given)
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = String(issue.path[0])
        return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`
      })
  for (const name of Object.keys(environment)) {
    if (!ours.test(name) || known.includes(name)) continue
    faults.push(`${name} is not a setting; did you mean ${nearest(name, known)}?`)
  }
  for (const name of ['FILES_KEY_ID', 'FILES_KEY_SECRET']) {
    if (given['FILES_URL']?.startsWith('s3:') && !given[name])
      faults.push(`${name} is missing: FILES_URL names an s3: store`)
  }
  if (!parsed.success || faults.length > 0) return { faults }
  // Demonstration corps carry the prefix wwdemo; a real corp id never does.
  return {
    config: {
      ...parsed.data,
      PUBLIC_URL: parsed.data.PUBLIC_URL.replace(/\/$/, ''),
      demo: parsed.data.WECOM_CORP_ID.startsWith('wwdemo'),
    },
  }
}

function nearest(name: string, known: string[]): string {
  return known.reduce((best, candidate) => (distance(name, candidate) < distance(name, best) ? candidate : best))
}

/** Number of single-letter changes between two names. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next.push(
        Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    }
    row = next
  }
  return row[b.length] ?? 0
}
