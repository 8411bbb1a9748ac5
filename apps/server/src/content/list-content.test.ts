import { searchEndpoints, type AskedInput, type ContentRow } from '@vouch/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece } from '../../test/builders.ts'
import { buildColleague, buildDraft, buildOffice, buildSubmitted, sign, type Office } from '../../test/office.ts'
import { call, morning, startTestServer, type TestServer } from '../../test/test-server.ts'
import { transact } from '../db/database.ts'
import { indexPieces } from './search/index-pieces.ts'
import { writePostings } from './write-postings.ts'

let server: TestServer
let office: Office
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  office = await buildOffice(server)
})
afterAll(() => server.stop())

type Asked = AskedInput<typeof searchEndpoints.listContent>
const list = async (asked: Asked, who = office.author) =>
  (await call(server, who.cookie, searchEndpoints.listContent, asked)).body
const idsOf = async (asked: Asked, who = office.author): Promise<string[]> =>
  ((await list(asked, who)).rows as ContentRow[]).map((row) => row.contentItemId)

describe('the office’s list', () => {
  it('[LIST-01] holds drafts as well, found by their words at once, and shows where they stand in review', async () => {
    const { contentItemId: draft } = await buildDraft(server, office.author, { title: '血压管理手册' })
    const submitted = await buildSubmitted(server, office.author, { title: '血压随访研究' })
    expect(await idsOf({ query: '血压' })).toEqual([submitted, draft])
    expect(await idsOf({ query: 'xueya', show: 'draft' })).toEqual([draft])
    await sign(server, office.medical, submitted, {})
    const { rows } = await list({ query: '血压', show: 'in_review' })
    expect(rows).toMatchObject([
      { contentItemId: submitted, lifeState: 'in_review', signed: 1, source: 'own', held: null, highlights: [[0, 2]] },
    ])
    expect(rows[0].asked).toBeGreaterThan(1)
  })

  it('[LIST-02] shows each person what waits for them: not their own, not signed by them, not a step that is taken', async () => {
    const submitted = await buildSubmitted(server, office.author, { title: '等待签名' })
    expect(await idsOf({ show: 'for_me' }, office.medical)).toContain(submitted)
    expect(await idsOf({ show: 'for_me' }, office.author)).not.toContain(submitted)
    expect(await idsOf({ show: 'mine' }, office.author)).toContain(submitted)
    expect(await idsOf({ show: 'mine' }, office.medical)).toEqual([])
    await sign(server, office.medical, submitted, {})
    expect(await idsOf({ show: 'for_me' }, office.medical)).not.toContain(submitted)
    const second = await buildColleague(server, 'medical')
    expect(await idsOf({ show: 'for_me' }, second)).not.toContain(submitted)
  })

  it('[LIST-03] walks every version exactly once, newest first, and those that end soon with the soonest first', async () => {
    const day = 86_400_000
    const ending: string[] = []
    for (let nth = 0; nth < 45; nth += 1)
      ending.unshift(
        await buildPiece(server, { expiresAt: new Date(morning.getTime() + (29 - (nth % 29)) * day + nth) }),
      )
    const walk = async (show: 'all' | 'expiring') => {
      const seen: ContentRow[] = []
      let cursor: string | null = null
      do {
        const { rows, next }: { rows: ContentRow[]; next: string | null } = await list({ show, cursor })
        seen.push(...rows)
        cursor = next
      } while (cursor !== null)
      return seen
    }
    const all = (await walk('all')).map((row) => row.contentItemId)
    const stored = await server.db.selectFrom('contentItem').select('id').orderBy('id', 'desc').execute()
    expect(all).toEqual(stored.map((row) => row.id))
    const soon = await walk('expiring')
    expect(new Set(soon.map((row) => row.contentItemId))).toEqual(new Set(ending))
    const ends = soon.map((row) => new Date(row.expiresAt!).getTime())
    expect(ends).toEqual(ends.toSorted((one, other) => one - other))
  })

  it('[LIST-06] stands by how titles sound, written anew with each change of words', async () => {
    const titled = (title: string) => buildDraft(server, office.author, { title, product: '' })
    const zhang = await titled('张江研究')
    const beta = await titled('Beta 指南')
    const an = await titled('安全手册')
    const mine = [an, beta, zhang].map(({ contentItemId }) => contentItemId)
    const inOrder = async (order: 'title' | '-title') =>
      (await idsOf({ show: 'draft', order })).filter((id) => mine.includes(id))
    expect(await inOrder('title')).toEqual(mine)
    expect(await inOrder('-title')).toEqual(mine.toReversed())
    await server.db.updateTable('contentItem').set({ titleSound: '' }).where('id', 'in', mine).execute()
    await sql`insert ignore into search_due (content_item_id, fresh, mark, asked_at)
      select id, 1, 1, ${morning} from content_item`.execute(server.owner)
    await indexPieces(server.deps)
    expect(await inOrder('title')).toEqual(mine)
  })

  it('[LIST-04] counts what a search found by product, kind, language and state, and narrows by them', async () => {
    const video = await buildPiece(server, { title: '贫血视频', kind: 'video', product: '' })
    const others = [
      await buildPiece(server, { title: '贫血研究', state: 'withdrawn' }),
      await buildPiece(server, { title: '贫血指南', language: 'en-US' }),
    ]
    for (const id of [video, ...others]) await transact(server.db, (trx) => writePostings(trx, morning, id))
    await indexPieces(server.deps)
    const { facets } = await list({ query: '贫血' })
    const count = (field: string) =>
      Object.fromEntries(
        (facets as { field: string; value: string; count: number }[])
          .filter((facet) => facet.field === field)
          .map(({ value, count }) => [value, count]),
      )
    expect(count('kind')).toEqual({ document: 2, video: 1 })
    expect(count('product')).toEqual({ PD1: 2, '': 1 })
    expect(count('language')).toEqual({ 'zh-CN': 2, 'en-US': 1 })
    expect(count('state')).toEqual({ approved: 2, withdrawn: 1 })
    expect(await idsOf({ query: '贫血', kind: 'video' })).toEqual([video])
    expect(await idsOf({ query: '贫血', product: 'PD1', show: 'withdrawn' })).toEqual([others[0]])
  })

  it('[LIST-05] is for the office alone, and a cursor is one we wrote', async () => {
    const nobody = await buildColleague(server)
    expect((await call(server, nobody.cookie, searchEndpoints.listContent, {})).body.error).toBe('wrong_role')
    for (const asked of [{ cursor: 'n.1.2' }, { query: '血压', cursor: '1.a' }])
      expect(await call(server, office.author.cookie, searchEndpoints.listContent, asked)).toMatchObject({
        status: 400,
      })
  })
})
