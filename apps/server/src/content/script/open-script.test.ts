import { repEndpoints } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  buildAccount,
  buildCompany,
  buildContact,
  buildOrdinary,
  buildPiece,
  buildRep,
  changePiece,
  giveConsent,
} from '../../../test/builders.ts'
import { call, morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { statementColumns, statementHash } from '../../statement.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(() => void (server.clock.at = morning))

const { openScript, authoriseSend, recordFact, listPieces } = repEndpoints
const day = 86_400_000
type Told = Awaited<ReturnType<typeof call>>['body']
type Ordinary = Awaited<ReturnType<typeof buildOrdinary>>

/** A signed script of these documents. */
async function buildScript(documentIds: readonly string[], given: Parameters<typeof buildPiece>[1] = {}) {
  const contentItemId = await buildPiece(server, {
    ...{ kind: 'script', title: '初次拜访三步', ways: '', fileHash: null, approvedHash: null, pageCount: 0 },
    ...given,
  })
  const rows = documentIds.map((documentId, nth) => ({ contentItemId, position: nth + 1, documentId }))
  await server.db.insertInto('scriptPiece').values(rows).execute()
  await changePiece(server, contentItemId, { kind: 'script' })
  return contentItemId
}

async function buildDocument(given: Parameters<typeof buildPiece>[1] = {}) {
  const documentId = given?.documentId ?? ulid()
  return { documentId, contentItemId: await buildPiece(server, { documentId, ...given }) }
}

const open = (who: Pick<Ordinary, 'cookie'>, externalUserId: string | null, contentItemId: string) =>
  call(server, who.cookie, openScript, { externalUserId, contentItemId })
const standings = (body: Told) => body.steps.map((step: { standing: string }) => step.standing)
const reasons = (body: Told) =>
  body.steps.map((step: { piece: { refusals: { reason: string }[] } }) =>
    step.piece.refusals.map(({ reason }) => reason),
  )

async function send(who: Ordinary, contentItemId: string, kinds: ('H' | 'K' | 'C' | 'F')[], again = false) {
  const { externalUserId, cookie } = who
  const asked = { requestId: crypto.randomUUID(), externalUserId, contentItemId, again }
  const { body } = await call(server, cookie, authoriseSend, { ...asked, kind: 'news', entry: 'single_chat_tools' })
  for (const kind of kinds) {
    const { sendId, ticket, digest } = body
    const clientAt = morning.toISOString()
    await call(server, cookie, recordFact, { sendId, ticket, digest, factId: crypto.randomUUID(), kind, clientAt })
  }
  return body
}

describe('a script', () => {
  it('comes with its pieces in their order, each decided, and with what the cap has left', async () => {
    const who = await buildOrdinary(server)
    const [first, second] = [await buildDocument({ title: '第一份' }), await buildDocument({ title: '第二份' })]
    const phrase = await buildDocument({ kind: 'phrase', ways: 'text', title: '开场白', body: '{doctor}您好' })
    const script = await buildScript([phrase.documentId, second.documentId, first.documentId])
    const { status, body } = await open(who, who.externalUserId, script)
    expect(status).toBe(200)
    expect(body.script).toMatchObject({
      title: '初次拜访三步',
      kind: 'script',
      steps: { sent: 0, of: 3 },
      refusals: [],
    })
    expect(body.steps).toMatchObject([
      { position: 1, piece: { title: '开场白', sendAs: 'text', text: '张伟您好', refusals: [] } },
      { position: 2, piece: { title: '第二份', sendAs: 'news', refusals: [] } },
      { position: 3, piece: { title: '第一份', refusals: [] } },
    ])
    expect(standings(body)).toEqual(['to_send', 'to_send', 'to_send'])
    expect(body.cap).toEqual({ needed: 3, left: 4 })
  })

  it('stands in the list with how far it went, and is found as its own kind', async () => {
    const who = await buildOrdinary(server)
    const pieces = [await buildDocument(), await buildDocument()]
    const script = await buildScript(pieces.map(({ documentId }) => documentId))
    await send(who, pieces[1]!.contentItemId, ['H', 'K'])
    const asked = { externalUserId: who.externalUserId, view: 'all' as const, kind: 'script' as const }
    const { body } = await call(server, who.cookie, listPieces, asked)
    const row = body.pieces.find((piece: { contentItemId: string }) => piece.contentItemId === script)
    expect(row).toMatchObject({ kind: 'script', steps: { sent: 1, of: 2 }, refusals: [] })
  })

  it('goes on where it stopped, whichever way each send ended', async () => {
    const who = await buildOrdinary(server)
    const pieces = [await buildDocument(), await buildDocument(), await buildDocument()]
    const script = await buildScript(pieces.map(({ documentId }) => documentId))
    const [first, second, third] = pieces.map(({ contentItemId }) => contentItemId) as [string, string, string]
    const sent = await send(who, first, ['H', 'K'])
    await send(who, second, ['H', 'C'])
    const open3 = await send(who, third, ['H'])
    const { body } = await open(who, who.externalUserId, script)
    expect(standings(body)).toEqual(['sent', 'to_send', 'unknown'])
    expect(body.steps[0]).toMatchObject({ sendId: sent.sendId, at: morning.toISOString() })
    expect(body.steps[2]).toMatchObject({ sendId: open3.sendId })
    expect(body.cap).toEqual({ needed: 1, left: 2 })
    server.clock.at = new Date(morning.getTime() + 20 * day)
    await server.owner.updateTable('person').set({ employmentProvedAt: server.clock.at }).execute()
    await server.owner.updateTable('contactFollow').set({ provedAt: server.clock.at }).execute()
    const later = { cookie: await server.signIn(who.repId) }
    expect(standings((await open(later, who.externalUserId, script)).body)).toEqual(['to_send', 'to_send', 'to_send'])
  })

  it('knows what a colleague sent, without handing out their send', async () => {
    const who = await buildOrdinary(server)
    const colleague = await buildRep(server)
    await buildContact(server, colleague, who.accountId, { externalUserId: who.externalUserId })
    const { documentId, contentItemId } = await buildDocument()
    const script = await buildScript([documentId])
    await send({ ...who, cookie: await server.signIn(colleague) }, contentItemId, ['H'])
    const { body } = await open(who, who.externalUserId, script)
    expect(body.steps).toMatchObject([{ standing: 'unknown', sendId: null, at: morning.toISOString() }])
  })

  it('says before the first tap that the cap ends in the middle', async () => {
    const who = await buildOrdinary(server)
    for (let nth = 0; nth < 3; nth += 1) await send(who, (await buildDocument()).contentItemId, ['H', 'K'])
    const pieces = [await buildDocument(), await buildDocument({ expiresAt: morning }), await buildDocument()]
    const { body } = await open(who, who.externalUserId, await buildScript(pieces.map((one) => one.documentId)))
    expect(body.cap).toEqual({ needed: 2, left: 1 })
    expect(reasons(body)).toEqual([[], ['content_expired'], []])
    await send(who, pieces[0]!.contentItemId, ['H', 'K'])
    const after = await open(who, who.externalUserId, body.script.contentItemId)
    expect(after.body).toMatchObject({ cap: { needed: 1, left: 0 }, script: { refusals: [{ reason: 'cap_reached' }] } })
    expect(reasons(after.body)[2]).toEqual(['cap_reached'])
  })

  it('takes each piece in the version that would go now', async () => {
    const who = await buildOrdinary(server)
    const documentId = ulid()
    await buildPiece(server, { documentId, version: 1, state: 'superseded' })
    const now = await buildPiece(server, { documentId, version: 2, title: '现行' })
    await buildPiece(server, { documentId, version: 3, effectiveAt: new Date(morning.getTime() + day) })
    const gone = await buildDocument({ state: 'withdrawn', endedAt: morning })
    const { body } = await open(who, who.externalUserId, await buildScript([documentId, gone.documentId]))
    expect(body.steps[0].piece).toMatchObject({ contentItemId: now, version: 2, refusals: [] })
    expect(reasons(body)[1]).toContain('content_withdrawn')
  })

  it('tells nothing about a piece outside the rep’s reach', async () => {
    const who = await buildOrdinary(server)
    const other = await buildDocument({ product: 'OTHER', title: '别的产品' })
    const answer = await open(who, who.externalUserId, await buildScript([other.documentId]))
    expect(answer.body.steps).toEqual([{ position: 1, piece: null, standing: 'to_send', sendId: null, at: null }])
    expect(JSON.stringify(answer.body)).not.toContain('别的产品')
  })

  it('whose order somebody changed past its signatures may not be sent', async () => {
    const who = await buildOrdinary(server)
    const [one, other] = [await buildDocument(), await buildDocument()]
    const script = await buildScript([one.documentId, other.documentId])
    await server.owner
      .updateTable('scriptPiece')
      .set({ documentId: other.documentId })
      .where('contentItemId', '=', script)
      .where('position', '=', 1)
      .execute()
    const { body } = await open(who, who.externalUserId, script)
    expect(body.script.refusals).toMatchObject([{ reason: 'content_changed' }])
  })

  it('that is withdrawn says why, whatever its pieces may do', async () => {
    const who = await buildOrdinary(server)
    const { documentId } = await buildDocument()
    const script = await buildScript([documentId], {
      withdrawnReason: '次序不妥',
      state: 'withdrawn',
      endedAt: morning,
    })
    const { body } = await open(who, who.externalUserId, script)
    expect(body).toMatchObject({ withdrawnReason: '次序不妥', script: { refusals: [{ reason: 'content_withdrawn' }] } })
  })

  it('is itself never sent', async () => {
    const who = await buildOrdinary(server)
    const { documentId } = await buildDocument()
    const script = await buildScript([documentId], { ways: 'news' })
    expect((await send(who, script, [])).outcome).toBe('refused')
  })

  it('decides nothing without a contact, and nothing is there for a stranger', async () => {
    const who = await buildOrdinary(server)
    const { documentId, contentItemId } = await buildDocument()
    const script = await buildScript([documentId])
    const { body } = await open(who, null, script)
    expect(body).toMatchObject({ script: { refusals: null }, steps: [{ piece: { refusals: null } }], cap: null })
    expect((await open(who, 'wmSomebodyElse', script)).body.error).toBe('contact_not_found')
    expect((await open(who, null, contentItemId)).body.error).toBe('content_not_found')
    const draft = await buildScript([documentId], { state: 'draft' })
    expect((await open(who, null, draft)).body.error).toBe('content_not_found')
  })

  it('has a file made ready before it is tapped', async () => {
    const who = await buildOrdinary(server)
    const fileHash = 'f'.repeat(64)
    const { documentId } = await buildDocument({ ways: 'file', fileHash, approvedHash: fileHash })
    const script = await buildScript([documentId])
    expect(reasons((await open(who, who.externalUserId, script)).body)).toEqual([['media_not_ready']])
    const wanted = server.db.selectFrom('media').select('kind').where('fileHash', '=', fileHash)
    expect(await wanted.execute()).toEqual([{ kind: 'file' }])
    await server.db
      .updateTable('media')
      .set({ mediaId: 'media-1', expiresAt: new Date(morning.getTime() + day) })
      .where('fileHash', '=', fileHash)
      .execute()
    expect(reasons((await open(who, who.externalUserId, script)).body)).toEqual([[]])
  })

  it('without consent is blocked as a whole', async () => {
    const repId = await buildRep(server)
    const accountId = await buildAccount(server)
    const externalUserId = await buildContact(server, repId, accountId)
    const { documentId } = await buildDocument()
    const script = await buildScript([documentId])
    const who = { cookie: await server.signIn(repId) }
    expect((await open(who, externalUserId, script)).body).toMatchObject({
      ...{ script: { refusals: [{ reason: 'not_opted_in' }] }, cap: { needed: 0, left: 4 } },
    })
    await giveConsent(server, accountId)
    expect((await open(who, externalUserId, script)).body).toMatchObject({
      script: { refusals: [] },
      cap: { needed: 1 },
    })
  })
})

it('a built script is sealed as an approved one is', async () => {
  const { documentId } = await buildDocument()
  const script = await buildScript([documentId])
  const row = await server.db
    .selectFrom('contentItem')
    .select(statementColumns)
    .where('id', '=', script)
    .executeTakeFirstOrThrow()
  expect(row.scriptPieces).toBe(documentId)
  expect(row.signedHash).toBe(statementHash(row))
})
