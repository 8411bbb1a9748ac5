import { reachesRep } from '@vouch/rules'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece } from '../../../test/builders.ts'
import { morning, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { transact } from '../../db/database.ts'
import type { ContentItemTable } from '../../db/tables/content.ts'
import type { Scope } from '../queries.ts'
import { reaches, type Condition } from '../reach-conditions.ts'
import { searchList } from '../search-list.ts'
import { writePostings } from '../write-postings.ts'
import { indexPieces } from './index-pieces.ts'
import { rebuildIndex } from './rebuild-index.ts'
import { searchPieces } from './search-pieces.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

type Given = Partial<Pick<ContentItemTable, 'id' | 'body'>> & { [field: string]: unknown; pages?: string[] }

/** A piece as its author leaves it: announced to the search, not yet indexed. */
async function write({ pages = [], ...given }: Given): Promise<string> {
  const id = await buildPiece(server, given)
  const rows = pages.map((text, index) => ({
    ...{ contentItemId: id, number: index + 1, width: 1, height: 1, placeholder: '', text },
  }))
  if (rows.length > 0) await server.db.insertInto('contentPage').values(rows).execute()
  await transact(server.db, (trx) => writePostings(trx, morning, id))
  return id
}

const anything: Condition = (row) => row.and([])
const everything = { facts: [], allowed: anything }
const find = (query: string, cursor: string | null = null, limit = 20) =>
  searchPieces(server.db, { ...everything, query, cursor, limit })
const ids = async (query: string) => (await find(query)).found.map(({ contentItemId }) => contentItemId)
const titlesOf = async (query: string) => {
  const found = await ids(query)
  const rows = await server.db.selectFrom('contentItem').select(['id', 'title']).execute()
  return found.map((id) => rows.find((row) => row.id === id)!.title)
}

beforeEach(async () => {
  for (const table of ['contentItem', 'contentPage', 'searchPlace', 'searchBlock', 'searchDue', 'searchIndex'] as const)
    await server.owner.deleteFrom(table).execute()
})

describe('a piece is found', () => {
  const piece = {
    title: '晚期非小细胞肺癌一线联合化疗研究',
    shortTitle: 'KEY-301 摘要',
    approvalNumber: 'CN-2026-0417',
    aliases: '三零一',
    tags: '免疫治疗\n脑转移',
    pages: ['前言', '患者的总生\n存期延长，接受 EGFR-TKI 治疗后进展'],
  }
  const byName = ['肺癌', '癌', '化疗 晚期', 'CN-2026-0417', '0417', 'key301', 'KEY 301', '免疫治疗', '脑转移']
  const bySound = [
    'feiai',
    'yixianlianhehualiao',
    'fxxbfa',
    'mianyi',
    'nzy',
    'shilidankang',
    'sldk',
    '示例单抗',
    'examplimab',
  ]
  const onPages = ['总生存期', 'egfr', 'EGFR-TKI', '肺癌 总生存期']
  const nearly = ['废癌一线', '非小系胞肺癌', 'lianhehualio', 'examplimap', '联合画疗']

  it.each([...byName, ...bySound])('[SRCH-01] by %s, at once and when it is indexed', async (query) => {
    const id = await write(piece)
    await write({ title: '糖尿病管理', product: '', approvalNumber: 'CN-2025-0001' })
    expect(await ids(query)).toEqual([id])
    await indexPieces(server.deps)
    expect(await ids(query)).toEqual([id])
  })

  it.each([...onPages, ...nearly])('[SRCH-02] by %s, once it is indexed', async (query) => {
    const id = await write(piece)
    await write({ title: '糖尿病管理', product: '', approvalNumber: 'CN-2025-0001' })
    await indexPieces(server.deps)
    expect(await ids(query)).toEqual([id])
  })

  it('[SRCH-03] not by what it does not say, nor by signs', async () => {
    await write(piece)
    await indexPieces(server.deps)
    for (const query of ['胃癌', 'weiai', '%', '_', "' or 1=1 --", '癌肺', 'xyz', '患者存期', 'CN-2026-0418'])
      expect(await ids(query)).toEqual([])
  })

  it('[SRCH-04] with the words marked in the title, or shown where they stand', async () => {
    await write(piece)
    await indexPieces(server.deps)
    const [named] = (await find('肺癌 化疗')).found
    expect(named).toMatchObject({
      highlights: [
        [6, 2],
        [12, 2],
      ],
      excerpt: null,
    })
    const [read] = (await find('总生存期')).found
    expect(read!.excerpt).toMatchObject({ page: 2 })
    const [[start, length]] = read!.excerpt!.highlights as [[number, number]]
    expect(read!.excerpt!.text.slice(start, start + length)).toBe('总生 存期')
  })
})

it('[SRCH-05] the better name comes first, then the newer piece, then what only its pages say', async () => {
  const titles = ['晚期肺癌指南', '肺癌', '肺癌指南', '肺癌筛查', '糖尿病']
  for (const title of titles)
    await write({ title, approvalNumber: title, pages: title === '糖尿病' ? ['合并肺癌时'] : [] })
  await indexPieces(server.deps)
  expect(await titlesOf('肺癌')).toEqual(['肺癌', '肺癌筛查', '肺癌指南', '晚期肺癌指南', '糖尿病'])
})

it('[SRCH-06] page after page shows everything exactly once, whatever comes in between', async () => {
  const wanted = new Set<string>()
  for (let nth = 0; nth < 130; nth += 1) {
    const named = nth % 3 !== 0
    wanted.add(
      await write({ title: named ? `肺癌研究 ${nth}` : `研究 ${nth}`, pages: named ? [] : ['有关肺癌的一页'] }),
    )
  }
  await indexPieces(server.deps)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { found, next } = await find('肺癌', cursor, 11)
    seen.push(...found.map(({ contentItemId }) => contentItemId))
    await write({ title: `肺癌新研究 ${seen.length}` })
    await indexPieces(server.deps)
    cursor = next
  } while (cursor !== null)
  expect(seen).toHaveLength(130)
  expect(new Set(seen)).toEqual(wanted)
  await expect(find('肺癌', 'n.1.2')).rejects.toMatchObject({ code: 'bad_request' })
})

it('[SRCH-07] a draft written again is found by its new words and no longer by its old ones', async () => {
  const id = await write({ title: '肺癌研究', state: 'draft' })
  await indexPieces(server.deps)
  await server.owner.updateTable('contentItem').set({ title: '胃癌研究' }).where('id', '=', id).execute()
  await transact(server.db, (trx) => writePostings(trx, morning, id))
  await indexPieces(server.deps)
  expect([await ids('肺癌'), await ids('胃癌')]).toEqual([[], [id]])
})

it('[SRCH-08] several instances index at once: every piece has one place', async () => {
  for (let nth = 0; nth < 30; nth += 1) await write({ title: `肺癌研究 ${nth}` })
  await Promise.all(Array.from({ length: 10 }, () => indexPieces(server.deps)))
  const { places } = await server.db
    .selectFrom('searchPlace')
    .select((row) => row.fn.countAll<number>().as('places'))
    .executeTakeFirstOrThrow()
  expect(Number(places)).toBe(30)
  expect(await server.db.selectFrom('searchDue').selectAll().execute()).toEqual([])
  expect((await find('肺癌', null, 50)).found).toHaveLength(30)
})

it('[SRCH-09] is built anew when terms change, when pieces came unannounced, and drops blocks nobody is in', async () => {
  const id = await write({ title: '肺癌研究' })
  await indexPieces(server.deps)
  const unannounced = await buildPiece(server, { title: '肺癌指南' })
  await rebuildIndex(server.deps)
  await indexPieces(server.deps)
  expect(new Set(await ids('肺癌'))).toEqual(new Set([id, unannounced]))

  await server.owner.updateTable('searchIndex').set({ gramsVersion: 0, nextPlace: 200_000 }).execute()
  await indexPieces(server.deps)
  await rebuildIndex(server.deps)
  const { lowest } = await server.db
    .selectFrom('searchBlock')
    .select((row) => row.fn.min('block').as('lowest'))
    .executeTakeFirstOrThrow()
  expect(lowest).toBe(6)
  expect(await server.db.selectFrom('searchIndex').select('firstBlock').executeTakeFirst()).toEqual({ firstBlock: 6 })
  expect(new Set(await ids('肺癌'))).toEqual(new Set([id, unannounced]))
})

describe('the same rule decides what is listed, found and sent', () => {
  const some = (values: string[]) => fc.subarray(values)
  const rep = fc.record({
    products: some(['P1', 'P2', 'P3']),
    territories: some(['east', 'west']),
    groups: some(['a', 'b']),
  })
  const content = fc.record({
    product: fc.constantFrom('', 'P1', 'P2', 'P3'),
    market: fc.constantFrom('CN', 'CN', 'HK'),
    territories: some(['east', 'west']),
    repGroups: some(['a', 'b', 'ab']),
    class: fc.constantFrom('scientific' as const, 'consent' as const),
  })

  it('[REACH-01] the condition on rows finds exactly whom the rule reaches, in 2,000 pairs', async () => {
    const pieces = fc.sample(content, 80)
    const byId = new Map<string, (typeof pieces)[number]>()
    for (const piece of pieces) {
      const { territories, repGroups, ...rest } = piece
      const given = { ...rest, territories: territories.join(','), repGroups: repGroups.join(',') }
      byId.set(await write({ title: '肺癌研究', approvalNumber: '', ...given }), piece)
    }
    const filter = { tab: 'content', view: 'all', query: '肺癌', product: '', kind: '' } as const
    const listedFor = (sampled: Pick<Scope, 'products' | 'territories' | 'groups'>) =>
      [...byId].filter(([, piece]) => piece.class !== 'consent' && reachesRep(piece, sampled, 'CN')).map(([id]) => id)
    for (const sampled of fc.sample(rep, 5)) {
      const scope = { id: 'nobody', market: 'CN', ...sampled }
      const fresh = await searchList(server.db, scope, filter, { now: morning, cursor: null })
      expect(fresh.rows).toHaveLength(Math.min(20, listedFor(sampled).length))
      expect(listedFor(sampled)).toEqual(expect.arrayContaining(fresh.rows.map(({ row }) => row.contentItemId)))
    }

    await indexPieces(server.deps)
    for (const sampled of fc.sample(rep, 25)) {
      const scope = { id: 'nobody', market: 'CN', ...sampled }
      const reached = [...byId].filter(([, piece]) => reachesRep(piece, sampled, 'CN')).map(([id]) => id)
      const rows = await server.db.selectFrom('contentItem').select('id').where(reaches(scope)).execute()
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(reached))

      const found: string[] = []
      let cursor: string | null = null
      do {
        const page = await searchList(server.db, scope, filter, { now: morning, cursor })
        found.push(...page.rows.map(({ row }) => row.contentItemId))
        cursor = page.next
      } while (cursor !== null)
      expect(found.toSorted()).toEqual(listedFor(sampled).toSorted())
    }
  })
})
