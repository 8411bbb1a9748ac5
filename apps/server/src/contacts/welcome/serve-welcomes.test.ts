import type { RelationChange } from '@vouch/wecom'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep, giveConsent } from '../../../test/builders.ts'
import { startTestServer, type TestServer } from '../../../test/test-server.ts'
import { AppError } from '../../errors.ts'
import { sha256 } from '../../secrets.ts'
import { createCallbackJournal } from '../receive-callback-event.ts'
import { serveWelcomesNow as serveWelcomes } from '../../welcome-job.ts'
import { settleCallbackEvents } from '../settle-callback-events.ts'

let server: TestServer
let invitation: string
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  await server.db.insertInto('company').values({ id: 1, name: '示例药业', nameEn: 'Example Pharma' }).execute()
  invitation = await buildPiece(server, { class: 'consent', kind: 'article', product: '', ways: 'news' })
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.told.welcomes.length = 0
  server.told.down = false
  await ask(2)
})

const ask = (disclaimerMode: 0 | 1 | 2) => server.owner.updateTable('policy').set({ disclaimerMode }).execute()
const later = (ms: number): void => void (server.clock.at = new Date(server.clock.at.getTime() + ms))

/** A doctor nobody knows has scanned this rep's code; WeCom shows the relation and tells of it. */
async function buildScan(given: { repId?: string; externalUserId?: string; scanState?: string; shown?: boolean } = {}) {
  const repId = given.repId ?? (await buildRep(server))
  const { wecomUserId } = await server.db
    .selectFrom('person')
    .select('wecomUserId')
    .where('id', '=', repId)
    .executeTakeFirstOrThrow()
  const externalUserId = given.externalUserId ?? `wm${crypto.randomUUID().replaceAll('-', '')}`
  const show = () =>
    server.told.contacts.set(externalUserId, { nickname: '清泉', followers: [{ userId: wecomUserId, remark: '' }] })
  if (given.shown !== false) show()
  const scanState = given.scanState ?? ''
  const tell = (code: string, changeType: RelationChange = 'add_external_contact') =>
    createCallbackJournal(server.deps)(`${changeType} ${code}`, {
      ...{ event: 'change_external_contact', changeType, userId: wecomUserId, externalUserId },
      ...{ state: scanState, welcomeCode: code, source: '', failReason: '', occurredAt: server.deps.now() },
    })
  const welcome = (code: string) =>
    server.db.selectFrom('welcome').selectAll().where('codeHash', '=', sha256(code)).executeTakeFirstOrThrow()
  const sends = () =>
    server.db.selectFrom('send').selectAll().where('externalUserId', '=', externalUserId).orderBy('id').execute()
  return { repId, externalUserId, tell, show, welcome, sends }
}
const newCode = () => `code-${crypto.randomUUID()}`
const said = () => server.told.welcomes

describe('the welcome', () => {
  test('asks whoever has just scanned, as an ordinary send of the invitation, and says exactly what is kept', async () => {
    const { repId, externalUserId, tell, welcome, sends } = await buildScan()
    const code = newCode()
    await tell(code)
    await serveWelcomes(server.deps)
    expect(said()).toHaveLength(1)
    const [{ text, card }] = said() as [(typeof server.told.welcomes)[number]]
    expect(text).toContain('示例药业的医药代表王磊')
    expect(card?.link).toMatch(/^http:\/\/vouch\.test\/l\/[\w-]{48}$/)
    const row = await welcome(code)
    expect(row).toMatchObject({ life: 'sent', asksConsent: 1, wording: text, repId, externalUserId })
    const [send, ...others] = await sends()
    expect(others).toEqual([])
    expect(send).toMatchObject({ id: row.sendId, accountId: null, contentItemId: invitation, outcome: 'authorised' })
    expect(send).toMatchObject({ class: 'consent', kind: 'news', repId })
    const facts = await server.db
      .selectFrom('fact')
      .select('kind')
      .where('sendId', '=', send!.id)
      .orderBy('kind')
      .execute()
    expect(facts.map(({ kind }) => kind)).toEqual(['A', 'H', 'K'])
    const audit = await server.db
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', externalUserId)
      .orderBy('id')
      .execute()
    expect(audit.map(({ event }) => event)).toEqual(['contact.followed', 'welcome.sent'])
  })

  test('is said at night as well, because it is the doctor who has just scanned', async () => {
    const day = server.clock.at
    server.clock.at = new Date('2026-05-13T15:30:00.000Z') // 23:30 in Shanghai
    const { tell, sends } = await buildScan()
    await tell(newCode())
    await serveWelcomes(server.deps)
    expect(said()[0]?.card).not.toBeNull()
    expect(await sends()).toMatchObject([{ outcome: 'authorised' }])
    server.clock.at = day
  })

  test.each([0, 1] as const)(
    'is text alone where the company does not ask whoever is added (mode %i)',
    async (mode) => {
      await ask(mode)
      const { tell, welcome, sends } = await buildScan()
      const code = newCode()
      await tell(code)
      await serveWelcomes(server.deps)
      expect(said()).toMatchObject([{ code, card: null }])
      expect(await welcome(code)).toMatchObject({ life: 'sent', asksConsent: 0, sendId: null })
      expect(await sends()).toEqual([])
    },
  )

  test('is one, though ten look at the same time and WeCom told four times', async () => {
    const { tell, sends, welcome } = await buildScan()
    const code = newCode()
    await Promise.all([1, 2, 3, 4].map(() => tell(code)))
    await Promise.all(Array.from({ length: 10 }, () => serveWelcomes(server.deps)))
    expect(said()).toHaveLength(1)
    expect(await sends()).toHaveLength(1)
    expect(await welcome(code)).toMatchObject({ life: 'sent', attempts: 1 })
  })

  test('that comes too late is not sent, and is recorded', async () => {
    const { tell, welcome, externalUserId } = await buildScan()
    const code = newCode()
    await tell(code)
    later(20_001)
    await serveWelcomes(server.deps)
    expect(said()).toEqual([])
    expect(await welcome(code)).toMatchObject({ life: 'late', settledAt: server.deps.now() })
    const audit = await server.db
      .selectFrom('auditEntry')
      .select('detail')
      .where('subjectId', '=', externalUserId)
      .where('event', '=', 'welcome.not_sent')
      .execute()
    expect(audit).toHaveLength(1)
    await serveWelcomes(server.deps)
    expect((await welcome(code)).attempts).toBe(1)
  })

  test('waits for the relation to show, and goes without the question when it does not', async () => {
    const slow = await buildScan({ shown: false })
    const code = newCode()
    await slow.tell(code)
    await serveWelcomes(server.deps)
    expect(said()).toEqual([])
    slow.show()
    later(1_000)
    await serveWelcomes(server.deps)
    expect(said()).toMatchObject([{ code, card: expect.objectContaining({ title: '研究摘要' }) }])

    const never = await buildScan({ shown: false })
    const other = newCode()
    await never.tell(other)
    for (let seconds = 0; seconds < 12; seconds += 1) {
      await serveWelcomes(server.deps)
      later(1_000)
    }
    expect(said()[1]).toMatchObject({ code: other, card: null })
    expect(await never.sends()).toEqual([])
  })

  test('to half a relation asks nothing: nobody may be sent anything in one', async () => {
    const { tell, welcome } = await buildScan({ shown: false })
    const code = newCode()
    await tell(code, 'add_half_external_contact')
    await serveWelcomes(server.deps)
    expect(said()).toMatchObject([{ code, card: null }])
    expect(await welcome(code)).toMatchObject({ life: 'sent', asksConsent: 0 })
  })

  test('that WeCom did not answer about is tried again, and never said twice', async () => {
    const { tell, welcome } = await buildScan()
    const code = newCode()
    const { sendWelcome } = server.deps.wecom
    let lost = 1
    server.deps.wecom.sendWelcome = async (asked) => {
      const outcome = await sendWelcome(asked)
      if (lost-- > 0) throw new AppError('wecom_unavailable') // it was said, and the answer never came
      return outcome
    }
    await tell(code)
    await serveWelcomes(server.deps)
    expect(await welcome(code)).toMatchObject({ life: 'sending' })
    later(1_500)
    await serveWelcomes(server.deps)
    server.deps.wecom.sendWelcome = sendWelcome
    expect(said()).toHaveLength(1)
    expect(await welcome(code)).toMatchObject({ life: 'unknown', attempts: 2 })
  })

  test.each([
    ['already', { outcome: 'already' }],
    ['expired', { outcome: 'expired' }],
    ['refused', { outcome: 'refused', errcode: 41053 }],
  ] as const)('that WeCom does not take (%s) fails its send, which can then be repeated', async (life, outcome) => {
    const { tell, welcome } = await buildScan()
    const code = newCode()
    const { sendWelcome } = server.deps.wecom
    server.deps.wecom.sendWelcome = async () => outcome
    await tell(code)
    await serveWelcomes(server.deps)
    server.deps.wecom.sendWelcome = sendWelcome
    const row = await welcome(code)
    expect(row).toMatchObject({ life, errcode: 'errcode' in outcome ? 41053 : null })
    const fact = await server.db
      .selectFrom('fact')
      .select(['kind', 'code'])
      .where('sendId', '=', row.sendId ?? '')
      .where('kind', 'in', ['K', 'F'])
      .execute()
    expect(fact).toEqual([{ kind: 'F', code: expect.stringContaining(life) }])
  })

  test('waits while another app of the company is at it', async () => {
    const { tell, welcome } = await buildScan()
    const code = newCode()
    const { sendWelcome } = server.deps.wecom
    let busy = 1
    server.deps.wecom.sendWelcome = async (asked) => (busy-- > 0 ? { outcome: 'elsewhere' } : sendWelcome(asked))
    await tell(code)
    await serveWelcomes(server.deps)
    expect(await welcome(code)).toMatchObject({ life: 'sending', triedAt: null })
    later(600)
    await serveWelcomes(server.deps)
    server.deps.wecom.sendWelcome = sendWelcome
    expect(await welcome(code)).toMatchObject({ life: 'sent', attempts: 2 })
  })

  test('asks nobody who has agreed already, and nobody again who said no', async () => {
    const repId = await buildRep(server)
    for (const [statement, asked] of [
      ['opted_in', 'not at all'],
      ['declined', 'refused'],
    ] as const) {
      const accountId = await buildAccount(server)
      const externalUserId = await buildContact(server, repId, accountId)
      await giveConsent(server, accountId, statement)
      const { tell, sends, welcome } = await buildScan({ repId, externalUserId })
      const code = newCode()
      await tell(code)
      await serveWelcomes(server.deps)
      expect(said().at(-1)).toMatchObject({ code, card: null })
      expect((await sends()).map(({ outcome }) => outcome)).toEqual(asked === 'refused' ? ['refused'] : [])
      expect(await welcome(code)).toMatchObject({ life: 'sent', asksConsent: 0 })
    }
  })

  test('comes again to a doctor who deleted the rep and adds them anew, not twice for one tap', async () => {
    const { tell, externalUserId, show } = await buildScan()
    await tell(newCode())
    await serveWelcomes(server.deps)
    await tell(newCode(), 'msg_audit_approved')
    await serveWelcomes(server.deps)
    expect(said()).toHaveLength(1)
    server.told.contacts.delete(externalUserId)
    await tell('', 'del_follow_user')
    await settleCallbackEvents(server.deps)
    later(61_000)
    show()
    await tell(newCode())
    await serveWelcomes(server.deps)
    expect(said()).toHaveLength(2)
  })

  test('of a rep who left, or whom nobody knows, is not sent', async () => {
    const repId = await buildRep(server, { status: 'left' })
    const { tell, welcome } = await buildScan({ repId })
    const code = newCode()
    await tell(code)
    await serveWelcomes(server.deps)
    expect(said()).toEqual([])
    expect(await welcome(code)).toMatchObject({ life: 'no_rep' })
  })

  test.each(['teststate', '<script>', '中文'.repeat(10), '01ARZ3NDEKTSV4RRFFQ69G5FAV', "' or 1=1 --"])(
    'takes whatever a foreign code carries (%s) for what it is: none of ours',
    async (scanState) => {
      const { tell, welcome } = await buildScan({ scanState })
      const code = newCode()
      await tell(code)
      await serveWelcomes(server.deps)
      expect(await welcome(code)).toMatchObject({ life: 'sent', contactCodeId: null })
    },
  )
})
