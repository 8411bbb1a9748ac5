import { matchingEndpoints, repEndpoints } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildOrdinary,
  buildPiece,
  buildRep,
  giveConsent,
} from '../../test/builders.ts'
import { call, morning, type Answer, startTestServer, type TestServer } from '../../test/test-server.ts'
import { transact } from '../db/database.ts'
import { writePostings } from './write-postings.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

const open = (cookie: string, externalUserId: string, other: Record<string, unknown> = {}) =>
  call(server, cookie, repEndpoints.openChat, { externalUserId, entry: 'single_chat_tools', ...other })
const day = 86_400_000

describe('opening a chat', () => {
  it('[OPEN-01] tells who, may I and what in one read, without asking WeCom', async () => {
    const { cookie, externalUserId, contentItemId } = await buildOrdinary(server)
    const { status, body } = await open(cookie, externalUserId)
    expect(status).toBe(200)
    expect(body.contact).toMatchObject({
      state: 'matched',
      account: { name: '张伟', title: '主任医师', hospital: '仁和医院（示例）', department: '肿瘤内科' },
      consent: { state: 'opted_in', textVersion: 1 },
      cap: { used: 0, limit: 4, resetsAt: '2026-05-31T16:00:00.000Z' },
      refusals: [],
    })
    expect(body.pieces.find((piece: { contentItemId: string }) => piece.contentItemId === contentItemId)).toMatchObject(
      { refusals: [], sendAs: 'news', why: 'unread_new' },
    )
    expect(server.told.calls).toEqual([])
  })

  it('[OPEN-02] a blocked piece stays in the list with its reason; drafts and other lines are not there', async () => {
    const { cookie, externalUserId } = await buildOrdinary(server)
    const expired = await buildPiece(server, { expiresAt: morning, publishedAt: morning })
    const draft = await buildPiece(server, { state: 'draft', publishedAt: morning })
    const other = await buildPiece(server, { product: 'OTHER', publishedAt: morning })
    const { body } = await open(cookie, externalUserId)
    const ids = body.pieces.map((piece: { contentItemId: string }) => piece.contentItemId)
    expect(
      body.pieces.find((piece: { contentItemId: string }) => piece.contentItemId === expired).refusals,
    ).toMatchObject([{ reason: 'content_expired' }])
    expect(ids).not.toContain(draft)
    expect(ids).not.toContain(other)
  })

  it('[OPEN-03] without consent every piece says so, and the contact too', async () => {
    const repId = await buildRep(server)
    const accountId = await buildAccount(server)
    const externalUserId = await buildContact(server, repId, accountId)
    await buildPiece(server)
    const { body } = await open(await server.signIn(repId), externalUserId)
    expect(body.contact).toMatchObject({ consent: { state: 'never' }, refusals: [{ reason: 'not_opted_in' }] })
    expect(
      body.pieces.every((piece: { refusals: { reason: string }[] }) =>
        piece.refusals.some(({ reason }) => reason === 'not_opted_in'),
      ),
    ).toBe(true)
  })

  it('[OPEN-04] what the doctor asked for comes first, then what was never sent, then what colleagues send most', async () => {
    const { cookie, externalUserId, accountId, repId } = await buildOrdinary(server)
    const old = new Date(morning.getTime() - 200 * day)
    const asked = await buildPiece(server, { publishedAt: old, title: '要过的' })
    const used = await buildPiece(server, { publishedAt: old, title: '常用的' })
    const documents = await server.owner
      .selectFrom('contentItem')
      .select(['id', 'documentId'])
      .where('id', 'in', [asked, used])
      .execute()
    const documentOf = (id: string) => documents.find((row) => row.id === id)!.documentId
    await server.db
      .insertInto('contentAsk')
      .values({ accountId, documentId: documentOf(asked), repId, askedAt: morning })
      .execute()
    await server.db
      .insertInto('contentUse')
      .values({ specialty: 'oncology', documentId: documentOf(used), sends: 90 })
      .execute()
    const { body } = await open(cookie, externalUserId)
    const whys = body.pieces
      .filter((piece: { refusals: unknown[] }) => piece.refusals.length === 0)
      .map((piece: { why: string | null }) => piece.why)
    expect(body.pieces[0]).toMatchObject({ contentItemId: asked, why: 'asked' })
    expect(whys.indexOf('often_used')).toBeGreaterThan(whys.lastIndexOf('unread_new'))
    expect(body.pieces.filter((piece: { contentItemId: string }) => piece.contentItemId === used)).toHaveLength(1)
  })

  it('[OPEN-10] what may go now stands before what may not yet, with and without a chat', async () => {
    const { cookie, externalUserId } = await buildOrdinary(server)
    const later = await buildPiece(server, { effectiveAt: new Date(morning.getTime() + day), publishedAt: morning })
    const listed = async (body: Answer['body']) => {
      const ids = body.pieces.map((piece: { contentItemId: string }) => piece.contentItemId) as string[]
      const refused = body.pieces.map((piece: { refusals: unknown[] | null }) => Boolean(piece.refusals?.length))
      return { at: ids.indexOf(later), ids, refused: refused as boolean[] }
    }
    const chat = await listed((await open(cookie, externalUserId)).body)
    expect(chat.at).toBeGreaterThan(0)
    expect(chat.refused.toSorted()).toEqual(chat.refused)
    expect(chat.refused[chat.at]).toBe(true)
    const start = await listed((await call(server, cookie, repEndpoints.start, {})).body)
    expect(start.at).toBeGreaterThan(0)
    const newest = await open(cookie, externalUserId, { view: 'all' })
    expect((await listed(newest.body)).at).toBe(0)
  })

  it('[OPEN-05] finds by title, approval number, full pinyin and initials, taking wildcards as letters', async () => {
    const { cookie, externalUserId } = await buildOrdinary(server)
    const wanted = await buildPiece(server, { title: '不良反应管理手册', approvalNumber: 'CN-2026-0999' })
    await transact(server.db, (trx) => writePostings(trx, morning, wanted))
    const search = async (query: string) =>
      (await open(cookie, externalUserId, { query })).body.pieces.map(
        (piece: { contentItemId: string }) => piece.contentItemId,
      )
    for (const query of ['不良反应', 'buliang', 'blfy', 'CN-2026-0999', 'blfy 0999'])
      expect(await search(query)).toEqual([wanted])
    expect(await search('%')).toEqual([])
    expect(await search("' or 1=1 --")).toEqual([])
    const { body } = await open(cookie, externalUserId, { query: '管理' })
    expect(body.pieces[0].highlights).toEqual([[4, 2]])
  })

  it('[OPEN-06] an unmatched contact shows candidates and decides nothing by itself', async () => {
    const repId = await buildRep(server)
    const candidate = await buildAccount(server)
    const elsewhere = await buildAccount(server, { territory: 'west' })
    const externalUserId = await buildContact(server, repId, null)
    const cookie = await server.signIn(repId)
    const { body } = await open(cookie, externalUserId)
    expect(body.contact.state).toBe('unmatched')
    const ids = body.contact.candidates.map((account: { accountId: string }) => account.accountId)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids).not.toContain(elsewhere)
    const match = (accountId: string) =>
      call(server, cookie, matchingEndpoints.matchContact, {
        requestId: crypto.randomUUID(),
        externalUserId,
        accountId,
      })
    expect((await match(elsewhere)).body.error).toBe('account_not_found')
    const answers = await Promise.all(Array.from({ length: 10 }, () => match(candidate)))
    expect(answers.every((answer) => answer.status === 200)).toBe(true)
    expect((await match(ids.find((id: string) => id !== candidate) ?? candidate)).body.error ?? 'same').toMatch(
      /already_matched|same/,
    )
    const entries = await server.owner
      .selectFrom('auditEntry')
      .select('id')
      .where('event', '=', 'contact.matched')
      .where('subjectId', '=', externalUserId)
      .execute()
    expect(entries).toHaveLength(1)
    expect((await open(cookie, externalUserId)).body.contact.state).toBe('matched')
  })

  it('[OPEN-07] somebody else’s contact does not exist for this rep', async () => {
    const [mine, theirs] = [await buildOrdinary(server), await buildOrdinary(server)]
    expect(await open(mine.cookie, theirs.externalUserId)).toMatchObject({
      status: 404,
      body: { error: 'contact_not_found' },
    })
  })

  it('[OPEN-08] a favourite is kept and dropped, and the list of favourites holds it alone', async () => {
    const { cookie, externalUserId, contentItemId } = await buildOrdinary(server)
    const { documentId } = await server.owner
      .selectFrom('contentItem')
      .select('documentId')
      .where('id', '=', contentItemId)
      .executeTakeFirstOrThrow()
    await Promise.all(
      Array.from({ length: 10 }, () =>
        call(server, cookie, repEndpoints.setFavourite, { documentId, favourite: true }),
      ),
    )
    const favourites = async () =>
      (await open(cookie, externalUserId, { view: 'favourites' })).body.pieces.map(
        (piece: { contentItemId: string }) => piece.contentItemId,
      )
    expect(await favourites()).toEqual([contentItemId])
    await call(server, cookie, repEndpoints.setFavourite, { documentId, favourite: false })
    expect(await favourites()).toEqual([])
  })

  it('[OPEN-09] the list goes on by key through sixty pieces without a gap or a double', async () => {
    const repId = await buildRep(server)
    await server.db.insertInto('repProduct').values({ repId, product: 'LONG' }).execute()
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        buildPiece(server, { product: 'LONG', publishedAt: new Date(morning.getTime() - index * 1_000) }),
      ),
    )
    const cookie = await server.signIn(repId)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const { body }: Answer = await call(server, cookie, repEndpoints.listPieces, {
        externalUserId: null,
        product: 'LONG',
        cursor,
      })
      seen.push(...body.pieces.map((piece: { contentItemId: string }) => piece.contentItemId))
      cursor = body.next
    } while (cursor)
    expect(seen).toHaveLength(60)
    expect(new Set(seen).size).toBe(60)
  })

  it('[OPEN-10] the sheet shows ways, checks and what is left after the send', async () => {
    const { cookie, externalUserId, contentItemId } = await buildOrdinary(server)
    await buildPiece(server, { kind: 'phrase', ways: 'text', body: '{doctor}您好' })
    const { body } = await call(server, cookie, repEndpoints.preview, { externalUserId, contentItemId })
    expect(body).toMatchObject({ leftAfter: 3, card: { title: '研究摘要' }, piece: { refusals: [] } })
    expect(body.ways).toEqual([
      { kind: 'news', refusals: [] },
      { kind: 'file', refusals: [{ reason: 'media_not_ready' }] },
    ])
    expect(body.openings.map((opening: { text: string }) => opening.text)).toContain('张伟您好')
    const wanted = await server.owner
      .selectFrom('media')
      .select(['kind', 'mediaId'])
      .where('fileHash', '=', 'a'.repeat(64))
      .execute()
    expect(wanted).toEqual([{ kind: 'file', mediaId: null }])
  })

  it('[OPEN-11] a doctor who declined is shown as declined, with the date', async () => {
    const ordinary = await buildOrdinary(server)
    await giveConsent(server, ordinary.accountId, 'declined', morning)
    const { body } = await open(ordinary.cookie, ordinary.externalUserId)
    expect(body.contact.consent).toEqual({ state: 'declined', at: morning.toISOString(), textVersion: 1 })
  })
})
