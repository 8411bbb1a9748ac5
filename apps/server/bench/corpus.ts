import type { Kysely } from 'kysely'
import { ulid } from 'ulid'
import { sealed } from '../src/statement.ts'
import type { Database } from '../src/db/schema.ts'
import { pieceSearchText } from '../src/search-text.ts'
import { fill, hashOf } from './world.ts'

const day = 86_400_000
/** The 3,755 common characters of GB 2312. */
const characters = [
  ...new TextDecoder('gb18030').decode(
    Uint8Array.from(
      Array.from({ length: 40 * 94 - 5 }, (_, nth) => [0xb0 + Math.floor(nth / 94), 0xa1 + (nth % 94)]).flat(),
    ),
  ),
]

/** Invented Chinese, the same at every run: words are drawn as in a language, few of them often and most of them seldom. */
export function createWriter(seed: number) {
  let state = seed
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const common = Array.from({ length: 1_500 }, () => pick(characters))
  const vocabulary = Array.from({ length: 12_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => common[Math.floor(common.length * random() ** 2)]!).join(
      '',
    ),
  )
  const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1]!
  const text = (length: number) => {
    let written = ''
    while (written.length < length) written += random() < 0.12 ? '，' : word()
    return written
  }
  return { random, pick, word, text }
}

export type Sample = { title: string; number: string; page: string }
const pages = 4
const lettersOfPage = 120

/** Approved pieces of 25 products with their pages, oldest first; every so often one is remembered to be searched for. */
export async function fillCorpus(db: Kysely<Database>, count: number, samples: number): Promise<Sample[]> {
  const writer = createWriter(20_261_125)
  const kept: Sample[] = []
  const now = Date.now()
  for (let start = 0; start < count; start += 1_000) {
    const items = Array.from({ length: Math.min(1_000, count - start) }, (_, index) =>
      itemOf(writer, start + index, now),
    )
    const written = items.flatMap(({ id }) =>
      Array.from({ length: pages }, (_, page) => ({
        ...{ contentItemId: id, number: page + 1, width: 1, height: 1, placeholder: '' },
        text: writer.text(lettersOfPage),
      })),
    )
    await fill(db, 'contentItem', items.map(sealed))
    await fill(db, 'contentPage', written)
    for (let index = 0; index < items.length; index += Math.ceil(count / samples))
      kept.push({
        title: items[index]!.title,
        number: items[index]!.approvalNumber,
        page: written[index * pages + 2]!.text,
      })
  }
  return kept
}

function itemOf(writer: ReturnType<typeof createWriter>, index: number, now: number) {
  const at = new Date(now - 400 * day + index * 60_000)
  const title = writer.text(16).replaceAll('，', '')
  const tags = [writer.word(), writer.word()]
  const approvalNumber = `CN-2026-${String(index).padStart(5, '0')}`
  const names = { title, shortTitle: '', aliases: [], tags, approvalNumber, productNames: ['示例单抗注射液'] }
  return {
    ...{
      id: ulid(at.getTime()),
      documentId: ulid(),
      version: 1,
      kind: 'document' as const,
      class: 'scientific' as const,
    },
    ...{ product: `P${index % 25}`, market: 'CN', language: 'zh-CN', ways: 'news,file', title, approvalNumber },
    ...{
      tags: tags.join('\n'),
      searchText: pieceSearchText(names),
      cardTitle: title.slice(0, 12),
      cardDesc: '示例药业',
    },
    ...{
      cardHash: 'c'.repeat(64),
      state: 'approved' as const,
      effectiveAt: new Date(0),
      expiresAt: null,
      endedAt: null,
    },
    ...{ withdrawnReason: null, supersededBy: null, fileHash: hashOf(index), approvedHash: hashOf(index), body: '' },
    ...{ fileBytes: 100_000, pageCount: pages, publishedAt: at, createdAt: at },
    listedUntil: new Date('9999-12-31T00:00:00.000Z'),
  }
}
