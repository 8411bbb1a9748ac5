import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece } from '../test/builders.ts'
import { startTestServer, type TestServer } from '../test/test-server.ts'
import { isSealed, sealed, statementColumns, statementOf, statementToBe, type Sealable } from './statement.ts'

const piece: Sealable = {
  ...{ documentId: 'D1', version: 2, kind: 'document', class: 'scientific', product: 'P1', market: 'CN' },
  ...{
    language: 'zh-CN',
    title: '三期研究摘要',
    cardTitle: '研究摘要',
    cardDesc: '示例药业',
    ways: 'news,file',
    body: '',
  },
}

/** Columns that no signature stands for: who and when, what is counted, found or follows from the rest. */
const notSigned = [
  ...[
    'id',
    'searchText',
    'titleSound',
    'aliases',
    'tags',
    'state',
    'endedAt',
    'withdrawnReason',
    'supersededBy',
    'supersededAt',
  ],
  ...['approvedHash', 'signedHash', 'fileBytes', 'mime', 'pageCount', 'seconds', 'publishedAt'],
  ...['listedUntil', 'createdAt', 'ownerId', 'source', 'revision', 'steps', 'submittedAt', 'approvedAt', 'expiredAt'],
  ...['returnedReason', 'replacesLinks', 'heldReason', 'requestId'],
]

function columnsOfContentItem(): string[] {
  const path = new URL('./db/tables/content.ts', import.meta.url)
  const source = ts.createSourceFile('content.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true)
  const found: string[] = []
  source.forEachChild((node) => {
    if (!ts.isTypeAliasDeclaration(node) || node.name.text !== 'ContentItemTable') return
    if (ts.isTypeLiteralNode(node.type)) for (const one of node.type.members) found.push(one.name?.getText() ?? '')
  })
  return found
}

describe('the statement that is signed', () => {
  it('has a place for every column, or the column is known to be none of it', () => {
    const given = statementToBe(piece)
    const signed = new Set(Object.keys(given))
    const left = columnsOfContentItem().filter((column) => !signed.has(column) && !notSigned.includes(column))
    expect(left).toEqual(['body', 'captions']) // by their hashes
    expect(notSigned.filter((column) => signed.has(column))).toEqual([])
  })

  it('changes with every value it stands for', () => {
    const given = statementToBe(piece)
    for (const [name, value] of Object.entries(given)) {
      const other = typeof value === 'number' ? value + 1 : value instanceof Date ? null : `${String(value)}x`
      expect(statementOf({ ...given, [name]: other }), name).not.toBe(statementOf(given))
    }
  })

  it('of what has no captions says nothing of any, so that what was signed before there were any still stands', () => {
    const given = statementToBe(piece)
    expect(JSON.parse(statementOf(given))).toHaveLength(27)
    expect(JSON.parse(statementOf({ ...given, captionsHash: 'a'.repeat(64), captionsLanguage: 'zh-CN' }))).toHaveLength(
      29,
    )
  })

  it('does not run one value into the next', () => {
    const given = statementToBe(piece)
    const moved = { ...given, title: '三期', shortTitle: '研究摘要' }
    expect(statementOf({ ...moved, title: '三期研究', shortTitle: '摘要' })).not.toBe(statementOf(moved))
  })
})

describe('a row that was sealed', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
    await buildCompany(server)
  })
  afterAll(() => server.stop())

  const read = (id: string) =>
    server.db.selectFrom('contentItem').select(statementColumns).where('id', '=', id).executeTakeFirstOrThrow()

  it('is as sealed when it is read again, with dates to the millisecond and every defaulted column', async () => {
    const effectiveAt = new Date('2026-05-01T00:00:00.001Z')
    const all = await buildPiece(server, {
      ...{ body: '<p>正文 𠮷 \u{1f48a}</p>', effectiveAt, expiresAt: null, mayForward: true, audience: 'oncology' },
      ...{
        hospitalGrades: '三级甲等',
        territories: 'east',
        repGroups: 'launch',
        changeNote: '改了剂量',
        textHash: 'e'.repeat(64),
      },
    })
    expect(isSealed(await read(all))).toBe(true)
    expect(isSealed(await read(await buildPiece(server)))).toBe(true)
  })

  it('is no longer when any of its words is another', async () => {
    const id = await buildPiece(server, { kind: 'phrase', body: '{doctor}您好' })
    await server.owner.updateTable('contentItem').set({ body: '{doctor}你好' }).where('id', '=', id).execute()
    expect(isSealed(await read(id))).toBe(false)
  })

  it('is no longer when its captions are others, or in another language', async () => {
    const captions = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n每日一次\n'
    const id = await buildPiece(server, { kind: 'video', captions, captionsLanguage: 'zh-CN' })
    expect(isSealed(await read(id))).toBe(true)
    for (const other of [
      { captions: captions.replace('一次', '两次') },
      { captions: null },
      { captionsLanguage: 'en-US' },
    ]) {
      await server.owner.updateTable('contentItem').set(other).where('id', '=', id).execute()
      expect(isSealed(await read(id))).toBe(false)
      await server.owner
        .updateTable('contentItem')
        .set({ captions, captionsLanguage: 'zh-CN' })
        .where('id', '=', id)
        .execute()
    }
    expect(isSealed(await read(id))).toBe(true)
  })

  it('of a script stands for its pieces in their order', async () => {
    const row = sealed({ ...piece, kind: 'script', scriptPieces: 'DOC-B,DOC-A' })
    const { scriptPieces: _, signedHash } = row
    const id = await buildPiece(server, { ...piece, kind: 'script', effectiveAt: null, expiresAt: null } as never)
    const rest = { approvalNumber: '', fileName: '', cardHash: null, fileHash: null, signedHash }
    await server.owner.updateTable('contentItem').set(rest).where('id', '=', id).execute()
    const order = (first: string, second: string) => [
      { contentItemId: id, position: 1, documentId: first },
      { contentItemId: id, position: 2, documentId: second },
    ]
    await server.db.insertInto('scriptPiece').values(order('DOC-B', 'DOC-A')).execute()
    expect(isSealed(await read(id))).toBe(true)
    await server.db.deleteFrom('scriptPiece').execute()
    await server.db.insertInto('scriptPiece').values(order('DOC-A', 'DOC-B')).execute()
    expect(isSealed(await read(id))).toBe(false)
  })
})
