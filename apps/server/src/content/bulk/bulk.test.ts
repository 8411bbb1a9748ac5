import { randomUUID } from 'node:crypto'
import { bulkEndpoints, contentEndpoints, repEndpoints, searchEndpoints, type AskedInput } from '@vouch/contract'
import { ulid } from 'ulid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildOrdinary, buildPiece } from '../../../test/builders.ts'
import { buildColleague, buildDraft, buildOffice, eventsOf, type Colleague, type Office } from '../../../test/office.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'
import type { Deps } from '../../deps.ts'
import { runBulks } from './run-bulks.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  office = await buildOffice(server)
})

type Asked = AskedInput<typeof bulkEndpoints.startBulk>
const start = (who: Colleague, act: Asked['act'], contentItemIds: string[], more: Partial<Asked> = {}) =>
  call(server, who.cookie, bulkEndpoints.startBulk, {
    ...{ requestId: randomUUID(), act, contentItemIds, reason: act === 'withdraw' ? '安全性信息更新' : '', ...more },
  })
const look = async (who: Colleague, bulkId: string) =>
  (await call(server, who.cookie, bulkEndpoints.lookAtBulk, { bulkId })).body
const outcomes = async (who: Colleague, bulkId: string): Promise<string[]> =>
  (await look(who, bulkId)).rows.map((row: { outcome: string }) => row.outcome)
const stateOf = async (contentItemId: string): Promise<string> =>
  (await server.db.selectFrom('contentItem').select('state').where('id', '=', contentItemId).executeTakeFirstOrThrow())
    .state
const pieces = (count: number) => Promise.all(Array.from({ length: count }, () => buildPiece(server)))
/** Falls at the nth statement and does nothing after it. */
function stoppingAt(deps: Deps, at: number) {
  let step = 0
  const db = deps.db.withPlugin({
    transformQuery: ({ node }) => {
      step += 1
      if (step >= at) throw new Error('stopped')
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { deps: { ...deps, db }, wentOn: () => step < at }
}
const takeRole = ({ id }: Colleague) => server.owner.deleteFrom('personRole').where('personId', '=', id).execute()

describe('many pieces at once', () => {
  it('are withdrawn each as one would be, and each that is not says why', async () => {
    const [first, second] = await pieces(2)
    const gone = await buildPiece(server, { state: 'superseded', title: '旧版' })
    const { bulkId } = (await start(office.compliance, 'withdraw', [first!, gone, second!])).body
    expect(await look(office.compliance, bulkId)).toMatchObject({ stage: 'running', act: 'withdraw' })
    await runBulks(server.deps)
    await runBulks(server.deps)
    const looked = await look(office.compliance, bulkId)
    expect(looked).toMatchObject({ stage: 'done', reason: '安全性信息更新' })
    expect(looked.rows).toMatchObject([
      { contentItemId: first, outcome: 'done', refusals: [], problem: '' },
      { title: '旧版', outcome: 'refused', refusals: [{ reason: 'wrong_state', about: 'superseded' }] },
      { contentItemId: second, outcome: 'done' },
    ])
    expect([await stateOf(first!), await stateOf(gone)]).toEqual(['withdrawn', 'superseded'])
    expect(await eventsOf(server, first!)).toEqual(['content.withdrawn'])
    expect(await eventsOf(server, gone)).toEqual(['content.step_refused'])
    const entry = server.db.selectFrom('auditEntry').select(['actorId', 'reason']).where('subjectId', '=', first!)
    expect(await entry.executeTakeFirst()).toEqual({ actorId: office.compliance.id, reason: '安全性信息更新' })
    expect(await eventsOf(server, bulkId)).toEqual(['bulk.asked'])
  })

  it('are submitted as they stood when it was begun; one that was written on since is left', async () => {
    const [fit, changed] = [await buildDraft(server, office.author), await buildDraft(server, office.author)]
    const unfit = await buildDraft(server, office.author, {}, { expiresAt: null })
    const foreign = await buildDraft(server, await buildColleague(server, 'author'))
    const ids = [fit, changed, unfit, foreign].map((one) => one.contentItemId)
    const { bulkId } = (await start(office.author, 'submit', ids, { reason: 'no reason is asked for' })).body
    await call(server, office.author.cookie, contentEndpoints.editDraft, { ...changed, title: '改过的' })
    await runBulks(server.deps)
    const { rows, reason } = await look(office.author, bulkId)
    expect(rows).toMatchObject([
      { outcome: 'done' },
      { outcome: 'failed', problem: 'stale_revision', refusals: [] },
      { outcome: 'refused', refusals: [{ reason: 'no_expiry' }] },
      { outcome: 'refused', refusals: [{ reason: 'not_owner' }] },
    ])
    expect(reason).toBe('')
    expect(await Promise.all(ids.map(stateOf))).toEqual(['in_review', 'draft', 'draft', 'draft'])
  })

  it('are begun once by one request, and another act or other pieces are no repetition', async () => {
    const [one, other] = await pieces(2)
    const requestId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => start(office.compliance, 'withdraw', [one!, one!], { requestId })),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.bulkId}`)).size).toBe(1)
    const [{ body }] = answers as [(typeof answers)[number]]
    expect(await outcomes(office.compliance, body.bulkId)).toEqual(['waiting'])
    for (const given of [{ contentItemIds: [other!] }, { act: 'submit' as const }, { reason: '别的' }]) {
      const answer = await start(office.compliance, 'withdraw', [one!], { requestId, ...given })
      expect(answer).toMatchObject({ status: 409, body: { error: 'request_id_reused' } })
    }
    expect(await eventsOf(server, body.bulkId)).toEqual(['bulk.asked'])
  })

  it('need a reason to be withdrawn, are pieces there are, and no more than two hundred', async () => {
    const [one] = await pieces(1)
    const begin = async (ids: string[], reason = '更新') =>
      (await start(office.compliance, 'withdraw', ids, { reason })).body
    expect(await begin([one!], ' ')).toMatchObject({ error: 'bad_request', field: 'reason' })
    expect(await begin([one!, ulid()])).toMatchObject({ error: 'content_not_found' })
    expect(await begin(Array.from({ length: 201 }, () => ulid()))).toMatchObject({ error: 'bad_request' })
    expect(await begin([])).toMatchObject({ error: 'bad_request', field: 'contentItemIds' })
  })

  it('are done once each by ten jobs at a time, and a refusal is on record once', async () => {
    const good = await pieces(4)
    const ended = await buildPiece(server, { state: 'superseded' })
    const { bulkId } = (await start(office.compliance, 'withdraw', [...good, ended])).body
    await Promise.all(Array.from({ length: 10 }, () => runBulks(server.deps)))
    await runBulks(server.deps)
    expect(await outcomes(office.compliance, bulkId)).toEqual([...good.map(() => 'done'), 'refused'])
    for (const id of good) expect(await eventsOf(server, id)).toEqual(['content.withdrawn'])
    expect(await eventsOf(server, ended)).toEqual(['content.step_refused'])
  })

  it('go on with the others when one fails, and wait when the database is busy', async () => {
    const [broken, whole] = await pieces(2)
    const { bulkId } = (await start(office.compliance, 'withdraw', [broken!, whole!])).body
    const faults = [Object.assign(new Error('lost'), { code: 'ECONNRESET' }), new Error('a fault of ours')]
    const newId = () => {
      const fault = faults.shift()
      if (fault) throw fault
      return server.deps.newId()
    }
    await runBulks({ ...server.deps, newId })
    expect(await outcomes(office.compliance, bulkId)).toEqual(['waiting', 'waiting'])
    await runBulks({ ...server.deps, newId })
    expect((await look(office.compliance, bulkId)).rows).toMatchObject([
      { outcome: 'failed', problem: 'internal' },
      { outcome: 'done' },
    ])
    expect([await stateOf(broken!), await eventsOf(server, broken!)]).toEqual(['approved', []])
  })
})

describe('who does it', () => {
  it('is asked again for each piece: with the role the right is gone', async () => {
    const [mine, any] = [await buildPiece(server, { ownerId: office.author.id }), (await pieces(1))[0]!]
    const asAuthor = (await start(office.author, 'withdraw', [mine])).body.bulkId
    const asCompliance = (await start(office.compliance, 'withdraw', [any])).body.bulkId
    await takeRole(office.author)
    await takeRole(office.compliance)
    await runBulks(server.deps)
    const rows = await server.db
      .selectFrom('bulkActRow')
      .select(['outcome', 'refusals'])
      .where('bulkId', 'in', [asAuthor, asCompliance])
      .execute()
    expect(rows).toEqual(rows.map(() => ({ outcome: 'refused', refusals: '[{"reason":"wrong_role"}]' })))
    expect([await stateOf(mine), await stateOf(any)]).toEqual(['approved', 'approved'])
    expect([...(await eventsOf(server, mine)), ...(await eventsOf(server, any))]).toEqual([
      ...['content.step_refused', 'content.step_refused'],
    ])
  })

  it('may have left meanwhile; an auditor writes nothing however much is theirs', async () => {
    const [mine, any] = [await buildPiece(server, { ownerId: office.author.id }), (await pieces(1))[0]!]
    const bulks = [
      (await start(office.author, 'withdraw', [mine])).body.bulkId,
      (await start(office.compliance, 'withdraw', [any])).body.bulkId,
    ]
    await server.owner
      .updateTable('personRole')
      .set({ role: 'auditor' })
      .where('personId', '=', office.author.id)
      .execute()
    await server.owner.updateTable('person').set({ status: 'left' }).where('id', '=', office.compliance.id).execute()
    await runBulks(server.deps)
    const rows = await server.db.selectFrom('bulkActRow').select('outcome').where('bulkId', 'in', bulks).execute()
    expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
    expect([await stateOf(mine), await stateOf(any)]).toEqual(['approved', 'approved'])
  })

  it('alone looks at it and stops it', async () => {
    const { bulkId } = (await start(office.compliance, 'withdraw', await pieces(1))).body
    for (const endpoint of [bulkEndpoints.lookAtBulk, bulkEndpoints.stopBulk]) {
      const answer = await call(server, office.officer.cookie, endpoint, { bulkId })
      expect(answer).toMatchObject({ status: 404, body: { error: 'not_found' } })
    }
  })
})

describe('the list', () => {
  it('offers for each version what whoever looks may do with many', async () => {
    const draft = (await buildDraft(server, office.author)).contentItemId
    const mine = await buildPiece(server, { ownerId: office.author.id })
    const ended = await buildPiece(server, { ownerId: office.author.id, state: 'withdrawn' })
    const offered = async (who: Colleague) => {
      const { rows } = (await call(server, who.cookie, searchEndpoints.listContent, {})).body
      return [draft, mine, ended].map(
        (id) => rows.find((row: { contentItemId: string }) => row.contentItemId === id).may,
      )
    }
    expect(await offered(office.author)).toEqual([['submit', 'tag'], ['withdraw', 'tag'], ['tag']])
    expect(await offered(await buildColleague(server, 'author'))).toEqual([['tag'], ['tag'], ['tag']])
    expect(await offered(office.legal)).toEqual([[], ['withdraw'], []])
    expect(await offered(await buildColleague(server, 'auditor'))).toEqual([[], [], []])
  })
})

describe('stopped', () => {
  const stop = (who: Colleague, bulkId: string) => call(server, who.cookie, bulkEndpoints.stopBulk, { bulkId })

  it('what is not begun stays undone for good, and what is done stays done', async () => {
    const [done, undone] = await pieces(2)
    const { bulkId } = (await start(office.compliance, 'withdraw', [done!, undone!])).body
    const lost = Object.assign(new Error('lost'), { code: 'ECONNRESET' })
    const forget = () => {
      throw lost
    }
    await runBulks({ ...server.deps, shelf: { ...server.deps.shelf, forget } }) // gives way after the first piece
    expect(await outcomes(office.compliance, bulkId)).toEqual(['done', 'waiting'])
    expect((await stop(office.compliance, bulkId)).status).toBe(200)
    await runBulks(server.deps)
    expect(await look(office.compliance, bulkId)).toMatchObject({ stage: 'stopped' })
    expect(await outcomes(office.compliance, bulkId)).toEqual(['done', 'waiting'])
    expect([await stateOf(done!), await stateOf(undone!)]).toEqual(['withdrawn', 'approved'])
    await stop(office.compliance, bulkId)
    expect(await eventsOf(server, bulkId)).toEqual(['bulk.asked', 'bulk.stopped'])
  })

  it('when all is done it stays done', async () => {
    const { bulkId } = (await start(office.compliance, 'withdraw', await pieces(1))).body
    await runBulks(server.deps)
    expect((await stop(office.compliance, bulkId)).status).toBe(200)
    expect(await look(office.compliance, bulkId)).toMatchObject({ stage: 'done' })
  })
})

describe('tags of many pieces', () => {
  const tagsOf = async (id: string): Promise<string> =>
    (await server.db.selectFrom('contentItem').select('tags').where('id', '=', id).executeTakeFirstOrThrow()).tags
  const takeBack = (who: Colleague, bulkId: string) =>
    call(server, who.cookie, bulkEndpoints.takeBackBulk, { requestId: randomUUID(), bulkId })
  const run = async (ids: string[], more: Partial<Asked>): Promise<string> => {
    const { bulkId } = (await start(office.author, 'tag', ids, more)).body
    await runBulks(server.deps)
    return bulkId
  }

  it('are added and taken away, each by the act there is for one', async () => {
    const [old, both, draft] = [
      await buildPiece(server, { tags: '旧\n别的' }),
      await buildPiece(server, { tags: '新' }),
      (await buildDraft(server, office.author, {}, { tags: [] })).contentItemId,
    ]
    const bulkId = await run([old, both, draft], { add: ['新'], remove: ['旧'] })
    expect(await look(office.author, bulkId)).toMatchObject({
      ...{ act: 'tag', stage: 'done', add: ['新'], remove: ['旧'], undoes: null },
      rows: [
        { outcome: 'done', tags: { before: ['旧', '别的'], after: ['别的', '新'] } },
        { outcome: 'done', tags: null },
        { outcome: 'done', tags: { before: [], after: ['新'] } },
      ],
    })
    expect(await Promise.all([old, both, draft].map(tagsOf))).toEqual(['别的\n新', '新', '新'])
    expect([await eventsOf(server, old), await eventsOf(server, both)]).toEqual([['content.tags_changed'], []])
  })

  it('are taken back where they still are what was left, and that can be taken back as well', async () => {
    const ids = [await buildPiece(server, { tags: '旧' }), await buildPiece(server, { tags: '旧\n新' })]
    const [had, moved] = [await buildPiece(server, { tags: '新' }), await buildPiece(server)]
    const bulkId = await run([...ids, had, moved], { add: ['新'], remove: ['旧'] })
    await call(server, office.author.cookie, bulkEndpoints.changeTags, { contentItemId: moved, add: ['后来'] })
    const back = (await takeBack(office.author, bulkId)).body.bulkId
    await runBulks(server.deps)
    const undone = await look(office.author, back)
    expect(undone).toMatchObject({ act: 'tag', undoes: bulkId, stage: 'done' })
    expect(undone.rows.map((row: { outcome: string }) => row.outcome)).toEqual(['done', 'done', 'refused'])
    expect(undone.rows[2]).toMatchObject({ contentItemId: moved, refusals: [{ reason: 'tags_changed' }] })
    const now = () => Promise.all([...ids, had, moved].map(tagsOf))
    expect(await now()).toEqual(['旧', '新\n旧', '新', '新\n后来'])
    await takeBack(office.author, back)
    await runBulks(server.deps)
    expect(await now()).toEqual(['新', '新', '新', '新\n后来'])
  })

  it('are taken back by whoever changed them, once it is over and something was changed', async () => {
    const id = await buildPiece(server, { tags: '新' })
    const { bulkId } = (await start(office.author, 'tag', [id], { add: ['又'] })).body
    expect(await takeBack(office.author, bulkId)).toMatchObject({ status: 400, body: { field: 'bulkId' } })
    await runBulks(server.deps)
    expect(await takeBack(office.compliance, bulkId)).toMatchObject({ status: 404 })
    const same = await run([id], { add: ['新'] })
    expect(await takeBack(office.author, same)).toMatchObject({ status: 400, body: { field: 'bulkId' } })
  })

  it('are some, and none is added and taken away; another change is no repetition', async () => {
    const id = await buildPiece(server)
    const requestId = randomUUID()
    const begin = async (more: Partial<Asked>) => (await start(office.author, 'tag', [id], { requestId, ...more })).body
    expect(await begin({})).toMatchObject({ error: 'bad_request', field: 'add' })
    expect(await begin({ add: [' '] })).toMatchObject({ error: 'bad_request', field: 'add' })
    expect(await begin({ add: ['甲'], remove: ['乙', '甲'] })).toMatchObject({ error: 'bad_request', field: 'remove' })
    const { bulkId } = await begin({ add: ['甲'] })
    expect(await begin({ add: ['甲', '甲'] })).toEqual({ bulkId })
    expect(await begin({ add: ['乙'] })).toMatchObject({ error: 'request_id_reused' })
  })

  it('are refused piece by piece to those who may not', async () => {
    const id = await buildPiece(server, { tags: '旧' })
    const { bulkId } = (await start(office.compliance, 'tag', [id], { add: ['新'] })).body
    await runBulks(server.deps)
    expect((await look(office.compliance, bulkId)).rows).toMatchObject([
      { outcome: 'refused', refusals: [{ reason: 'wrong_role' }], tags: null },
    ])
    expect([await tagsOf(id), await eventsOf(server, id)]).toEqual(['旧', ['content.step_refused']])
  })

  it('are changed once wherever a process is stopped, and taken back once', async () => {
    let stops = 0
    for (let at = 1; ; at += 7) {
      const id = await buildPiece(server, { tags: '旧' })
      const { bulkId } = (await start(office.author, 'tag', [id], { add: ['新'], remove: ['旧'] })).body
      const stopping = stoppingAt(server.deps, at)
      await runBulks(stopping.deps).catch((fault: Error) => expect(fault.message).toBe('stopped'))
      await runBulks(server.deps)
      expect([await tagsOf(id), await eventsOf(server, id)]).toEqual(['新', ['content.tags_changed']])
      await takeBack(office.author, bulkId)
      const undoing = stoppingAt(server.deps, at)
      await runBulks(undoing.deps).catch((fault: Error) => expect(fault.message).toBe('stopped'))
      await runBulks(server.deps)
      expect(await tagsOf(id), `stopped at ${at}`).toBe('旧')
      expect(await eventsOf(server, id)).toHaveLength(2)
      if (stopping.wentOn() && undoing.wentOn()) break
      stops = at
    }
    expect(stops).toBeGreaterThan(10)
  })
})

describe('what withdrawing many would reach', () => {
  const effect = (who: Colleague, contentItemIds: string[]) =>
    call(server, who.cookie, bulkEndpoints.effectOfBulk, { contentItemIds })

  it('is summed, with each rep and each doctor once, and is on record', async () => {
    const one = await buildOrdinary(server)
    const [first, second] = [
      await buildPiece(server, { ways: 'news,text' }),
      await buildPiece(server, { ways: 'news,text' }),
    ]
    const ended = await buildPiece(server, { state: 'superseded' })
    const send = async (contentItemId: string, kind: 'news' | 'text') => {
      const { externalUserId } = one
      const answer = await call(server, one.cookie, repEndpoints.authoriseSend, {
        ...{ requestId: randomUUID(), externalUserId, contentItemId, kind, entry: 'single_chat_tools', again: true },
      })
      expect(answer.body.outcome).toBe('authorised')
    }
    await send(first, 'news')
    await send(first, 'text')
    await send(second, 'news')
    const { body } = await effect(office.compliance, [first, second, ended])
    expect(body).toMatchObject({ pieces: 2, reps: 1, doctors: 1, liveLinks: 2, filesOut: 0, textsOut: 1, inFlight: 3 })
    expect(body.repsToTell).toBeGreaterThanOrEqual(1)
    expect(await eventsOf(server, second)).toEqual(['content.effect_viewed'])
    expect(await eventsOf(server, ended)).toEqual([])
  })

  it('is shown for pieces that one may withdraw alone', async () => {
    const [mine, other] = [await buildPiece(server, { ownerId: office.author.id }), await buildPiece(server)]
    expect((await effect(office.author, [mine])).body).toMatchObject({ pieces: 1 })
    expect(await effect(office.author, [mine, other])).toMatchObject({ status: 403, body: { error: 'wrong_role' } })
    expect((await effect(office.compliance, [ulid()])).body).toMatchObject({ error: 'content_not_found' })
  })
})

describe('a process that is stopped while it goes on', () => {
  it('at any statement is followed by one that ends it: every piece once', async () => {
    let stops = 0
    for (let at = 1; ; at += 3) {
      const draft = await buildDraft(server, office.author)
      const [piece, ended] = [
        await buildPiece(server, { ownerId: office.author.id }),
        await buildPiece(server, { ownerId: office.author.id, state: 'superseded' }),
      ]
      const submitted = (await start(office.author, 'submit', [draft.contentItemId])).body.bulkId
      const withdrawn = (await start(office.author, 'withdraw', [piece, ended])).body.bulkId
      const stopping = stoppingAt(server.deps, at)
      await runBulks(stopping.deps).catch((fault: Error) => expect(fault.message).toBe('stopped'))
      await runBulks(server.deps)
      expect(await outcomes(office.author, submitted), `stopped at ${at}`).toEqual(['done'])
      expect(await outcomes(office.author, withdrawn), `stopped at ${at}`).toEqual(['done', 'refused'])
      expect(await eventsOf(server, draft.contentItemId)).toEqual([
        ...['content.drafted', 'content.edited', 'content.submitted'],
      ])
      expect(await eventsOf(server, piece)).toEqual(['content.withdrawn'])
      expect(await eventsOf(server, ended)).toEqual(['content.step_refused'])
      if (stopping.wentOn()) break
      stops = at
    }
    expect(stops).toBeGreaterThan(30)
  })
})
