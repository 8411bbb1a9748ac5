import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileProblems } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RenditionError } from '../../src/content/renditions/rendition.ts'
import { createRenditions, type Renditions } from '../../src/content/renditions/renditions.ts'
import { openFiles } from '../../src/files/open-files.ts'
import { buildRenderer } from '../renderer.ts'
import { officeFiles } from './office-files.ts'
import { pdfFiles } from './pdf-files.ts'
import { pictureFiles } from './picture-files.ts'
import { textFiles } from './text-files.ts'
import { videoFiles } from './video-files.ts'

/** What each file is answered: its format when it is taken, a problem when it is not. */
const expected = JSON.parse(readFileSync(fileURLToPath(new URL('expected.json', import.meta.url)), 'utf8')) as Record<
  string,
  string
>
const folders = { pdf: pdfFiles, picture: pictureFiles, video: videoFiles, office: officeFiles, text: textFiles }
const all = Object.entries(folders).flatMap(([folder, files]) =>
  files.map((file) => ({ ...file, name: `${folder}/${file.name}` })),
)

let renderer: Awaited<ReturnType<typeof buildRenderer>>
let folder: string
let renditions: Renditions

beforeAll(async () => {
  renderer = await buildRenderer()
  folder = mkdtempSync(join(tmpdir(), 'vouch-hostile-'))
  for (const inner of ['files', 'given', 'tmp']) mkdirSync(join(folder, inner))
  process.env['TMPDIR'] = join(folder, 'tmp')
  renditions = createRenditions({ files: openFiles(`file:${folder}/files`), program: renderer.program })
})
afterAll(() => {
  delete process.env['TMPDIR']
  rmSync(folder, { recursive: true, force: true })
  renderer.remove()
})

/** Pages drawn of one file: enough to see that it can be. */
const pagesSeen = 3

/** What is said of a file that is uploaded under a name and, when it is taken, drawn. */
async function answerTo(path: string, called: string): Promise<string> {
  try {
    const { format } = await renditions.inspect(path, called)
    if (format === 'html' || format === 'text') return format
    let seen = 0
    const onPage = async () => ((seen += 1), seen < pagesSeen ? ('go_on' as const) : ('enough' as const))
    await renditions.draw({ under: 'uploads/pages/x', path, first: 1, onPage })
    return format
  } catch (fault) {
    if (fault instanceof RenditionError) return fault.problem
    throw fault
  }
}

describe('a hostile file gets its answer and leaves nothing but its pages', () => {
  it.each(all)('$name', { timeout: 60_000 }, async ({ name, called, make }) => {
    const path = join(folder, 'given/file')
    writeFileSync(path, await make())
    const answer = await answerTo(path, called)
    expect(answer, 'add it to expected.json').toBe(expected[name])
    expect(readdirSync(join(folder, 'tmp'))).toEqual([])
    if (isProblem(answer)) expect(keptFiles()).toEqual([])
    rmSync(join(folder, 'files/uploads'), { recursive: true, force: true })
  })

  it('also one that is too large before anybody reads it', async () => {
    const path = join(folder, 'given/large.pdf')
    writeFileSync(path, '%PDF-1.7\n')
    truncateSync(path, 201 * 1024 * 1024)
    expect(await answerTo(path, '资料.pdf')).toBe('too_large')
  })
})

describe('the folder of hostile files', () => {
  it('holds no file twice and no answer without a file', () => {
    expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort())
  })

  it('provokes every answer there is', () => {
    // Words beside a film are no file that is drawn: captions.test.ts has two dozen hostile ones.
    const answers = new Set([...Object.values(expected), 'captions_broken', 'captions_markup'])
    expect(fileProblems.filter((problem) => !answers.has(problem))).toEqual([])
  })
})

function keptFiles(): string[] {
  const entries = readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

const isProblem = (answer: string): boolean => (fileProblems as readonly string[]).includes(answer)
