import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drawRenditions } from '../../src/content/renditions/draw-renditions.ts'
import { assembleUploads } from '../../src/uploads/assemble-uploads.ts'
import { buildRep } from '../builders.ts'
import { startTestDrawing, type TestDrawing } from '../drawing.ts'
import { uploader } from '../uploads.ts'
import { officeFiles } from './office-files.ts'
import { pdfFiles } from './pdf-files.ts'
import { pictureFiles } from './picture-files.ts'
import { textFiles } from './text-files.ts'
import { videoFiles } from './video-files.ts'

let at: TestDrawing
let author: ReturnType<typeof uploader>
beforeAll(async () => {
  at = await startTestDrawing()
  Object.assign(at.server.deps, { files: at.deps.files, renditions: at.renditions })
  const personId = await buildRep(at.server, { roles: ['author'] })
  author = uploader({ url: at.server.url, cookie: await at.server.signIn(personId, 'console') })
})
beforeEach(() => at.forget())
afterAll(() => at.stop())

const files = [...pdfFiles, ...pictureFiles, ...videoFiles, ...officeFiles, ...textFiles]
const named = (name: string) => files.find((file) => file.name === name)!

async function upload(name: string) {
  const { called, make } = named(name)
  const uploadId = await author.whole(await make(), { fileName: called })
  await assembleUploads(at.server.deps)
  return uploadId
}

describe('an author who uploads a hostile file', () => {
  it.each([
    ['password', 'encrypted'],
    ['cut-off', 'broken'],
    ['pages-501', 'too_many_pages'],
    ['script-in-packed-object', 'active_content'],
    ['with-archive-within', 'polyglot'],
    ['picture-of-200-megapixels-png', 'page_too_large'],
    ['picture-with-comment-bomb-png', 'zip_bomb'],
    ['film-without-header', 'broken'],
    ['bomb-of-one-part-pptx', 'zip_bomb'],
    ['outside-template-docx', 'external_content'],
    ['plain-docx', 'office_not_installed'],
    ['article-with-script', 'active_content'],
    ['name-of-a-program', 'wrong_extension'],
  ])('%s is told %s, and nothing of it is kept', async (name, problem) => {
    const uploadId = await upload(name)
    expect((await author.look(uploadId)).body).toMatchObject({
      stage: 'refused',
      problem,
      fileHash: null,
      rendition: null,
    })
    expect([...at.kept.keys()]).toEqual([])
    for (const table of ['storedFile', 'rendition', 'renditionPage', 'uploadPart'] as const) {
      expect(await at.server.owner.selectFrom(table).selectAll().execute()).toEqual([])
    }
    expect(await at.eventsOf(uploadId)).toEqual([{ event: 'file.refused', reason: problem }])
  })

  it('whose page shows only when it is drawn is told so then, and no page is kept', async () => {
    const uploadId = await upload('page-of-200-megapixels')
    await drawRenditions(at.deps)
    const { stage, fileHash, rendition } = (await author.look(uploadId)).body
    expect([stage, rendition]).toEqual(['stored', { stage: 'failed', problem: 'page_too_large', done: 0, of: 0 }])
    expect([...at.kept.keys()]).toEqual([`content/${fileHash}`])
  })

  it('sees how far a good one is', async () => {
    const uploadId = await upload('plain')
    expect((await author.look(uploadId)).body.rendition).toEqual({ stage: 'waiting', problem: null, done: 0, of: 0 })
    await drawRenditions(at.deps)
    expect((await author.look(uploadId)).body.rendition).toEqual({ stage: 'done', problem: null, done: 1, of: 1 })
  })
})
