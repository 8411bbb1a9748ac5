import { randomUUID } from 'node:crypto'
import {
  homeEndpoints,
  peopleEndpoints,
  policyEndpoints,
  welcomeEndpoints,
  type HomePart,
  type HomePartFound,
} from '@vouch/contract'
import type { KyselyPlugin } from 'kysely'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildHcpRequest, buildPaper, buildSafetyReport } from '../../test/attacks/office-things.ts'
import { buildMatching } from '../../test/attacks/matching-things.ts'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep } from '../../test/builders.ts'
import { buildColleague, buildOffice, buildSubmitted, sign, type Colleague, type Office } from '../../test/office.ts'
import { addSent } from '../../test/sent.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { buildQuarantined } from '../../test/vault/vault-sample.ts'
import { addNotices } from '../outbox/add-notices.ts'
import { deliverOutbox } from '../outbox/deliver-outbox.ts'
import type { Session } from '../people/sessions.ts'
import { loadHome } from './load-home.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.at = morning
})

const day = 86_400_000
const later = (ms: number) => {
  server.clock.at = new Date(server.clock.at.getTime() + ms)
}
const open = async (who: Pick<Colleague, 'cookie'>) => (await call(server, who.cookie, homeEndpoints.loadHome, {})).body
async function partOf(who: Pick<Colleague, 'cookie'>, part: HomePart): Promise<HomePartFound> {
  const { parts } = (await open(who)) as { parts: HomePartFound[] }
  const found = parts.find((one) => one.part === part)
  if (!found) throw new Error(`no part ${part} among ${parts.map((one) => one.part).join()}`)
  return found
}
const names = async (who: Pick<Colleague, 'cookie'>): Promise<HomePart[]> =>
  ((await open(who)) as { parts: HomePartFound[] }).parts.map(({ part }) => part).toSorted()

describe('what waits for somebody', () => {
  it('[HOME-01] is what their roles let them do, and nobody without an office has any', async () => {
    expect(await names(office.author)).toEqual(['expiring', 'returned'])
    expect(await names(office.medical)).toEqual(['review'])
    expect(await names(await buildColleague(server, 'system_admin'))).toEqual(['account_changes', 'checks', 'notices'])
    expect(await names(await buildColleague(server, 'manager'))).toEqual(['unknown_sends', 'unmatched'])
    expect(await names(await buildColleague(server, 'auditor'))).toEqual([])
    const rep = { cookie: await server.signIn(await buildRep(server), 'console') }
    expect(await open(rep)).toMatchObject({ error: 'wrong_role' })
  })

  it('[HOME-02] a piece waits for whoever signs next, presses after three days, and is gone once signed', async () => {
    const [first, second] = [
      await buildSubmitted(server, office.author, { title: '第一份' }),
      await (later(60_000), buildSubmitted(server, office.author, { title: '第二份' })),
    ]
    const before = await partOf(office.medical, 'review')
    expect(before).toMatchObject({ outcome: 'read', count: 2, pressing: 0, days: 3, oldestAt: morning.toISOString() })
    expect(before.rows.map(({ rowId, title }) => [rowId, title])).toEqual([
      [first, '第一份 v1'],
      [second, '第二份 v1'],
    ])
    later(3 * day)
    const eve = await server.signIn(office.medical.id, 'console')
    expect(await partOf({ cookie: eve }, 'review')).toMatchObject({ count: 2, pressing: 1 })
    server.clock.at = new Date(morning.getTime() + 60_000)
    await sign(server, office.medical, first, {})
    expect(await partOf(office.medical, 'review')).toMatchObject({ count: 1, rows: [{ rowId: second }] })
    expect((await partOf(office.legal, 'review')).count).toBe(2)
    await sign(server, office.legal, second, { step: 'legal', decision: 'return', reason: '缺批准号' })
    expect(await partOf(office.author, 'returned')).toMatchObject({ count: 1, rows: [{ title: '第二份 v1' }] })
    expect((await partOf(office.medical, 'review')).count).toBe(0)
  })

  it('[HOME-03] an expiry is told to its author, or to compliance without one, and presses in the last three days', async () => {
    const ends = (days: number) => ({ expiresAt: new Date(morning.getTime() + days * day) })
    const mine = await buildPiece(server, { ...ends(2), ownerId: office.author.id })
    await buildPiece(server, { ...ends(12), ownerId: office.author.id })
    await buildPiece(server, { ...ends(31), ownerId: office.author.id })
    const nobodys = await buildPiece(server, { ...ends(20), ownerId: null })
    const found = await partOf(office.author, 'expiring')
    expect(found).toMatchObject({ count: 2, pressing: 1 })
    expect(found.rows[0]).toMatchObject({ rowId: mine, dueAt: ends(2).expiresAt.toISOString() })
    const officer = await buildColleague(server, 'compliance_officer')
    expect((await partOf(officer, 'expiring')).rows.map(({ rowId }) => rowId)).toContain(nobodys)
    expect((await partOf(officer, 'expiring')).rows.map(({ rowId }) => rowId)).not.toContain(mine)
  })

  it('[HOME-04] reports, requests, papers, matches and changes wait for compliance, not for who entered them', async () => {
    const officer = await buildColleague(server, 'compliance', 'compliance_officer')
    await buildSafetyReport(server)
    await buildHcpRequest(server, { accountId: await buildAccount(server), externalUserId: 'wmHome1' })
    const { paperId } = await buildPaper(server, await buildAccount(server))
    await buildMatching(server)
    for (const part of ['safety', 'requests', 'papers', 'matches', 'account_changes'] as const)
      expect(await partOf(officer, part)).toMatchObject({ outcome: 'read', count: 1 })
    await server.owner.updateTable('consentPaper').set({ enteredBy: officer.id }).where('id', '=', paperId).execute()
    expect((await partOf(officer, 'papers')).count).toBe(0)
    later(day + 1)
    const { parts } = (await open({ cookie: await server.signIn(officer.id, 'console') })) as { parts: HomePartFound[] }
    expect(parts[0]).toMatchObject({ part: 'safety', pressing: 1 })
    expect(JSON.stringify(parts)).not.toContain('张伟')
  })

  it('[HOME-10] a change that takes two people waits for the second alone', async () => {
    const [first, second] = [
      await buildColleague(server, 'compliance_officer', 'security_admin'),
      await buildColleague(server, 'compliance', 'security_admin'),
    ]
    const personId = await buildRep(server, { roles: [], name: '陈晨' })
    const asked = { requestId: randomUUID(), reason: '季度调整' }
    const words = { version: 0, wordingZh: '您好，我是{rep}。', wordingEn: 'Hello, I am {rep}.' }
    await call(server, first.cookie, welcomeEndpoints.proposeWelcomeText, { ...asked, ...words })
    const role = { personId, role: 'author' as const, until: null, territories: [] }
    await call(server, first.cookie, peopleEndpoints.proposeRole, { ...asked, ...role })
    const { inForce } = (await call(server, first.cookie, policyEndpoints.loadPolicy, {})).body
    const settings = { ...inForce.settings, sendsPerMonth: 2, baseVersion: inForce.version, holdsFrom: null }
    await call(server, first.cookie, policyEndpoints.proposePolicy, { ...asked, ...settings })
    for (const [part, title] of [
      ['policy_change', '季度调整'],
      ['welcome_change', '季度调整'],
      ['role_changes', '陈晨：内容编辑'],
    ] as const) {
      const rows = [{ title, by: 'compliance_officer', dueAt: new Date(morning.getTime() + 3 * day).toISOString() }]
      expect(await partOf(second, part)).toMatchObject({ outcome: 'read', count: 1, days: 3, rows })
      expect(await partOf(first, part)).toMatchObject({ outcome: 'read', count: 0 })
    }
    const local = { roles: ['system_admin'], wecomUserId: 'local:root', wecomUserKey: 'local:root' }
    const stand = { cookie: await server.signIn(await buildRep(server, local), 'console') }
    expect(await names(stand)).not.toContain('role_changes')
    await server.owner
      .deleteFrom('personRole')
      .where('personId', '=', second.id)
      .where('role', '=', 'security_admin')
      .execute()
    expect(await partOf(stand, 'role_changes')).toMatchObject({ count: 1 })
  })

  it('[HOME-05] a manager sees contacts and unknown sends of their own territories alone', async () => {
    const [east, west] = [await buildRep(server, { name: '东区代表' }), await buildRep(server, { name: '西区代表' })]
    await server.owner.updateTable('repTerritory').set({ territory: 'west' }).where('repId', '=', west).execute()
    await buildContact(server, east, null)
    await buildContact(server, east, null)
    await buildContact(server, west, null)
    const piece = await buildPiece(server)
    const unknown = async (territory: string) => {
      const { accountId, sendId } = await addSent(server, east, piece, { outcome: null })
      await server.owner.updateTable('account').set({ territory }).where('id', '=', accountId).execute()
      const fact = { sendId, kind: 'T' as const, factId: 'T', author: 'system', at: server.deps.now() }
      await server.db
        .insertInto('fact')
        .values({ ...fact, clientAt: null, seenExternalUserId: null })
        .execute()
      return sendId
    }
    const [here, there] = [await unknown('east'), await unknown('west')]
    const manager = await buildColleague(server, 'manager')
    const contacts = await partOf(manager, 'unmatched')
    expect(contacts.rows.find(({ rowId }) => rowId === east)).toMatchObject({ title: '东区代表', count: 2 })
    expect(contacts.rows.map(({ rowId }) => rowId)).not.toContain(west)
    expect((await partOf(manager, 'unknown_sends')).rows.map(({ rowId }) => rowId)).toEqual([here])
    const officer = await buildColleague(server, 'compliance_officer')
    expect((await partOf(officer, 'unknown_sends')).rows.map(({ rowId }) => rowId).toSorted()).toEqual(
      [here, there].toSorted(),
    )
    const word = { sendId: here, kind: 'R+' as const, factId: 'R', author: east, at: server.deps.now() }
    await server.db
      .insertInto('fact')
      .values({ ...word, clientAt: null, seenExternalUserId: null })
      .execute()
    expect((await partOf(manager, 'unknown_sends')).count).toBe(0)
  })

  it('[HOME-06] what did not arrive, what the vault keeps back and what stands still waits for whoever mends it', async () => {
    const admin = await buildColleague(server, 'system_admin')
    const rep = await buildRep(server, { name: '收不到的' })
    server.told.unreachable.add(`rep-${rep.toLowerCase()}`)
    const notice = {
      kind: 'consent' as const,
      toPerson: rep,
      subjectId: ulid(),
      path: '/sidebar',
      title: '甲',
      text: '乙',
    }
    await server.db.transaction().execute((trx) => addNotices(trx, server.deps.newId, server.deps.now(), [notice]))
    await deliverOutbox(server.deps)
    expect(await partOf(admin, 'notices')).toMatchObject({
      count: 1,
      rows: [{ title: '医生的同意和撤回', by: '收不到的' }],
    })
    expect((await partOf(admin, 'checks')).outcome).toBe('read')
    await buildQuarantined(server)
    const officer = await buildColleague(server, 'compliance_officer')
    expect((await partOf(officer, 'vault_quarantine')).count).toBeGreaterThan(0)
  })

  it('[HOME-07] one part that cannot be read says so, and the others stand', async () => {
    const officer = await buildColleague(server, 'compliance_officer')
    await server.owner.schema.alterTable('hcpRequest').renameTo('hcpRequestAway').execute()
    try {
      const found = (await open(officer)) as { parts: HomePartFound[] }
      const failed = found.parts.filter(({ outcome }) => outcome === 'failed').map(({ part }) => part)
      expect(failed).toEqual(['requests'])
      expect(found.parts.length).toBeGreaterThan(8)
    } finally {
      await server.owner.schema.alterTable('hcpRequestAway').renameTo('hcpRequest').execute()
    }
  })

  it('[HOME-08] asks a known number of statements, however much waits, and leaves no look on record', async () => {
    const roles = ['author', 'medical', 'legal', 'compliance', 'compliance_officer', 'manager', 'system_admin']
    const { id: personId } = await buildColleague(server, ...roles)
    let statements = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => ((statements += 1), node),
      transformResult: async ({ result }) => result,
    }
    const deps = { ...server.deps, db: server.db.withPlugin(counting) }
    const me = { personId, roles } as unknown as Session // nothing else of it is looked at
    const count = async () => {
      await loadHome(deps, me) // the checks of this minute are known from then on
      statements = 0
      await loadHome(deps, me)
      return statements
    }
    const before = await count()
    const trail = async () =>
      server.db
        .selectFrom('auditEntry')
        .select((eb) => eb.fn.countAll<number>().as('entries'))
        .executeTakeFirst()
    const entries = await trail()
    const rep = await buildRep(server)
    for (let nth = 0; nth < 30; nth += 1) await buildContact(server, rep, null)
    for (let nth = 0; nth < 12; nth += 1) await buildSafetyReport(server)
    expect(await count()).toBe(before)
    expect(before).toBeLessThanOrEqual(30)
    expect(await trail()).toEqual(entries)
  })

  it('[HOME-09] shows figures to whoever may see them', async () => {
    expect(await open(office.medical)).toMatchObject({ numbers: null, numbersFailed: false })
    const officer = await buildColleague(server, 'compliance_officer')
    expect(await open(officer)).toMatchObject({ numbers: { untilDay: '2026-05-13', refused: 0 }, numbersFailed: false })
  })
})
