import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { importEndpoints } from '@vouch/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCompany, buildPiece, buildRep } from '../../../test/builders.ts'
import { memoryFiles } from '../../../test/memory-files.ts'
import { call, startTestServer, type TestServer } from '../../../test/test-server.ts'
import { anyPdf, hashOf, uploader } from '../../../test/uploads.ts'
import type { Deps } from '../../deps.ts'
import { assembleUploads } from '../../uploads/assemble-uploads.ts'
import { sniffFile } from '../inspect/sniff-file.ts'
import { cardFrom } from '../renditions/draw-card.ts'
import { runImports } from './run-imports.ts'

let server: TestServer
let personId: string
let cookie: string
let author: ReturnType<typeof uploader>

beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  const inspect = async (path: string) => ({ format: sniffFile(await readFile(path)), seconds: 0 })
  Object.assign(server.deps, { files: memoryFiles(), renditions: { inspect } })
})
afterAll(() => server.stop())
beforeEach(async () => {
  personId = await buildRep(server, { roles: ['author'] })
  cookie = await server.signIn(personId, 'console')
  author = uploader({ url: server.url, cookie })
})

const picture = (background: string) =>
  sharp({ create: { width: 320, height: 200, channels: 3, background } })
    .png()
    .toBuffer()
/** A video by its first bytes. */
const anyVideo = () => Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'), randomBytes(500)])

const heading = 'document_id,kind,title,class,product,file,body,tags,last_day,card_title\n'
let named = 0
/** A document nobody has. */
const newName = () => `DOC-${(named += 1)}`

async function uploadList(text: string | Buffer): Promise<string> {
  const uploadId = await author.whole(Buffer.from(text as string), { fileName: '清单.csv', purpose: 'import' })
  await assembleUploads(server.deps)
  return uploadId
}

async function uploadFile(fileName: string, file = anyPdf(2_000)): Promise<Buffer> {
  await author.whole(file, { fileName })
  await assembleUploads(server.deps)
  return file
}

const begin = (csvUploadId: string, dry: boolean, requestId: string = randomUUID()) =>
  call(server, cookie, importEndpoints.startImport, { requestId, csvUploadId, dry })
const look = async (importId: string, more: object = {}) =>
  (await call(server, cookie, importEndpoints.lookAtImport, { importId, ...more })).body

/** Imports a list to its end; what became of its rows. */
async function importList(text: string | Buffer, { dry = false } = {}) {
  const { importId } = (await begin(await uploadList(text), dry)).body
  await runImports(server.deps)
  const looked = await look(importId)
  const outcomes = looked.rows.map((row: Record<string, string>) =>
    row['outcome'] === 'failed' ? `${row['field']} ${row['problem']}` : row['outcome'],
  )
  return { importId, looked, outcomes }
}

const versionsOf = (documentId: string) =>
  server.db.selectFrom('contentItem').selectAll().where('documentId', '=', documentId).orderBy('version').execute()
const countAll = async () =>
  (
    await server.db
      .selectFrom('contentItem')
      .select((eb) => eb.fn.countAll<number>().as('all'))
      .executeTakeFirstOrThrow()
  ).all
const errorsOf = async (importId: string, language = 'zh-CN') => {
  const answer = await fetch(`${server.url}/api/console/imports/${importId}/errors.csv`, {
    headers: { cookie, 'accept-language': language },
  })
  return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

describe('an import', () => {
  it('does what its dry run said, through drafts as a person makes them, and repeated it changes nothing', async () => {
    const [fresh, known, mine, theirs, phrase] = [newName(), newName(), newName(), newName(), newName()]
    const file = await uploadFile('研究.pdf')
    await buildPiece(server, { documentId: known, title: '旧标题', kind: 'document' })
    await buildPiece(server, { documentId: mine, state: 'draft', ownerId: personId, title: '草稿' })
    await buildPiece(server, { documentId: theirs, state: 'draft', ownerId: await buildRep(server) })
    const list =
      heading +
      `${fresh},文档,新研究,学术,示例单抗,文件夹/研究.pdf,,免疫;一线,2027-03-31,研究摘要\n` +
      `${known},文档,新标题,学术,PD1,,,,2027-03-31,研究摘要\n` +
      `${mine},document,改好的草稿,scientific,PD1,,,,,研究摘要\n` +
      `${theirs},document,别人的,scientific,PD1,,,,,研究摘要\n` +
      `${phrase},话术,问候,非推广,,,{doctor}您好，我是{rep}。,,,\n` +
      `${fresh},文档,又一次,学术,PD1,研究.pdf,,,,\n`
    const expected = ['new', 'new_version', 'changed', 'document_id open_version_exists', 'new', 'document_id twice']

    const before = await countAll()
    const dry = await importList(list, { dry: true })
    expect(dry.outcomes).toEqual(expected)
    expect(await countAll()).toBe(before)
    const run = await importList(list)
    expect(run.outcomes).toEqual(expected)
    expect(run.looked).toMatchObject({
      ...{ stage: 'done', problem: null, dry: false, of: 6, done: 6, failed: 2, next: null },
      counts: { new: 2, new_version: 1, changed: 1, unchanged: 0, failed: 2 },
    })

    const [made] = await versionsOf(fresh)
    expect(made).toMatchObject({
      ...{ state: 'draft', version: 1, title: '新研究', product: 'PD1', fileHash: hashOf(file), fileName: '研究.pdf' },
      ...{ tags: '免疫\n一线', expiresAt: new Date('2027-03-31T16:00:00Z'), ownerId: personId, market: 'CN' },
    })
    expect((await versionsOf(known)).map(({ state, title }) => [state, title])).toEqual([
      ['approved', '旧标题'],
      ['draft', '新标题'],
    ])
    expect(await versionsOf(mine)).toMatchObject([{ title: '改好的草稿', state: 'draft' }])
    expect(await versionsOf(phrase)).toMatchObject([{ kind: 'phrase', body: '{doctor}您好，我是{rep}。' }])
    const events = await server.db
      .selectFrom('auditEntry')
      .select('event')
      .where('actorId', '=', personId)
      .orderBy('id')
      .execute()
    const told = events.map(({ event }) => event)
    expect(told).toEqual(
      expect.arrayContaining(['import.planned', 'import.done', 'content.drafted', 'content.version_started']),
    )

    const again = await importList(list)
    const same = expected.map((outcome) => (outcome.includes(' ') ? outcome : 'unchanged'))
    expect(again.outcomes).toEqual(same)
    expect((await importList(list, { dry: true })).outcomes).toEqual(same)
    expect(await countAll()).toBe(before + 3)
  })

  it('gives back the rows that failed; put right, they are imported as they are', async () => {
    const [good, bad] = [newName(), newName()]
    const list =
      heading +
      `${good},话术,=1+1,非推广,,,您好,,,\n${bad},话术,"@SUM(""A"")",重要,,,=cmd|'/C calc'!A0,,,\n,话术,-,非推广,,,x,,,\n`
    const { importId, outcomes } = await importList(list)
    expect(outcomes).toEqual(['new', 'class not_known', 'document_id missing'])

    const chinese = await errorsOf(importId)
    expect(chinese.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(chinese.headers.get('content-disposition')).toContain('errors.csv')
    const text = chinese.bytes.toString()
    expect(text).toContain(`"${bad}","话术","'@SUM(""A"")","重要","","","'=cmd|'/C calc'!A0"`)
    expect(text).toContain('"3","类别","没有这个值"')
    expect(text).toContain('"4","资料编号","没有填写"')
    expect(text).not.toContain(good)
    expect((await errorsOf(importId, 'en-US')).bytes.toString()).toContain('"3","class","is not a known value"')

    const third = newName()
    const right = text.replace('重要', '非推广').replace('"","话术","\'-"', `"${third}","话术","-"`)
    expect((await importList(Buffer.from(right))).outcomes).toEqual(['new', 'new'])
    expect(await versionsOf(bad)).toMatchObject([{ title: '@SUM("A")', body: "=cmd|'/C calc'!A0" }])
    expect(await versionsOf(third)).toMatchObject([{ title: '-' }])
  })

  it.each([
    [{ class: '' }, 'class not_known'],
    [{ product: '没有的产品' }, 'product not_known'],
    [{ product: '' }, 'product missing'],
    [{ file: '没有.pdf' }, 'file no_such_file'],
    [{ file: '' }, 'file missing'],
    [{ kind: '视频' }, 'file file_not_fit'],
    [{ kind: '话术', file: '', body: '' }, 'body missing'],
    [{ rep_groups: '没有的组' }, 'rep_groups not_known'],
    [{ ways: '文字' }, 'ways not_valid'],
    [
      { tags: Array.from({ length: 30 }, (_, nth) => `很长很长很长很长很长很长的标签${nth}`).join(';') },
      'tags not_valid',
    ],
    [{ first_day: '1999-01-01' }, 'first_day not_valid'],
    [{ body: '文档没有正文' }, 'body not_valid'],
  ])('of a row with %j says: %s', async (change, problem) => {
    await uploadFile('研究.pdf')
    const row = {
      document_id: newName(),
      kind: '文档',
      title: '研究',
      class: '学术',
      product: 'PD1',
      file: '研究.pdf',
      ...change,
    }
    const list = `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
    expect((await importList(list)).outcomes).toEqual([problem])
    expect(await versionsOf(row.document_id)).toEqual([])
  })

  it('takes the picture of a card, the poster of a video and the pieces of a script', async () => {
    const [image, video, phrase, script] = [newName(), newName(), newName(), newName()]
    const [card, poster] = [await picture('#0b6b36'), await picture('#8a5200')]
    await author.whole(card, { fileName: '卡片.png', purpose: 'card' })
    await author.whole(poster, { fileName: '封面.png', purpose: 'poster' })
    await uploadFile('图.png', card)
    await uploadFile('片.mp4', anyVideo())
    const head = 'document_id,kind,title,class,product,file,body,card,poster,script\n'
    const list =
      head +
      `${image},图片,图,非推广,,图.png,,文件夹/卡片.png,,\n` +
      `${video},视频,片,非推广,,片.mp4,,,封面.png,\n` +
      `${phrase},话术,问候,非推广,,,您好,,,\n` +
      `${script},话术组,拜访,非推广,,,,,,${phrase};${image}\n`
    const expected = ['new', 'new', 'new', 'new']
    expect((await importList(list, { dry: true })).outcomes).toEqual(expected)
    expect((await importList(list)).outcomes).toEqual(expected)
    const cards = await Promise.all([image, video].map(async (one) => (await versionsOf(one))[0]?.cardHash))
    expect(cards).toEqual([hashOf(await cardFrom(card)), hashOf(await cardFrom(poster))])
    const [made] = await versionsOf(script)
    const pieces = server.db.selectFrom('scriptPiece').select('documentId').where('contentItemId', '=', made!.id)
    expect((await pieces.orderBy('position').execute()).map(({ documentId }) => documentId)).toEqual([phrase, image])
    expect((await importList(list)).outcomes).toEqual(expected.map(() => 'unchanged'))

    const other = list.replace(`${phrase};${image}`, image).replace('卡片.png', '封面.png')
    await author.whole(poster, { fileName: '封面.png', purpose: 'card' })
    await assembleUploads(server.deps)
    expect((await importList(other)).outcomes).toEqual(['changed', 'unchanged', 'unchanged', 'changed'])
    expect((await versionsOf(image))[0]?.cardHash).toBe(hashOf(await cardFrom(poster)))
  })

  it.each([
    [{ card: '没有.png' }, 'card no_such_file'],
    [{ poster: '封面.png' }, 'poster file_not_fit'],
    [{ script: 'DOC-NONE' }, 'script not_valid'],
    [{ kind: '话术组' }, 'script missing'],
    [{ kind: '话术组', script: 'DOC-NONE' }, 'script not_known'],
    [{ kind: '话术组', script: '没有' }, 'script not_valid'],
  ])('of a picture or a script with %j says: %s', async (change, problem) => {
    const row = { document_id: newName(), kind: '话术', title: '问候', class: '非推广', body: '您好', ...change }
    if (row.kind === '话术组') row.body = ''
    const list = `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
    expect((await importList(list, { dry: true })).outcomes).toEqual([problem])
    expect((await importList(list)).outcomes).toEqual([problem])
  })

  it('counts lines as a spreadsheet does, and leaves out remarks and the columns of its own list of errors', async () => {
    const list = `文档编号*,标题*,类型,类别,话术,备注\n# 必填,最多 200 字,,,,\n\n${newName()},问候,话术,重要,您好,x\n`
    const { importId, looked } = await importList(list)
    expect(looked.rows).toMatchObject([{ number: 1, line: 4, field: 'class', problem: 'not_known' }])
    const errors = (await errorsOf(importId)).bytes
    const again = await uploadList(errors)
    const seen = (await call(server, cookie, importEndpoints.lookAtList, { csvUploadId: again })).body
    expect(seen).toMatchObject({ rows: 1, problem: null, unknown: ['备注'] })
    const { importId: second } = await importList(errors)
    expect((await errorsOf(second)).bytes.toString().split('\r\n')[0]!.match(/行号/g)).toHaveLength(1)
  })

  it('of a document that changes its kind, or its file, tells one from the other', async () => {
    const documentId = newName()
    await uploadFile('a.pdf')
    await importList(`document_id,title,class,product,file\n${documentId},研究,学术,PD1,a.pdf\n`)
    const changed = await uploadFile('b.pdf')
    const kind = await importList(`document_id,kind,title\n${documentId},图片,研究\n`)
    expect(kind.outcomes).toEqual(['kind kind_changed'])
    const file = await importList(`document_id,title,sha256\n${documentId},研究,${hashOf(changed)}\n`)
    expect(file.outcomes).toEqual(['changed'])
    expect(await versionsOf(documentId)).toMatchObject([{ fileHash: hashOf(changed), fileName: 'b.pdf' }])
  })

  it.each([
    ['稿.html', '<h2 onclick="x()">报告</h2><p>正文<script>alert(1)</script></p>'],
    ['稿.md', '# 报告\n\n正文 **重点** [x](javascript:alert(1))\n'],
  ])('brings in a text from %s and finds it unchanged the next time', async (fileName, text) => {
    const documentId = newName()
    await uploadFile(fileName, Buffer.from(text))
    const list = `document_id,kind,title,class,file\n${documentId},文章,报告,非推广,${fileName}\n`
    expect((await importList(list)).outcomes).toEqual(['new'])
    const [made] = await versionsOf(documentId)
    expect(made?.body).toContain('正文')
    expect(made?.body).not.toMatch(/script>|onclick|javascript/)
    expect((await importList(list)).outcomes).toEqual(['unchanged'])
  })

  it.each([
    ['list_broken', 'document_id,title\nD,"open\n'],
    ['list_empty', 'document_id,title\n'],
    ['heading_missing', 'title,kind\nx,y\n'],
    ['list_encoding', Buffer.from([1, 0, 2, 0xff, 0xff])],
  ])('of a list that cannot be read says %s', async (problem, list) => {
    const { importId, looked } = await importList(list)
    expect(looked).toMatchObject({ stage: 'failed', problem, rows: [], done: 0 })
    expect((await errorsOf(importId)).bytes.length).toBeGreaterThan(10)
  })

  it('is shown a page at a time, and the failed rows alone', async () => {
    const rows = Array.from({ length: 230 }, (_, nth) => `,话术,x${nth},非推广,,,y,,,\n`)
    const { importId, looked } = await importList(heading + rows.join(''), { dry: true })
    expect(looked).toMatchObject({ of: 230, done: 230, failed: 230, next: 200 })
    expect((await look(importId, { after: 200, failedOnly: true })).rows).toHaveLength(30)
  })
})

describe('an uploaded list', () => {
  const lookAt = async (csvUploadId: string) =>
    (await call(server, cookie, importEndpoints.lookAtList, { csvUploadId })).body

  it('names the files that belong to it, each once, and which are here', async () => {
    await uploadFile('a.pdf')
    const row = (cells: string) => `${newName()},文档,x,学术,PD1,${cells}\n`
    const list = await uploadList(
      'document_id,kind,title,class,product,file,card,poster\n' +
        row('夹\\a.pdf,c.png,') +
        row('夹/b.pdf,c.png,') +
        row('cafe\u0301.pdf,,p.png'),
    )
    const { files, ...seen } = await lookAt(list)
    expect(seen).toEqual({ fileName: '清单.csv', rows: 3, problem: null, about: '', unknown: [] })
    expect(files.map(({ name, purpose, stored }: Record<string, unknown>) => [name, purpose, stored])).toEqual([
      ['a.pdf', 'content', true],
      ['c.png', 'card', false],
      ['b.pdf', 'content', false],
      ['caf\u00e9.pdf', 'content', false],
      ['p.png', 'poster', false],
    ])
    await uploadFile('cafe\u0301.pdf')
    expect((await lookAt(list)).files[3].stored).toBe(true)
  })

  it('says at once that it cannot be read, and is nobody else’s', async () => {
    const list = await uploadList('title\nx\n')
    expect(await lookAt(list)).toMatchObject({ problem: 'heading_missing', about: 'document_id', files: [] })
    cookie = await server.signIn(await buildRep(server, { roles: ['author'] }), 'console')
    expect((await lookAt(list)).error).toBe('upload_not_found')
    cookie = await server.signIn(await buildRep(server, { roles: ['auditor'] }), 'console')
    expect((await lookAt(list)).error).toBe('wrong_role')
  })

  it('begins with a template whose every column is understood and whose remarks are no row', async () => {
    for (const lang of ['zh', 'en']) {
      const answer = await fetch(`${server.url}/api/console/imports/template.csv?lang=${lang}`, { headers: { cookie } })
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      expect(await lookAt(await uploadList(bytes))).toMatchObject({ problem: 'list_empty' })
      const filled = Buffer.concat([bytes, Buffer.from(`${newName()},话术,问候\n`)])
      expect(await lookAt(await uploadList(filled))).toMatchObject({ problem: null, rows: 1, unknown: [] })
    }
  })
})

describe('earlier imports', () => {
  const list = async (cursor: string | null = null) =>
    (await call(server, cookie, importEndpoints.listImports, { cursor })).body

  it('are listed with their numbers, the newest first, page by page, each once', async () => {
    const csv = await uploadList(heading + `${newName()},话术,x,非推广,,,y,,,\n,话术,x,非推广,,,y,,,\n`)
    const ids: string[] = []
    for (let nth = 0; nth < 23; nth += 1) ids.unshift((await begin(csv, true)).body.importId)
    await runImports(server.deps)
    await runImports(server.deps)
    const first = await list()
    const second = await list(first.next)
    const all = [...first.imports, ...second.imports]
    expect([first.imports.length, second.imports.length, second.next]).toEqual([20, 3, null])
    expect(new Set(all.map(({ importId }: { importId: string }) => importId))).toEqual(new Set(ids))
    expect(all[0]).toMatchObject({
      ...{ dry: true, stage: 'done', fileName: '清单.csv', csvUploadId: csv, of: 2, done: 2, failed: 1 },
      counts: { new: 1, new_version: 0, changed: 0, unchanged: 0, failed: 1 },
    })
    await server.db.updateTable('upload').set({ state: 'gone' }).where('id', '=', csv).execute()
    expect((await list()).imports[0]).toMatchObject({ csvUploadId: null, fileName: '清单.csv' })
    cookie = await server.signIn(await buildRep(server, { roles: ['author'] }), 'console')
    expect(await list()).toEqual({ imports: [], next: null })
  })
})

describe('who imports', () => {
  it('is an author with a list of their own, asks once, and sees only their own', async () => {
    const list = await uploadList(heading + `${newName()},话术,x,非推广,,,y,,,\n`)
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => begin(list, true, requestId)))
    expect(new Set(answers.map(({ body }) => body.importId)).size).toBe(1)
    expect((await begin(list, false, requestId)).body.error).toBe('request_id_reused')
    expect((await begin('nothing', false)).body.error).toBe('upload_not_found')
    const { importId } = answers[0]!.body
    const own = cookie
    cookie = await server.signIn(await buildRep(server, { roles: ['author'] }), 'console')
    expect((await begin(list, true)).body.error).toBe('upload_not_found')
    expect((await look(importId)).error).toBe('upload_not_found')
    expect((await errorsOf(importId)).bytes.toString()).toContain('upload_not_found')
    cookie = await server.signIn(await buildRep(server, { roles: ['medical'] }), 'console')
    expect((await begin(list, true)).body.error).toBe('wrong_role')
    cookie = ''
    expect((await errorsOf(importId)).bytes.toString()).toContain('not_signed_in')
    cookie = own
  })

  it('is still an author when it is done', async () => {
    const documentId = newName()
    const { importId } = (await begin(await uploadList(heading + `${documentId},话术,x,非推广,,,y,,,\n`), false)).body
    await server.owner.updateTable('personRole').set({ role: 'medical' }).where('personId', '=', personId).execute()
    await runImports(server.deps)
    expect(await look(importId)).toMatchObject({ stage: 'failed', problem: 'wrong_role' })
    expect(await versionsOf(documentId)).toEqual([])
  })
})

describe('a process that is stopped while it imports', () => {
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

  const strides = 6
  it.each(Array.from({ length: strides }, (_, first) => [first + 1]))(
    'at any statement (every sixth from %i) is followed by one that ends it: every row once, as it was planned',
    async (first) => {
      let steps = 0
      for (let at = first; ; at += strides) {
        const [fresh, known] = [newName(), newName()]
        await buildPiece(server, { documentId: known, title: '旧标题' })
        const list = heading + `${fresh},话术,新,非推广,,,您好,,,\n${known},文档,新标题,学术,PD1,,,,,\n`
        const { importId } = (await begin(await uploadList(list), false)).body
        const stopping = stoppingAt(server.deps, at)
        await runImports(stopping.deps).catch((fault: Error) => expect(fault.message).toBe('stopped'))
        await runImports(server.deps)
        const { stage, counts } = await look(importId)
        expect([stage, counts], `stopped at ${at}`).toMatchObject(['done', { new: 1, new_version: 1, failed: 0 }])
        expect(await versionsOf(fresh)).toMatchObject([{ title: '新', body: '您好' }])
        expect((await versionsOf(known)).map(({ title }) => title)).toEqual(['旧标题', '新标题'])
        if (stopping.wentOn()) break
        steps = at
      }
      expect(steps).toBeGreaterThan(30)
    },
  )
})
