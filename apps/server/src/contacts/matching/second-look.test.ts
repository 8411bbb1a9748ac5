import { randomUUID } from 'node:crypto'
import {
  matchingEndpoints as matching,
  matchOfficeEndpoints as office,
  repEndpoints,
  type MatchRow,
} from '@vouch/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep, giveConsent } from '../../../test/builders.ts'
import { buildColleague, type Colleague } from '../../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { deliverOutbox } from '../../outbox/deliver-outbox.ts'

let server: TestServer
let officer: Colleague
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  server.clock.at = morning
  await server.owner.updateTable('policy').set({ matchReview: 'weak' }).execute()
  await server.owner.updateTable('contactMatch').set({ life: 'ended', liveFor: null }).execute() // of the tests before
  officer = await buildColleague(server, 'compliance_officer')
})

let doctors = 0
/** A rep, a contact with that remark, and a doctor who agreed to receive. */
async function meet(remarkOf: (name: string) => string = () => '') {
  const name = `冯${String.fromCodePoint(0x4e00 + (doctors += 1))}`
  const accountId = await buildAccount(server, { name, nameSearch: name })
  await giveConsent(server, accountId)
  const repId = await buildRep(server)
  const externalUserId = await buildContact(server, repId, null)
  await server.owner
    .updateTable('contactFollow')
    .set({ remark: remarkOf(name) })
    .where('externalUserId', '=', externalUserId)
    .execute()
  return { name, accountId, repId, externalUserId, cookie: await server.signIn(repId) }
}
type Met = Awaited<ReturnType<typeof meet>>

const say = ({ cookie, externalUserId, accountId }: Met) =>
  call(server, cookie, matching.matchContact, { requestId: randomUUID(), externalUserId, accountId })
const list = async (who = officer, show: 'waiting' | 'settled' = 'waiting') =>
  (await call(server, who.cookie, office.listMatches, { show })).body as { rows: MatchRow[]; next: string | null }
const waitingOf = async ({ name }: Met, who = officer) =>
  (await list(who)).rows.find((row) => row.doctor.name === name)!
const settle = (who: Colleague, matchId: string, decision: 'confirm' | 'decline', reason = '') =>
  call(server, who.cookie, office.settleMatch, { matchId, decision, reason })
const openChat = async ({ cookie, externalUserId }: Met) =>
  (await call(server, cookie, repEndpoints.openChat, { externalUserId, entry: 'single_chat_tools' })).body
async function send({ cookie, externalUserId }: Met) {
  const contentItemId = await buildPiece(server)
  const asked = { requestId: randomUUID(), externalUserId, contentItemId, kind: 'news' as const }
  return (await call(server, cookie, repEndpoints.authoriseSend, { ...asked, entry: 'single_chat_tools' })).body
}

describe('where the policy asks for a second look', () => {
  it('[MAT-80] a clear match counts at once, an unclear one waits, and nothing is sent meanwhile', async () => {
    const clear = await meet((name) => name)
    expect((await say(clear)).body.outcome).toBe('in_force')
    const met = await meet()
    expect((await say(met)).body.outcome).toBe('waiting')
    expect((await say(met)).body.outcome).toBe('waiting')
    expect(await send(met)).toMatchObject({ outcome: 'refused', refusals: [{ reason: 'match_not_reviewed' }] })
    const { contact, pieces } = await openChat(met)
    expect(contact).toMatchObject({
      ...{ state: 'unmatched', candidates: [], declined: null },
      waiting: { account: { name: met.name }, mine: true, by: '王磊' },
    })
    expect(pieces[0].refusals).toContainEqual({ reason: 'match_not_reviewed' })
  })

  it('[MAT-81] always, a clear one waits as well; a candidate says so beforehand', async () => {
    await server.owner.updateTable('policy').set({ matchReview: 'always' }).execute()
    const met = await meet((name) => name)
    expect((await openChat(met)).contact.candidates[0]).toMatchObject({ accountId: met.accountId, secondLook: true })
    expect((await say(met)).body.outcome).toBe('waiting')
  })

  it('[MAT-82] a yes puts it in force, and the rep is told by an app message', async () => {
    const met = await meet()
    await say(met)
    const waiting = await waitingOf(met)
    expect(waiting).toMatchObject({
      strong: false,
      reasons: ['hospital', 'own_territory'],
      rep: '王磊',
      maySettle: true,
    })
    server.clock.at = new Date(morning.getTime() + 60_000)
    expect((await settle(officer, waiting.matchId, 'confirm')).body).toEqual({ outcome: 'confirmed' })
    expect((await settle(officer, waiting.matchId, 'confirm')).body).toEqual({ outcome: 'confirmed' })
    expect((await openChat(met)).contact).toMatchObject({ state: 'matched', account: { name: met.name } })
    expect((await send(met)).outcome).toBe('authorised')
    await deliverOutbox(server.deps)
    const told = server.told.messages.filter(({ title }) => title.includes(met.name))
    expect(told).toMatchObject([{ url: 'http://vouch.test/sidebar' }])
    expect(told[0]!.text).toMatch(/可以查同意和发送[^]*You can send now/)
  })

  it('[MAT-83] a no needs a reason, leaves the contact with nobody, and the rep reads why', async () => {
    const met = await meet()
    await say(met)
    const { matchId } = await waitingOf(met)
    expect((await settle(officer, matchId, 'decline')).body).toEqual({
      outcome: 'refused',
      refusals: ['reason_missing'],
    })
    expect((await settle(officer, matchId, 'decline', '昵称是另一位')).body).toEqual({ outcome: 'declined' })
    expect((await openChat(met)).contact).toMatchObject({
      ...{ state: 'unmatched', waiting: null },
      declined: { account: { name: met.name }, reason: '昵称是另一位' },
    })
    expect(await send(met)).toMatchObject({ refusals: [{ reason: 'account_not_matched' }] })
    const settled = (await list(officer, 'settled')).rows.find((row) => row.matchId === matchId)
    expect(settled).toMatchObject({ life: 'declined', reason: '昵称是另一位' })
  })

  it('[MAT-84] nobody looks at their own choice', async () => {
    const met = await meet()
    await server.owner
      .insertInto('personRole')
      .values({ personId: met.repId, role: 'compliance', until: null })
      .execute()
    await say(met)
    const self = { ...officer, id: met.repId, cookie: await server.signIn(met.repId, 'console') }
    const { matchId, maySettle } = await waitingOf(met, self)
    expect(maySettle).toBe(false)
    expect((await settle(self, matchId, 'confirm')).body).toEqual({ outcome: 'refused', refusals: ['own_match'] })
    expect((await openChat(met)).contact.state).toBe('unmatched')
  })

  it('[MAT-85] ten looks at once, half yes and half no, come to one end', async () => {
    const met = await meet()
    await say(met)
    const { matchId } = await waitingOf(met)
    const people = await Promise.all(Array.from({ length: 10 }, () => buildColleague(server, 'compliance')))
    const answers = await Promise.all(
      people.map((who, nth) => settle(who, matchId, nth % 2 ? 'confirm' : 'decline', '看过')),
    )
    const outcomes = answers.map(({ body }) => body.outcome)
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(9)
    const told = await server.owner
      .selectFrom('outbox')
      .select('id')
      .where('kind', '=', 'match')
      .where('subjectId', '=', matchId)
      .execute()
    expect(told).toHaveLength(1)
    const events = await server.owner
      .selectFrom('auditEntry')
      .select('event')
      .where('subjectId', '=', met.externalUserId)
      .where('event', 'in', ['contact.matched', 'contact.match_declined'])
      .execute()
    expect(events).toHaveLength(1)
  })

  it('[MAT-86] taken back by the rep it is over, and can no longer be agreed to', async () => {
    const met = await meet()
    await say(met)
    const { matchId } = await waitingOf(met)
    const { cookie, externalUserId } = met
    const ended = await call(server, cookie, matching.endMatch, {
      ...{ requestId: randomUUID(), externalUserId, reason: '选错了' },
    })
    expect(ended.body.outcome).toBe('taken_back')
    expect((await settle(officer, matchId, 'confirm')).body).toEqual({ outcome: 'refused', refusals: ['settled'] })
    expect((await openChat(met)).contact).toMatchObject({ state: 'unmatched', waiting: null })
  })

  it('[MAT-87] a doctor who is gone, or a contact nobody has any more, is not agreed to', async () => {
    const met = await meet()
    await say(met)
    const { matchId } = await waitingOf(met)
    await server.owner.updateTable('account').set({ active: 0 }).where('id', '=', met.accountId).execute()
    await server.owner
      .updateTable('contactFollow')
      .set({ following: 0 })
      .where('externalUserId', '=', met.externalUserId)
      .execute()
    expect((await settle(officer, matchId, 'confirm')).body).toEqual({
      ...{ outcome: 'refused', refusals: ['account_inactive', 'nobody_follows'] },
    })
  })

  it('[MAT-88] a colleague sees whose choice waits and cannot choose another meanwhile', async () => {
    const met = await meet()
    const repId = await buildRep(server, { name: '李娜' })
    await buildContact(server, repId, null, { externalUserId: met.externalUserId })
    await say(met)
    const colleague = { ...met, repId, cookie: await server.signIn(repId) }
    expect((await openChat(colleague)).contact.waiting).toMatchObject({ mine: false, by: '王磊' })
    const accountId = await buildAccount(server)
    expect((await say({ ...colleague, accountId })).body.error).toBe('already_matched')
  })

  it('[MAT-89] is listed with its namesakes, oldest first, page after page, and looking is on record', async () => {
    const met = await meet()
    const twin = await buildAccount(server, { name: met.name, department: '胸外科' })
    const many: Met[] = [met]
    for (let nth = 0; nth < 24; nth += 1) many.push(await meet())
    for (const one of many) await say(one)
    const first = await list()
    expect(first.rows).toHaveLength(20)
    expect(first.rows[0]).toMatchObject({
      ...{ doctor: { accountId: met.accountId }, contact: { nickname: '张伟 仁和', member: false } },
      namesakes: [{ accountId: twin, department: '胸外科' }],
    })
    const { body } = await call(server, officer.cookie, office.listMatches, { cursor: first.next })
    const ids = [...first.rows, ...(body.rows as MatchRow[])].map((row) => row.doctor.accountId)
    expect(ids).toEqual(many.map((one) => one.accountId))
    const looks = await server.owner
      .selectFrom('auditEntry')
      .select('id')
      .where('event', '=', 'matches.viewed')
      .where('actorId', '=', officer.id)
      .execute()
    expect(looks).toHaveLength(2)
  })

  it('[MAT-90] is for compliance to decide, for auditors to see, and for nobody else', async () => {
    const met = await meet()
    await say(met)
    const { matchId } = await waitingOf(met)
    const auditor = await buildColleague(server, 'auditor')
    expect((await waitingOf(met, auditor)).maySettle).toBe(false)
    for (const role of ['auditor', 'author', 'system_admin'])
      expect((await settle(await buildColleague(server, role), matchId, 'confirm')).body.error).toBe('wrong_role')
    const author = await buildColleague(server, 'author')
    expect((await call(server, author.cookie, office.listMatches, {})).body.error).toBe('wrong_role')
  })

  it('[MAT-91] reviewers are called once a day, whatever is chosen', async () => {
    for (const one of [await meet(), await meet()]) await say(one)
    const calls = await server.owner
      .selectFrom('outbox')
      .select('id')
      .where('kind', '=', 'match_review')
      .where('toPerson', '=', officer.id)
      .execute()
    expect(calls).toHaveLength(1)
  })
})
