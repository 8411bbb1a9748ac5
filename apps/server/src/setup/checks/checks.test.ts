import { readFileSync } from 'node:fs'
import { checkEndpoints, checkIds, type CheckId, type Finding } from '@vouch/contract'
import { sealUrlCheck } from '@vouch/wecom/crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { openDatabase } from '../../db/database.ts'
import { jobs } from '../../jobs.ts'
import { benchFrom, benchOf } from './create-bench.ts'
import { createExaminer } from './examine.ts'
import { checks } from './registry.ts'

let server: TestServer
let admin: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  server.clock.at = new Date()
  admin = await buildColleague(server, 'system_admin')
})
afterAll(() => server.stop())

/** Looks by the clock of this moment, unless the test has another. */
const run = async (checkId: CheckId, at = new Date()): Promise<Finding> => {
  server.clock.at = at
  const { status, body } = await call(server, admin.cookie, checkEndpoints.runCheck, { checkId })
  expect(status).toBe(200)
  return body as Finding
}
/** What a check finds while something is as it should not be; afterwards it is put back, and fine again. */
async function whilst(checkId: CheckId, plant: string, putBack: string): Promise<Finding> {
  await sql.raw(plant).execute(server.owner)
  try {
    return await run(checkId)
  } finally {
    await sql.raw(putBack).execute(server.owner)
  }
}

describe('the registry', () => {
  it('is described, each check by its name, in the page of this room', () => {
    const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    const told = [...page.matchAll(/^\| `.*$/gm)].flatMap(([row]) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, id]) => id),
    )
    expect(told.toSorted()).toEqual([...checkIds].toSorted())
  })

  it('puts what others need before them', () => {
    for (const [place, checkId] of checkIds.entries())
      for (const need of checks[checkId].after ?? []) expect(checkIds.indexOf(need), checkId).toBeLessThan(place)
  })

  it('asks nobody outside for the health details, and tells outcomes and no facts', async () => {
    const asked: string[] = []
    const bench = benchOf(server.deps)
    const wecom = new Proxy(bench.wecom, {
      get: (_, name) => (asked.push(String(name)), () => Promise.reject(new Error())),
    })
    const cheap = checkIds.filter((checkId) => checks[checkId].cheap)
    await createExaminer({ ...bench, wecom }).runAll(() => {}, cheap)
    expect(asked).toEqual([])
    const answer = await fetch(`${server.url}/healthz/details`)
    const { checks: told } = (await answer.json()) as { checks: Record<string, string>[] }
    expect(told.map(({ check }) => check)).toEqual(cheap)
    expect(told).toContainEqual({ check: 'data.durability', outcome: 'ok' })
    expect(new Set(told.flatMap(Object.keys))).toEqual(new Set(['check', 'outcome']))
  })
})

describe('who may look', () => {
  it.each(['author', 'compliance_officer', 'auditor', 'security_admin'])('%s may not', async (role) => {
    const { cookie } = await buildColleague(server, role)
    for (const endpoint of [checkEndpoints.listChecks, checkEndpoints.runCheck])
      expect(await call(server, cookie, endpoint, { checkId: 'cfg.settings' } as never)).toMatchObject(
        endpoint === checkEndpoints.runCheck ? { status: 403, body: { error: 'wrong_role' } } : { body: {} },
      )
    expect((await call(server, cookie, checkEndpoints.listChecks, {})).body.error).toBe('wrong_role')
  })

  it('a system administrator sees all of them in their order, in both languages', async () => {
    const { body } = await call(server, admin.cookie, checkEndpoints.listChecks, {})
    expect(body.checks.map((check: { checkId: string }) => check.checkId)).toEqual(checkIds)
    for (const { title } of body.checks) expect(title.zh && title.en).toBeTruthy()
  })
})

describe('the database', () => {
  it('is fine as it is set up', async () => {
    for (const checkId of checkIds.filter(
      (id) => /^(data|time\.database)/.test(id) && !/\.(jobs|reports|space|files)$/.test(id),
    ))
      expect(await run(checkId)).toMatchObject({ checkId, outcome: 'ok' })
  })

  it('[O2] that may lose a commit is told by the name of the setting', async () => {
    const weak = await whilst(
      'data.durability',
      'set global innodb_flush_log_at_trx_commit = 2',
      'set global innodb_flush_log_at_trx_commit = 1',
    )
    expect(weak).toMatchObject({ outcome: 'fault', where: { en: expect.stringContaining('my.cnf') } })
    expect(weak.fact.zh).toContain('innodb_flush_log_at_trx_commit=2')
    expect(weak.fix?.en).toContain('innodb_flush_log_at_trx_commit=1')
  })

  it('without its last step, or with one we do not know, is told which', async () => {
    const [last] = (
      await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(server.owner)
    ).rows
    const put = `insert into kysely_migration (name, timestamp) values ('${last?.name}', '2026-01-01')`
    const behind = await whilst('data.migrations', `delete from kysely_migration where name = '${last?.name}'`, put)
    expect(behind).toMatchObject({ outcome: 'fault', details: [{ en: last?.name }] })
    const newer = `insert into kysely_migration (name, timestamp) values ('2999-01-01T00-later', '2999-01-01')`
    const ahead = await whilst('data.migrations', newer, `delete from kysely_migration where name like '2999%'`)
    expect(ahead.outcome).toBe('warning')
    // The owner asks: the application’s account was given no right to look.
    const bare = await whilst('data.migrations', ...rights('select', 'kysely_migration', 'revoke'))
    expect(bare).toMatchObject({ outcome: 'warning', fix: { en: expect.stringContaining('migrate') } })
  })

  it('whose application may change a record, or may not do its work, is told the table and the right', async () => {
    const tooMuch = await whilst('data.grants', ...rights('delete', 'audit_entry', 'grant'))
    expect(tooMuch).toMatchObject({ outcome: 'fault', details: [{ en: 'audit_entry: delete' }] })
    const tooLittle = await whilst('data.grants', ...rights('update', 'session', 'revoke'))
    expect(tooLittle).toMatchObject({ outcome: 'fault', details: [{ en: 'session: update' }] })
  })

  it('of the owner himself is a fault: he could change every record', async () => {
    const owner = openDatabase(server.ownerUrl, 1)
    const found = await createExaminer({ ...benchOf(server.deps), db: owner }).run('data.grants')
    await owner.destroy()
    expect(found.outcome).toBe('fault')
    expect(found.details.map(({ en }) => en)).toContain('fact: update, delete')
  })

  it('with a table of another character set is told which', async () => {
    const alter = (charset: string) => `alter table rep_group default character set ${charset}`
    const found = await whilst('data.charset', alter('latin1'), alter('utf8mb4 collate utf8mb4_bin'))
    expect(found).toMatchObject({ outcome: 'fault', details: [{ en: expect.stringContaining('rep_group latin1') }] })
  })

  it('whose clock is elsewhere is told by how much', async () => {
    const found = await run('time.database', new Date(Date.now() + 90_000))
    expect(found.outcome).toBe('fault')
    expect(Number(/[\d.]+/.exec(found.fact.en.replace('this machine', ''))?.[0])).toBeCloseTo(90, -1)
  })

  it('that is not there stops nothing: what needs it is not asked, all else is', async () => {
    const { bench, close } = benchFrom({ DATABASE_URL: 'mysql://a:canary@127.0.0.1:9/vouch' }, server.deps.log)
    const examiner = createExaminer(bench)
    expect(await examiner.run('data.connection')).toMatchObject({
      outcome: 'fault',
      fact: { zh: expect.stringContaining('没有人') },
    })
    expect(await examiner.run('data.grants')).toMatchObject({
      outcome: 'not_asked',
      fact: { zh: '先修好“数据 · 连接”' },
      where: null,
    })
    expect(await examiner.run('wecom.signature')).toMatchObject({ outcome: 'ok' })
    await close()
  })
})

describe('what runs', () => {
  const put = async (change: { runAt: Date; owner?: string | null; ownedUntil?: Date; problem?: string | null }) => {
    await server.owner.deleteFrom('job').execute()
    const usual = { owner: null, ownedUntil: new Date(0), lastDoneAt: null, problem: null }
    await server.owner
      .insertInto('job')
      .values(jobs.map(({ name }) => ({ name, ...usual, ...change })))
      .execute()
  }
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

  it('was never started, is on time, has stopped, is late, failed, or is held by the dead', async () => {
    expect(await run('data.jobs')).toMatchObject({ outcome: 'not_asked' })
    await put({ runAt: ago(-1) })
    expect(await run('data.jobs')).toMatchObject({ outcome: 'ok' })
    await put({ runAt: ago(30) })
    expect(await run('data.jobs')).toMatchObject({
      outcome: 'fault',
      fact: { zh: expect.stringContaining('停了 30 分钟') },
    })
    await put({ runAt: ago(-1) })
    await server.owner
      .updateTable('job')
      .set({ runAt: ago(20) })
      .where('name', '=', 'record-deadlines')
      .execute()
    expect(await run('data.jobs')).toMatchObject({ outcome: 'fault', fact: { en: 'late: record-deadlines' } })
    await put({ runAt: ago(-1), problem: 'AppError' })
    expect(await run('data.jobs')).toMatchObject({
      outcome: 'warning',
      fact: { zh: expect.stringContaining('没有做完') },
    })
    await put({ runAt: ago(-1), owner: 'dead', ownedUntil: ago(1) })
    expect(await run('data.jobs')).toMatchObject({ outcome: 'warning', fact: { zh: expect.stringContaining('占着') } })
  })

  it('knows a callback that could not be opened from silence', async () => {
    expect(await run('callback.events')).toMatchObject({ outcome: 'not_asked' })
    const key = { token: server.deps.config.WECOM_CALLBACK_TOKEN, aesKey: 'b'.repeat(43), corpId: 'wwdemo0000000001' }
    const stamp = { timestamp: Math.floor(Date.now() / 1_000), nonce: '1' }
    const query = sealUrlCheck({ ...key, token: 'another' }, '1', stamp)
    expect((await fetch(`${server.url}/wecom/callback?${new URLSearchParams(query)}`)).status).toBe(403)
    await expect.poll(async () => (await run('callback.events')).outcome).toBe('fault')
    const found = await run('callback.events')
    expect(found.fix?.zh).toContain('EncodingAESKey')
    const row = { event: 'change_external_contact', changeType: 'edit', occurredAt: new Date(), runAt: new Date() }
    const later = new Date(Date.now() + 1_000)
    await server.owner
      .insertInto('callbackEvent')
      .values({ digest: 'a'.repeat(64), ...row, receivedAt: later, settledAt: later, outcome: 'no_effect' })
      .execute()
    expect(await run('callback.events')).toMatchObject({ outcome: 'ok' })
  })

  it('has rules under which somebody can send, and a consent text in both languages', async () => {
    expect(await run('rules.caps')).toMatchObject({ outcome: 'ok', fact: { en: 'at most 4 sends a doctor a month' } })
    expect(await run('rules.consent')).toMatchObject({
      outcome: 'fault',
      fact: { en: expect.stringContaining('lacks') },
    })
  })

  it('says what the company lacks until it has a name, a safety contact and a product', async () => {
    await server.owner.deleteFrom('company').execute()
    await server.owner.deleteFrom('product').execute()
    const nothing = await run('rules.company')
    expect(nothing).toMatchObject({ outcome: 'fault', where: { zh: '控制台 > 公司', en: 'console > Company' } })
    expect(nothing.fact).toEqual({
      zh: '还缺公司名称、不良反应的电话或邮箱、产品',
      en: 'the company lacks a name, a telephone or mail address for adverse reactions, a product',
    })
    await server.owner.insertInto('company').values({ id: 1, name: '示例药业', nameEn: 'Example' }).execute()
    await server.owner.insertInto('product').values({ code: 'PD1', name: '示例单抗', nameEn: 'Examplimab' }).execute()
    expect((await run('rules.company')).fact.zh).toBe('还缺不良反应的电话或邮箱')
    await server.owner.updateTable('company').set({ safetyEmail: 'safety@example.com' }).execute()
    expect(await run('rules.company')).toMatchObject({ outcome: 'ok', fact: { en: '示例药业, 1 product' } })
  })

  it('says when nobody can administer, and when one alone cannot give a role', async () => {
    const found = async () => {
      const { outcome, fact } = await checks['rules.administrators'].run(benchOf(server.deps))
      return `${outcome}: ${fact.en}`
    }
    const end = (personId: string, until: Date | null) =>
      server.owner.updateTable('personRole').set({ until }).where('personId', '=', personId).execute()
    const past = new Date(server.deps.now().getTime() - 1_000)
    await server.owner.deleteFrom('personRole').where('role', '=', 'security_admin').execute()
    await end(admin.id, past)
    expect(await found()).toMatch(/^fault: there is no administrator/)
    await buildRep(server, { roles: ['security_admin'] })
    expect(await found()).toMatch(/^warning: no system administrator/)
    await end(admin.id, null)
    expect(await found()).toMatch(/^warning: only 1 security/)
    const other = await buildRep(server, { roles: ['security_admin'] })
    await end(other, past)
    expect(await found()).toMatch(/^warning/)
    await end(other, null)
    expect(await found()).toBe('ok: 1 system and 2 security administrators')
  })

  it('names no rep before there is one who sends', async () => {
    const rep = await buildRep(server, { name: '李雷' })
    await server.owner.deleteFrom('personRole').where('personId', '=', rep).execute()
    expect((await run('wecom.members')).outcome).toBe('not_asked')
  })
})

/** Gives or takes a right of the application’s account, and the way back. */
function rights(right: string, table: string, act: 'grant' | 'revoke'): [string, string] {
  const database = new URL(server.ownerUrl).pathname.slice(1)
  const both = (verb: string, word: string) =>
    `${verb} ${right} on \`${database}\`.${table} ${word} vouch_app_test@localhost, vouch_app_test@'%'`
  const grant = both('grant', 'to')
  const revoke = both('revoke', 'from')
  return act === 'grant' ? [grant, revoke] : [revoke, grant]
}
