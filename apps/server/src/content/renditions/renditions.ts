import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Files } from '../../files/files.ts'
import type { FileFormat } from '../inspect/file-format.ts'
import { checkFileName } from '../inspect/file-name.ts'
import type { InspectedFile } from '../inspect/inspect-file.ts'
import { officeToPdf } from './office-file.ts'
import {
  pageImage,
  pageImageName,
  pagesName,
  pageWidths,
  renditionCaps,
  RenditionError,
  type RenderedPage,
} from './rendition.ts'
import { runRenderer, type RendererLimits } from './run-renderer.ts'
import { readHead, sniffFile } from '../inspect/sniff-file.ts'
import { videoPoster } from './video-poster.ts'
import { inWorkingFolder } from './working-folder.ts'

const pagesFile = z.array(
  z.object({
    ...{ number: z.number(), width: z.number(), height: z.number(), placeholder: z.string(), text: z.string() },
    headings: z.string().default(''),
  }),
)

/** Where a drawing begins, and who hears of each page once its images are stored `under` a name; `enough` ends it. */
export type Drawing = {
  under: string
  path: string
  first: number
  onPage: (page: RenderedPage, of: number) => Promise<'go_on' | 'enough'>
}

export type Renditions = {
  /** What an uploaded file is, and under a name that says so; one that could not be shown is not taken. Throws RenditionError. */
  inspect: (path: string, fileName?: string) => Promise<InspectedFile>
  /** Draws a file that may have been drawn in part before. Throws RenditionError. */
  draw: (drawing: Drawing) => Promise<InspectedFile>
  /**
   * Makes page images of a stored file and keeps them under `pages/<fileHash>/`; returns its pages. A file that was
   * drawn before is not drawn again. Throws RenditionError; nothing counts as drawn unless every page is stored.
   */
  pagesOf: (fileHash: string, bytes: Buffer) => Promise<RenderedPage[]>
}

/** `program` is the built render-pages.js; `soffice` and `ffmpeg` are the operator's, where there are any. */
export type RenditionTools = {
  files: Files
  program: string
  soffice?: string | undefined
  ffmpeg?: string | undefined
  limits?: Partial<RendererLimits>
}

export function createRenditions(tools: RenditionTools): Renditions {
  const underWay = new Map<string, Promise<RenderedPage[]>>()
  return {
    async inspect(path, fileName) {
      const found = await inspect(tools, path)
      if (fileName !== undefined) checkFileName(fileName, found.format)
      if (isOffice(found.format) && !tools.soffice) throw new RenditionError('office_not_installed')
      return found
    },
    draw: (drawing) => inWorkingFolder((folder) => draw(tools, folder, drawing)),
    async pagesOf(fileHash, bytes) {
      const begun = underWay.get(fileHash) ?? findOrDraw(tools, fileHash, bytes)
      underWay.set(fileHash, begun)
      return begun.finally(() => underWay.delete(fileHash))
    },
  }
}

function inspect({ program, limits }: RenditionTools, path: string): Promise<InspectedFile> {
  return runRenderer({ program, task: 'inspect', path, limits: limits ?? {} }, async () => 'enough')
}

async function findOrDraw(tools: RenditionTools, fileHash: string, bytes: Buffer): Promise<RenderedPage[]> {
  const { files } = tools
  const record = `${pagesName(fileHash)}/pages.json`
  if (await files.has(record)) {
    const pages = pagesFile.parse(JSON.parse((await files.read(record)).toString('utf8')))
    if (await allStored(files, fileHash, pages)) return pages
  }
  const pages = await inWorkingFolder((folder) => drawAll(tools, folder, fileHash, bytes))
  await files.put(record, Buffer.from(JSON.stringify(pages)))
  return pages
}

async function drawAll(tools: RenditionTools, folder: string, fileHash: string, bytes: Buffer) {
  if (bytes.length > renditionCaps.fileBytes) throw new RenditionError('too_large')
  const path = join(folder, 'file')
  await writeFile(path, bytes, { mode: 0o600 })
  const pages: RenderedPage[] = []
  await draw(tools, folder, {
    ...{ under: pagesName(fileHash), path, first: 1 },
    onPage: async (page) => (pages.push(page), 'go_on'),
  })
  return pages
}

async function draw(tools: RenditionTools, folder: string, { under, path, first, onPage }: Drawing) {
  const { files, program, limits = {} } = tools
  const made = await drawableOf(tools, path, folder)
  let [next, expected, stopped] = [first, first, false]
  const drawable = made?.path ?? path
  const found = await runRenderer({ program, task: 'draw', path: drawable, first, limits }, async (told) => {
    const { images, of, ...page } = told
    if (page.number !== next) throw new RenditionError('broken')
    for (const { width, base64 } of images) {
      await files.put(`${under}/${pageImage(page.number, width)}`, Buffer.from(base64, 'base64'))
    }
    ;[next, expected] = [next + 1, of]
    const heard = await onPage(page, of)
    stopped = heard === 'enough'
    return heard
  })
  if (!stopped && next !== expected + 1) throw new RenditionError('broken')
  return made?.found ?? found
}

/** What another program made of the file, for those that are not drawn as they are. */
async function drawableOf(tools: RenditionTools, path: string, folder: string) {
  const sniffed = sniffFile(await readHead(path))
  if (sniffed !== 'office' && sniffed !== 'mp4') return undefined
  const found = await inspect(tools, path)
  const { format, seconds } = found
  if (isOffice(format)) {
    return { found, path: await officeToPdf(tools.soffice, { format, path, folder }) }
  }
  return { found, path: await videoPoster(tools.ffmpeg, { path, seconds, folder }) }
}

const isOffice = (format: FileFormat): format is 'docx' | 'pptx' => format === 'docx' || format === 'pptx'

async function allStored(files: Files, fileHash: string, pages: RenderedPage[]): Promise<boolean> {
  for (const { number } of pages) {
    for (const width of pageWidths) if (!(await files.has(pageImageName(fileHash, number, width)))) return false
  }
  return pages.length > 0
}
