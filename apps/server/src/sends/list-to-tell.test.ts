import { repEndpoints, withdrawalEndpoints } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildAccount, buildCompany, buildContact, buildPiece, buildRep, giveConsent } from '../../test/builders.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(() => void (server.clock.at = morning))

const { openChat, authoriseSend, recordFact, listToTell } = repEndpoints
const minutes = (count: number) => new Date(morning.getTime() + count * 60_000)

async function buildDoctor(repId: string, name = '赵敏') {
  const accountId = await buildAccount(server, { name })
  const externalUserId = await buildContact(server, repId, accountId)
  await giveConsent(server, accountId)
  return { accountId, externalUserId }
}
type Doctor = Awaited<ReturnType<typeof buildDoctor>>

/** A withdrawn piece, what is sent instead, and a rep who was asked to tell so many doctors of theirs. */
async function buildRecall(howMany = 1) {
  const repId = await buildRep(server)
  const gone = await buildPiece(server, { title: '旧剂量', version: 2, state: 'withdrawn', endedAt: morning })
  const notice = await buildPiece(server, { title: '更正说明' })
  const doctors = []
  for (let nth = 0; nth < howMany; nth += 1) doctors.push(await buildDoctor(repId, `赵敏${nth}`))
  await ask(repId, gone, notice, doctors)
  return { repId, gone, notice, doctors, doctor: doctors[0]!, cookie: await server.signIn(repId) }
}

async function ask(repId: string, contentItemId: string, noticeItemId: string, doctors: Doctor[], askedAt = morning) {
  const rows = doctors.map(({ accountId }) => ({
    contentItemId,
    accountId,
    repId,
    noticeItemId,
    askedBy: 'x',
    askedAt,
  }))
  await server.db.insertInto('recallReader').values(rows).execute()
}

async function toTell(cookie: string, { externalUserId }: Doctor) {
  const { body } = await call(server, cookie, openChat, { externalUserId, entry: 'single_chat_tools' })
  return body.contact.toTell as { notice: { contentItemId: string; title: string }; standing: string; sendId: string }[]
}

async function send(cookie: string, { externalUserId }: Doctor, contentItemId: string, kinds: ('H' | 'K' | 'C')[]) {
  const asked = { requestId: crypto.randomUUID(), externalUserId, contentItemId, kind: 'news' as const }
  const { body } = await call(server, cookie, authoriseSend, { ...asked, entry: 'single_chat_tools' })
  for (const kind of kinds) {
    const { sendId, ticket, digest } = body
    const fact = { factId: crypto.randomUUID(), kind, clientAt: morning.toISOString() }
    await call(server, cookie, recordFact, { sendId, ticket, digest, ...fact })
  }
  return body.sendId as string
}

const list = (cookie: string, cursor: string | null = null) => call(server, cookie, listToTell, { cursor })

describe('a doctor who is to be told of a withdrawal', () => {
  it('is shown as such in the chat, with what to send, until it was sent', async () => {
    const { cookie, doctor, notice } = await buildRecall()
    expect(await toTell(cookie, doctor)).toEqual([
      {
        ...{ notice: { contentItemId: notice, title: '更正说明' }, withdrawn: { title: '旧剂量', version: 2 } },
        ...{ askedAt: morning.toISOString(), standing: 'to_send', sendId: null },
      },
    ])
    server.clock.at = minutes(1)
    await send(cookie, doctor, notice, ['H', 'C'])
    expect(await toTell(cookie, doctor)).toMatchObject([{ standing: 'to_send' }])
    server.clock.at = minutes(2)
    const open = await send(cookie, doctor, notice, ['H'])
    expect(await toTell(cookie, doctor)).toMatchObject([{ standing: 'unknown', sendId: open }])
    server.clock.at = minutes(3)
    await server.db
      .insertInto('fact')
      .values({ sendId: open, kind: 'K', factId: ulid(), author: 'x', at: minutes(3), clientAt: null })
      .execute()
    expect(await toTell(cookie, doctor)).toEqual([])
    expect((await list(cookie)).body).toEqual({ doctors: [], next: null })
  })

  it('is nobody’s task who was sent it before it was asked for only', async () => {
    const { cookie, repId, doctor, gone } = await buildRecall()
    const later = await buildPiece(server, { title: '第二份说明' })
    await send(cookie, doctor, later, ['H', 'K'])
    await ask(repId, gone, later, [doctor], minutes(5))
    server.clock.at = minutes(6)
    expect(await toTell(cookie, doctor)).toMatchObject([{ notice: { title: '第二份说明' }, standing: 'to_send' }])
  })

  it('is told the last notice asked for, in the version in force, and each notice once', async () => {
    const { cookie, repId, doctor, gone } = await buildRecall()
    const documentId = ulid()
    const old = await buildPiece(server, { documentId, version: 1, state: 'superseded' })
    const current = await buildPiece(server, { documentId, version: 2 })
    await ask(repId, gone, old, [doctor], minutes(1))
    const other = await buildPiece(server, { state: 'withdrawn', endedAt: morning })
    await ask(repId, other, old, [doctor], minutes(1))
    const told = await toTell(cookie, doctor)
    expect(told.map(({ notice }) => notice.contentItemId)).toEqual([current])
  })

  it('is shown to the rep who was asked, and to another one only when that one does not follow them any more', async () => {
    const { repId, doctor } = await buildRecall()
    const colleague = await buildRep(server)
    await buildContact(server, colleague, doctor.accountId, { externalUserId: doctor.externalUserId })
    const cookie = await server.signIn(colleague)
    expect(await toTell(cookie, doctor)).toEqual([])
    expect((await list(cookie)).body.doctors).toEqual([])
    await server.db.updateTable('contactFollow').set({ following: 0 }).where('repId', '=', repId).execute()
    expect(await toTell(cookie, doctor)).toHaveLength(1)
    expect((await list(cookie)).body.doctors).toMatchObject([{ externalUserId: doctor.externalUserId }])
    expect((await list(await server.signIn(repId))).body.doctors).toEqual([])
  })
})

describe('the list of those still to be told', () => {
  it('holds the rep’s own doctors with what to send, and nobody else’s', async () => {
    const { cookie, doctor, notice } = await buildRecall()
    const other = await buildRecall()
    const { body } = await list(cookie)
    expect(body.doctors).toMatchObject([
      {
        ...{ externalUserId: doctor.externalUserId, account: { name: '赵敏0', hospital: '仁和医院（示例）' } },
        ...{ notice: { contentItemId: notice }, withdrawn: { title: '旧剂量', version: 2 }, standing: 'to_send' },
      },
    ])
    expect(JSON.stringify(body)).not.toContain(other.doctor.accountId)
  })

  it('goes on by key through many, told ones left out, without a gap or a double', async () => {
    const { cookie, doctors, notice } = await buildRecall(47)
    server.clock.at = minutes(1)
    for (const doctor of doctors.slice(10, 15)) await send(cookie, doctor, notice, ['H', 'K'])
    const seen: string[] = []
    const pages: number[] = []
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const { body } = await list(cookie, cursor)
      pages.push(body.doctors.length)
      seen.push(...body.doctors.map(({ externalUserId }: { externalUserId: string }) => externalUserId))
      cursor = body.next
    }
    expect(pages).toEqual([20, 20, 2])
    const left = [...doctors.slice(0, 10), ...doctors.slice(15)].map(({ externalUserId }) => externalUserId)
    expect(seen.toSorted()).toEqual(left.toSorted())
    expect((await list(cookie, 'nonsense')).body).toMatchObject({ error: 'bad_request', field: 'cursor' })
  }, 20_000)

  it('is what the compliance officer asked for', async () => {
    const repId = await buildRep(server)
    const gone = await buildPiece(server)
    const notice = await buildPiece(server, { title: '更正说明' })
    const doctor = await buildDoctor(repId)
    const cookie = await server.signIn(repId)
    await send(cookie, doctor, gone, ['H', 'K'])
    const [{ id } = { id: '' }] = await server.db.selectFrom('send').select('id').where('repId', '=', repId).execute()
    const opened = { sendId: id, kind: 'O' as const, factId: ulid(), author: 'x', at: minutes(1), clientAt: null }
    await server.db.insertInto('fact').values(opened).execute()
    const officer = await server.signIn(await buildRep(server, { roles: ['compliance_officer'] }), 'console')
    const asked = { requestId: crypto.randomUUID(), contentItemId: gone }
    server.clock.at = minutes(2)
    await call(server, officer, withdrawalEndpoints.withdrawContent, {
      ...asked,
      reason: '剂量有误',
      successorId: notice,
    })
    const again = { ...asked, requestId: crypto.randomUUID(), noticeItemId: notice }
    const { body } = await call(server, officer, withdrawalEndpoints.tellReaders, again)
    expect(body).toMatchObject({ outcome: 'done', doctors: 1 })
    expect((await list(cookie)).body.doctors).toMatchObject([{ externalUserId: doctor.externalUserId }])
    expect(await toTell(cookie, doctor)).toMatchObject([{ notice: { contentItemId: notice } }])
  })
})
