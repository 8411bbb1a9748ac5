import { verifyNameShape, verifyTextShape } from '@vouch/contract'
import * as z from 'zod'
import { readFilesUrl } from './files/files-url.ts'

const text = z.string().min(1)
const address = z.url()
const insideHostsShape = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?(,([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?)*$/

function usableFilesUrl(ctx: z.core.ParsePayload<string>): void {
  try {
    readFilesUrl(ctx.value)
  } catch (fault) {
    ctx.issues.push({ code: 'custom', input: '', message: fault instanceof Error ? fault.message : 'is no address' })
  }
}

/** Of an address with a password in it nothing is repeated. */
function usableDatabaseUrl(ctx: z.core.ParsePayload<string>): void {
  const parsed = URL.canParse(ctx.value) ? new URL(ctx.value) : undefined
  if (parsed && /^(mysql|mariadb):$/.test(parsed.protocol) && parsed.pathname.length > 1) return
  ctx.issues.push({ code: 'custom', input: '', message: 'is no mysql://account:password@host:3306/database' })
}

/** What connects us with the WeCom of the company: all of it, or nothing until the company is there. */
const company = {
  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: z.string().regex(/^\d+$/, 'is the number shown on the app’s page'),
  WECOM_AGENT_SECRET: text,
  WECOM_CALLBACK_TOKEN: z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'is up to 32 letters and digits'),
  WECOM_CALLBACK_AES_KEY: z.string().regex(/^[A-Za-z0-9]{43}$/, 'is 43 letters and digits'),
}

const settings = {
  DATABASE_URL: z.string().min(1).check(usableDatabaseUrl),
  PUBLIC_URL: address.default('http://localhost:8080'),
  /** Reverse proxies in front of us that say where a request comes from; without any the connection itself does. */
  PUBLIC_PROXIES: z.coerce.number('is a number of proxies').int().min(0).max(5).default(0),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  SECRET_KEY: z.string().min(32, 'needs at least 32 characters, e.g. from: openssl rand -base64 48'),
  /** The key before or after this one while keys are changed: opens what it made, makes nothing. */
  SECRET_KEY_ALSO: z.string().min(32, 'needs at least 32 characters').optional(),
  FILES_URL: z.string().min(1).check(usableFilesUrl).default('file:.data/files'),
  FILES_KEY_ID: text.optional(),
  FILES_KEY_SECRET: text.optional(),
  ...company,
  WECOM_MINIPROGRAM_APPID: text.optional(),
  /** The file that proves the domain to WeCom; it may also be set in the console. */
  WECOM_VERIFY_NAME: z.string().regex(verifyNameShape, 'is a name such as WW_verify_AbC123dEf456.txt').optional(),
  WECOM_VERIFY_TEXT: z.string().regex(verifyTextShape, 'is 8 to 64 letters and digits').optional(),
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
  /** Receivers of webhooks in the company's own network, with a port or without: they may be private, and plain http. */
  WEBHOOK_INSIDE_HOSTS: z
    .string()
    .regex(insideHostsShape, 'is a list of hosts such as hub.corp.example:8443, separated by commas')
    .default('')
    .transform((hosts) => hosts.split(',').filter((host) => host !== '')),
  /** Programs that turn office files and videos into pictures; without them such files are not taken. */
  SOFFICE_PATH: text.optional(),
  FFMPEG_PATH: text.optional(),
}
type Whole = z.infer<z.ZodObject<typeof settings>>
/** What connects us with WeCom is empty as long as the company is not connected. */
export type Config = Whole & { demo: boolean }

/** Prefixes of names that belong to us; anything else in the environment is none of our business. */
const ours = /^(WECOM_|VAULT_|FILES_|SECRET_|PUBLIC_|DATABASE_|WEBHOOK_)/

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[] // its own keys
const companyNames = Object.keys(company)
export type Settings = Partial<Whole>
export type SettingFault = {
  name: string
  problem: 'missing' | 'malformed' | 'unknown'
  says: string
  nearest?: string
}

type Environment = Record<string, string | undefined>

/** Settings of which one is worth nothing without the other. */
const together: [SettingName, SettingName][] = [
  ['WECOM_VERIFY_NAME', 'WECOM_VERIFY_TEXT'],
  ['WECOM_VERIFY_TEXT', 'WECOM_VERIFY_NAME'],
]

const isGiven = (environment: Environment, name: string): boolean =>
  environment[name] !== undefined && environment[name] !== ''

/** Each setting by itself: what can be used, defaults filled in, and every fault. Values are never part of a fault. */
export function examineSettings(environment: Environment): { values: Settings; faults: SettingFault[] } {
  const values: Record<string, unknown> = {}
  const faults: SettingFault[] = []
  const given = (name: string) => isGiven(environment, name)
  for (const name of settingNames) {
    const parsed = settings[name].safeParse(given(name) ? environment[name] : undefined)
    if (parsed.success) values[name] = parsed.data
    else if (given(name)) faults.push({ name, problem: 'malformed', says: parsed.error.issues[0]?.message ?? '' })
    else faults.push({ name, problem: 'missing', says: 'is missing' })
  }
  for (const name of Object.keys(environment)) {
    if (!ours.test(name) || settingNames.some((known) => known === name)) continue
    const right = nearest(name, settingNames)
    faults.push({ name, problem: 'unknown', says: `is not a setting; did you mean ${right}?`, nearest: right })
  }
  for (const name of ['FILES_KEY_ID', 'FILES_KEY_SECRET']) {
    if (String(values['FILES_URL'] ?? '').startsWith('s3:') && !given(name))
      faults.push({ name, problem: 'missing', says: 'is missing: FILES_URL names an s3: store' })
  }
  for (const [name, other] of together) {
    if (given(name) && !given(other))
      faults.push({ name: other, problem: 'missing', says: `is missing: ${name} is set` })
  }
  return { values: values as Settings, faults } // each value parsed by its own shape
}

/**
 * Reads and checks the whole environment. Returns either the configuration or every fault at once, each with the
 * nearest right name for a misspelt one. Values of secrets are never part of a fault. A company that gave nothing of its
 * WeCom is let in: whoever sets it up needs the console for it.
 */
export function readConfig(environment: Environment): { config: Config } | { faults: string[] } {
  const { values, faults } = examineSettings(environment)
  const begun = companyNames.some((name) => isGiven(environment, name))
  const refused = begun ? faults : faults.filter(({ name }) => !companyNames.includes(name))
  if (refused.length > 0) return { faults: refused.map(({ name, says }) => `${name} ${says}`) }
  const empty = Object.fromEntries(companyNames.map((name) => [name, '']))
  const whole = { ...empty, ...values } as Whole // what has no fault is among the values
  return {
    config: { ...whole, PUBLIC_URL: whole.PUBLIC_URL.replace(/\/$/, ''), demo: isDemoCorp(whole.WECOM_CORP_ID) },
  }
}

/** Whether the company gave what connects us with its WeCom. */
export const isConnected = ({ WECOM_CORP_ID }: Settings): boolean => Boolean(WECOM_CORP_ID)

/** Demonstration corps carry the prefix wwdemo; a real corp id never does. */
export const isDemoCorp = (corpId: string | undefined): boolean => corpId?.startsWith('wwdemo') ?? false

function nearest(name: string, known: readonly string[]): string {
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
