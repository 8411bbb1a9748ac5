import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkIds } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany } from '../builders.ts'
import { builtFolder, buildServer } from '../faults/real-server.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

let program: string
let world: TestServer
let wecom: Server
let folder: string
/** What the played WeCom answers to each path; refused without a word here. */
const answers: Record<string, Record<string, unknown>> = {}
let asked: string[] = []

beforeAll(async () => {
  program = buildServer().replace(/main\.js$/, 'doctor.js')
  world = await startTestServer()
  await buildCompany(world)
  folder = mkdtempSync(join(tmpdir(), 'vouch-doctor-'))
  wecom = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://wecom').pathname.replace('/cgi-bin/', '')
    asked.push(path)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answers[path] ?? refuse(41001)))
  })
  await new Promise<void>((resolve) => wecom.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  wecom.closeAllConnections()
  await new Promise((resolve) => wecom.close(resolve))
  await world.stop()
  rmSync(folder, { recursive: true, force: true })
  rmSync(builtFolder, { recursive: true, force: true })
})

const refuse = (errcode: number) => ({
  errcode,
  errmsg: `refused, hint: [17_3], from ip: 203.0.113.8, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
})
const canary = 'canary-of-a-secret'

/** Settings as an administrator would have written them, but for the addresses. */
const settings = (change: Record<string, string> = {}): Record<string, string> => ({
  DATABASE_URL: world.applicationUrl,
  PUBLIC_URL: 'http://127.0.0.1:9',
  FILES_URL: `file:${folder}`,
  SECRET_KEY: `${canary}-1-0123456789-abcdefghijk`,
  WECOM_CORP_ID: 'wwdemo0000000001',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: `${canary}-2`,
  WECOM_CALLBACK_TOKEN: 'canaryToken',
  WECOM_CALLBACK_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  WECOM_API_URL: `http://127.0.0.1:${(wecom.address() as AddressInfo).port}`,
  WECOM_LOGIN_URL: `http://127.0.0.1:${(wecom.address() as AddressInfo).port}`,
  ...change,
})

async function doctor(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, problems] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (problems += String(chunk)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  expect(out + problems).not.toContain(canary)
  expect(problems).not.toMatch(/^\s+at /m)
  return { code, out, problems }
}
type Told = { checkId: string; outcome: string; fact: Record<string, string>; fix: Record<string, string> | null }
async function findings(env: Record<string, string>, ...args: string[]) {
  const { code, out } = await doctor(env, '--json', ...args)
  const told = JSON.parse(out) as { faults: number; findings: (Told & { details: Record<string, string>[] })[] }
  return { code, told, of: (checkId: string) => told.findings.find((one) => one.checkId === checkId) }
}

describe('doctor, with nothing set up', () => {
  it('names every setting that is missing, where it is found, and goes on to the end', async () => {
    const { code, told, of } = await findings({})
    expect(code).toBe(1)
    expect(told.findings.map(({ checkId }) => checkId)).toEqual(checkIds)
    const missing = of('cfg.settings')?.details.map(({ en }) => /^\w+/.exec(en ?? '')?.[0])
    expect(missing).toEqual([
      ...['DATABASE_URL', 'SECRET_KEY', 'WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_AGENT_SECRET'],
      ...['WECOM_CALLBACK_TOKEN', 'WECOM_CALLBACK_AES_KEY'],
    ])
    expect(of('cfg.settings')?.details.find(({ zh }) => zh?.startsWith('WECOM_CORP_ID'))?.zh).toContain('我的企业')
    expect(of('wecom.token')).toMatchObject({ outcome: 'not_asked' })
    expect(of('wecom.signature')).toMatchObject({ outcome: 'ok' })
  })

  it('speaks the language it is asked for, Chinese by itself, and tells how to look again', async () => {
    const only = ['--only', 'cfg.settings']
    const english = { LANG: 'en_GB.UTF-8' }
    const [plain, byPlace, asked] = await Promise.all([
      doctor({}, ...only),
      doctor(english, ...only),
      doctor(english, '--lang', 'zh', '--only', 'wecom.signature'),
    ])
    expect(plain.out).toMatch(/配置 {2}x 设置 .*7 处有问题[^]*修: [^]*去: [^]*1 个错误/)
    expect(byPlace.out).toMatch(
      /Settings {2}x Values .*wrong: DATABASE_URL, [^]*fix: [^]*at: [^]*faults: 1[^]*--only cfg\.settings/,
    )
    expect(asked.out).toContain('官方样例')
  })
})

describe('doctor, with settings that are wrong', () => {
  it('names a misspelt one, a malformed key and an address that nobody can use; never a value', async () => {
    const { of } = await findings({
      ...settings({
        WECOM_CALLBACK_AES_KEY: `${canary}`,
        DATABASE_URL: `postgres://a:${canary}@b/c`,
        SECRET_KEY: canary,
      }),
      WECOM_SECRET: canary,
    })
    const lines = of('cfg.settings')?.details.map(({ en }) => en ?? '')
    expect(lines?.map((line) => line.split(/[:;]/)[0])).toEqual([
      ...['DATABASE_URL is malformed', 'SECRET_KEY is malformed', 'WECOM_CALLBACK_AES_KEY is malformed'],
      'WECOM_SECRET is not a setting',
    ])
    expect(lines?.join()).toContain('did you mean WECOM_AGENT_SECRET?')
    expect(lines?.join()).toContain('exactly 43 letters and digits')
  })

  it('tells examples that were left in place, and one value used for two things', async () => {
    const example = await findings(
      settings({ SECRET_KEY: 'changeme-changeme-changeme-changeme' }),
      '--only',
      'cfg.secrets',
    )
    expect(example.of('cfg.secrets')).toMatchObject({ outcome: 'fault', fact: { en: 'still an example: SECRET_KEY' } })
    const same = await findings(settings({ VAULT_PASSWORD: `${canary}-2` }), '--only', 'cfg.secrets')
    expect(same.of('cfg.secrets')?.fact.en).toBe('several share one value: WECOM_AGENT_SECRET, VAULT_PASSWORD')
  })

  it.each([
    { url: 'http://vouch.example.com', fact: 'not https' },
    { url: 'https://203.0.113.9', fact: 'names the IP 203.0.113.9' },
    { url: 'https://vouch.example.com:8443', fact: 'has the port 8443' },
    { url: 'https://vouch.example.com/app', fact: 'has the path /app' },
  ])('a real corp at $url is told: $fact', async ({ url, fact }) => {
    const env = settings({ PUBLIC_URL: url, WECOM_CORP_ID: 'ww1234567890abcdef' })
    const { of } = await findings(env, '--only', 'cfg.address')
    expect(of('cfg.address')).toMatchObject({ outcome: 'fault', fact: { en: expect.stringContaining(fact) } })
  })

  it('reads them from a file, as the service does', async () => {
    const file = join(folder, 'vouch.env')
    writeFileSync(
      file,
      Object.entries(settings())
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
    const { of, code } = await findings({}, '--env', file, '--only', 'cfg.settings,data.migrations')
    expect([of('cfg.settings')?.outcome, of('data.migrations')?.outcome, code]).toEqual(['ok', 'ok', 0])
  })
})

describe('doctor, beside a WeCom that refuses', () => {
  it.each([
    {
      says: 'a wrong secret',
      path: 'gettoken',
      errcode: 40001,
      check: 'wecom.token',
      fact: '40001',
      fix: 'WECOM_AGENT_SECRET',
    },
    {
      says: 'a wrong corp',
      path: 'gettoken',
      errcode: 40013,
      check: 'wecom.token',
      fact: '40013',
      fix: 'WECOM_CORP_ID',
    },
    { says: 'a block', path: 'gettoken', errcode: 45009, check: 'wecom.token', fact: '45009', fix: 'hour' },
    {
      says: 'our address',
      path: 'getcallbackip',
      errcode: 60020,
      check: 'wecom.ip',
      fact: '203.0.113.8',
      fix: '203.0.113.8',
    },
    { says: 'the agent id', path: 'agent/get', errcode: 301002, check: 'wecom.app', fact: '301002', fix: 'one app' },
    {
      says: 'customer contact',
      path: 'externalcontact/get_follow_user_list',
      errcode: 48002,
      check: 'wecom.contact',
      fact: '48002',
      fix: 'apps that may call',
    },
    {
      says: 'tickets',
      path: 'ticket/get',
      errcode: 45009,
      check: 'wecom.tickets',
      fact: 'the app ticket',
      fix: 'an hour',
    },
  ])('$says is told with its fix', async ({ path, errcode, check, fact, fix }) => {
    const fine = { errcode: 0, errmsg: 'ok' }
    Object.assign(answers, {
      gettoken: { ...fine, access_token: canary, expires_in: 7200 },
      ...{ getcallbackip: fine, 'agent/get': { ...fine, name: '准信', close: 0 } },
      get_jsapi_ticket: { ...fine, ticket: 'one', expires_in: 7200 },
      [path]: refuse(errcode),
    })
    asked = []
    const { of, code } = await findings(settings(), '--only', check)
    expect(of(check)).toMatchObject({ outcome: 'fault', fact: { en: expect.stringContaining(fact) } })
    expect(of(check)?.fix?.en).toContain(fix)
    expect(code).toBe(1)
    expect(
      asked.filter((one) => one === 'gettoken').length,
      'a refused secret is not tried around',
    ).toBeLessThanOrEqual(2)
  })

  it('that is not there at all is told once; what needs it is not asked', async () => {
    const { told, of } = await findings(settings({ WECOM_API_URL: 'http://127.0.0.1:9' }))
    expect(of('wecom.reach')).toMatchObject({ outcome: 'fault', fact: { zh: '127.0.0.1:9 没有应答：没有人应答' } })
    const needing = told.findings.filter(({ checkId }) =>
      ['wecom.token', 'wecom.ip', 'wecom.contact'].includes(checkId),
    )
    expect(needing.map(({ outcome }) => outcome)).toEqual(['not_asked', 'not_asked', 'not_asked'])
  })
})

describe('how it ends', () => {
  it('with 0 when all is well, 1 for a fault, 2 for a warning only when that is asked for', async () => {
    const missing = settings({ FFMPEG_PATH: join(folder, 'no-ffmpeg') })
    const ends = await Promise.all([
      doctor(settings(), '--only', 'data.durability,callback.key'),
      doctor(missing, '--only', 'cfg.programs'),
      doctor(missing, '--only', 'cfg.programs', '--strict'),
      doctor(settings({ PUBLIC_URL: '' }), '--only', 'web.answers'),
    ])
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 2, 1])
  })

  it('with the list of names for one that it does not know', async () => {
    const { code, problems } = await doctor({}, '--only', 'wecom.ipp')
    expect(code).toBe(1)
    expect(problems).toContain('wecom.ip\n')
  })

  it('tells a store of files that takes none, by its path', async () => {
    writeFileSync(join(folder, 'a-file'), '')
    const { of } = await findings(settings({ FILES_URL: `file:${join(folder, 'a-file')}` }), '--only', 'data.files')
    expect(of('data.files')).toMatchObject({
      outcome: 'fault',
      fact: { en: expect.stringContaining(`${folder}/a-file`) },
    })
  })
})
