import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkEndpoints, contactEndpoints, localEndpoints, type CheckId, type Finding } from '@vouch/contract'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createDeps } from '../../src/create-deps.ts'
import type { Deps } from '../../src/deps.ts'
import { createApp } from '../../src/http/app.ts'
import { jobs, jobsOf, startJobs } from '../../src/jobs.ts'
import { addNotices } from '../../src/outbox/add-notices.ts'
import { buildCompany, buildRep } from '../builders.ts'
import { buildColleague, type Colleague } from '../office.ts'
import { call, publicUrl, startTestServer, type TestServer } from '../test-server.ts'

/** A server whose settings hold nothing of WeCom, as it is first started in a company. */
let server: TestServer
let deps: Deps
let listening: Server
let admin: Colleague
const logged: { level: number; msg: string }[] = []
const folder = mkdtempSync(join(tmpdir(), 'vouch-unconnected-'))

beforeAll(async () => {
  const world = await startTestServer()
  await buildCompany(world)
  world.clock.at = new Date()
  admin = await buildColleague(world, 'system_admin')
  const read = readConfig({
    ...{ DATABASE_URL: world.applicationUrl, PUBLIC_URL: publicUrl, FILES_URL: `file:${folder}` },
    ...{ SECRET_KEY: 'a secret for tests, long enough for anybody', WECOM_CORP_ID: '' },
    WECOM_API_URL: 'http://127.0.0.1:9',
  })
  if ('faults' in read) throw new Error(read.faults.join('; '))
  const log = pino({ base: null }, { write: (line: string) => void logged.push(JSON.parse(line)) })
  deps = createDeps(read.config, { log, renderer: '' })
  listening = createServer(createApp(deps, { folders: { sidebar: '/nowhere', console: '/nowhere' } }).app.callback())
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  server = { ...world, url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}` }
})
afterAll(async () => {
  listening.closeAllConnections()
  listening.close()
  await deps.db.destroy()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const open = (path: string, how: RequestInit = {}) => fetch(server.url + path, { redirect: 'manual', ...how })

it('is alive and ready', async () => {
  const answers = await Promise.all([open('/healthz'), open('/readyz')])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})

describe('whoever would come in by WeCom', () => {
  it.each([
    ['console', '/console/'],
    ['rep', '/api/rep/sign-in'],
  ])('reads in both languages that it is not set up: %s', async (face, onward) => {
    const answer = await open(`/api/${face}/sign-in`)
    const page = await answer.text()
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([503, null])
    for (const words of ['还没有和企业微信接好', 'not connected with WeCom yet', `href="${onward}"`])
      expect(page).toContain(words)
    expect((await call(server, '', localEndpoints.signInWays, {})).body).toMatchObject({ wecom: false })
  })

  it('and a doctor who says who they are, that it cannot be asked now', async () => {
    const answer = await open('/me/recognise', { method: 'POST', headers: { origin: publicUrl } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
    expect(await answer.text()).toContain('现在核对不了身份')
  })
})

it('the callback says so as well, and takes nothing that nobody can have signed', async () => {
  const query = '?msg_signature=x&timestamp=1&nonce=1&echostr=x'
  for (const how of [{}, { method: 'POST', body: '<xml></xml>' }]) {
    const answer = await open(`/wecom/callback${query}`, how)
    expect([answer.status, await answer.json()]).toMatchObject([503, { error: 'wecom_not_set_up' }])
  }
  expect(await server.owner.selectFrom('callbackEvent').selectAll().execute()).toEqual([])
})

it('what an administrator asks of WeCom is refused by that name, and nothing is begun', async () => {
  const asked = { requestId: randomUUID(), reason: '先读一遍', endMany: false }
  const { status, body } = await call(server, admin.cookie, contactEndpoints.startSync, asked)
  expect([status, body.error]).toEqual([503, 'wecom_not_set_up'])
  expect(await server.owner.selectFrom('contactSyncRun').selectAll().execute()).toEqual([])
})

it('jobs that ask WeCom rest, without a line in the log; what is owed stays owed', async () => {
  const rep = await buildRep(server)
  const notice = { kind: 'withdrawn' as const, toPerson: rep, subjectId: rep, title: '已撤回', text: '', path: '/' }
  await server.db.transaction().execute((trx) => addNotices(trx, server.deps.newId, new Date(), [notice]))
  logged.length = 0
  const stop = await startJobs(deps)
  const states = () => server.owner.selectFrom('job').select(['name', 'lastDoneAt', 'problem']).execute()
  const done = async () => (await states()).flatMap(({ name, lastDoneAt }) => (lastDoneAt ? [name] : []))
  const running = jobsOf(deps.config).map(({ name }) => name)
  await expect.poll(async () => (await done()).toSorted(), { timeout: 15_000 }).toEqual(running.toSorted())
  expect(await finding('data.jobs')).toMatchObject({ outcome: 'ok' })
  await stop()
  expect(logged.filter(({ level }) => level > 30)).toEqual([])
  const resting = jobs.map(({ name }) => name).filter((name) => !running.includes(name))
  expect(resting).toContain('refresh-wecom-credentials')
  const owed = await server.owner.selectFrom('outbox').select(['sentAt', 'attempts', 'problem']).execute()
  expect(owed).toEqual([{ sentAt: null, attempts: 0, problem: null }])
}, 30_000)

/** What a check finds when the administrator asks for it. */
async function finding(checkId: CheckId): Promise<Finding> {
  return (await call(server, admin.cookie, checkEndpoints.runCheck, { checkId })).body as Finding
}

describe('the system check', () => {
  const names = [
    'WECOM_CORP_ID',
    'WECOM_AGENT_ID',
    'WECOM_AGENT_SECRET',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_CALLBACK_AES_KEY',
  ]

  it('names each setting that is missing, and where in WeCom it is found', async () => {
    const { outcome, fix, details } = await finding('cfg.settings')
    expect([outcome, fix?.zh]).toEqual(['fault', '改好环境变量后重启服务'])
    expect(details.map(({ zh }) => zh.split('：')[0])).toEqual(names)
    expect(details[0]!.zh).toContain('管理后台 > 我的企业 > 企业信息')
    expect(details[2]!.en).toContain('Secret on the same page')
  })

  it.each<CheckId>([
    ...(['wecom.token', 'wecom.ip', 'wecom.app', 'wecom.range', 'wecom.domain', 'wecom.contact'] as const),
    ...(['wecom.members', 'wecom.tickets', 'wecom.login', 'wecom.toolbar'] as const),
    ...(['callback.key', 'callback.door', 'callback.events', 'data.queue'] as const),
  ])('%s waits for them, by name', async (checkId) => {
    const { outcome, fact } = await finding(checkId)
    expect([outcome, fact.zh]).toEqual(['not_asked', expect.stringMatching(/^先设置 .*WECOM_/)])
  })
})
