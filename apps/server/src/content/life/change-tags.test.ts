import { bulkEndpoints, contentEndpoints, repEndpoints, type AskedInput } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary, buildPiece } from '../../../test/builders.ts'
import { buildColleague, buildDraft, buildOffice, eventsOf, type Colleague, type Office } from '../../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { isSealed, statementColumns } from '../../statement.ts'
import { indexPieces } from '../search/index-pieces.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => server.stop())

type Asked = AskedInput<typeof bulkEndpoints.changeTags>
const change = (who: Colleague, contentItemId: string, asked: Omit<Asked, 'contentItemId'>) =>
  call(server, who.cookie, bulkEndpoints.changeTags, { contentItemId, ...asked })
const read = (id: string) =>
  server.db
    .selectFrom('contentItem')
    .select([...statementColumns, 'contentItem.tags', 'contentItem.revision'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

describe('tags of a version', () => {
  it('change after approval too: what was signed still stands, and reps find it by its tags of now', async () => {
    const { cookie, contentItemId, externalUserId } = await buildOrdinary(server)
    const found = async (query: string): Promise<boolean> => {
      const { body } = await call(server, cookie, repEndpoints.listPieces, { externalUserId, query })
      return body.pieces.some((piece: { contentItemId: string }) => piece.contentItemId === contentItemId)
    }
    expect(await found('脑转移')).toBe(false)
    const done = await change(office.author, contentItemId, { add: ['脑转移', ' 一线 '] })
    expect(done).toMatchObject({ status: 200, body: { outcome: 'done', revision: 1 } })
    expect(await found('脑转移')).toBe(true)
    await indexPieces(server.deps)
    expect([await found('naozhuanyi'), await found('一线')]).toEqual([true, true])
    await change(office.author, contentItemId, { add: ['老年患者'], remove: ['脑转移'] })
    expect(await found('脑转移')).toBe(false)
    await indexPieces(server.deps) // a job, a second later
    expect([await found('脑转移'), await found('老年患者')]).toEqual([false, true])
    const row = await read(contentItemId)
    expect([row.tags, isSealed(row)]).toEqual(['一线\n老年患者', true])
    const entries = await server.db
      .selectFrom('auditEntry')
      .select(['event', 'actorId', 'detail'])
      .where('subjectId', '=', contentItemId)
      .orderBy('id')
      .execute()
    expect(entries.map(({ event, actorId }) => [event, actorId])).toEqual([
      ['content.tags_changed', office.author.id],
      ['content.tags_changed', office.author.id],
    ])
    const detail = entries[1]!.detail as unknown
    expect(typeof detail === 'string' ? JSON.parse(detail) : detail).toMatchObject({
      ...{ before: { tags: '脑转移\n一线' }, after: { tags: '一线\n老年患者' } },
    })
  })

  it('changed again the same way are left alone, by ten at once as well', async () => {
    const id = await buildPiece(server, { tags: '旧' })
    await Promise.all(Array.from({ length: 10 }, () => change(office.author, id, { add: ['新'], remove: ['旧'] })))
    expect((await read(id)).tags).toBe('新')
    expect(await eventsOf(server, id)).toEqual(['content.tags_changed'])
  })

  it('of a draft make whoever has it open look again', async () => {
    const draft = await buildDraft(server, office.author)
    const { body } = await change(await buildColleague(server, 'author'), draft.contentItemId, { add: ['新'] })
    expect(body.revision).toBe(draft.revision + 1)
    const late = await call(server, office.author.cookie, contentEndpoints.editDraft, { ...draft, tags: ['旧'] })
    expect(late).toMatchObject({ status: 409, body: { error: 'stale_revision' } })
  })

  it('hide nothing, are not too long, and are changed by authors; who is refused is on record', async () => {
    const id = await buildPiece(server, { tags: '药'.repeat(39) })
    const refused = async (who: Colleague, add: string[]) => (await change(who, id, { add })).body.refusals
    expect(await refused(office.author, ['肿\u202e瘤'])).toEqual([{ reason: 'tags_not_fit', about: 'hidden_signs' }])
    const many = Array.from({ length: 10 }, (_, nth) => `${'药'.repeat(38)}${nth}`)
    expect(await refused(office.author, many)).toEqual([{ reason: 'tags_not_fit', about: 'too_long' }])
    expect(await refused(office.medical, ['肿瘤'])).toEqual([{ reason: 'wrong_role' }])
    for (const add of [['a,b'], ['a\nb'], [''], ['药'.repeat(41)]])
      expect((await change(office.author, id, { add })).status).toBe(400)
    expect((await change(await buildColleague(server, 'auditor'), id, { add: ['肿瘤'] })).status).toBe(403)
    expect(await eventsOf(server, id)).toEqual(Array.from({ length: 3 }, () => 'content.step_refused'))
    const { contentItemId, revision } = await buildDraft(server, office.author)
    const edited = await call(server, office.author.cookie, contentEndpoints.editDraft, {
      ...{ contentItemId, revision, tags: ['肿\u200b瘤'] },
    })
    expect(edited).toMatchObject({ status: 400, body: { error: 'bad_request', field: 'tags' } })
  })

  it('are offered from what is in use, with how many of those chosen have each', async () => {
    const [one, other] = [await buildPiece(server, { tags: '甲\n乙' }), await buildPiece(server, { tags: '甲' })]
    const none = await buildPiece(server)
    const ask = (contentItemIds: string[]) =>
      call(server, office.legal.cookie, bulkEndpoints.findTags, { contentItemIds })
    expect((await ask([one, other, none])).body).toMatchObject({
      held: [
        { tag: '甲', pieces: 2 },
        { tag: '乙', pieces: 1 },
      ],
      known: expect.arrayContaining(['甲', '乙']),
    })
    expect((await ask([none])).body.held).toEqual([])
  })
})
