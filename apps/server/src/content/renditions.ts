import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import type { Files } from '../files/files.ts'
import {
  pageImageName,
  pageWidths,
  renditionCaps,
  RenditionError,
  type DrawnFrom,
  type RenderedPage,
} from './rendition.ts'
import { runRenderer } from './run-renderer.ts'

const pagesFile = z.array(
  z.object({ number: z.number(), width: z.number(), height: z.number(), placeholder: z.string(), text: z.string() }),
)

export type Renditions = {
  /**
   * Makes page images of a stored file and keeps them under `pages/<fileHash>/`; returns its pages. A file that was
   * drawn before is not drawn again. Throws RenditionError; nothing counts as drawn unless every page is stored.
   */
  pagesOf: (fileHash: string, bytes: Buffer) => Promise<RenderedPage[]>
}

/** `program` is the built render-pages.js. */
export function createRenditions({ files, program }: { files: Files; program: string }): Renditions {
  const underWay = new Map<string, Promise<RenderedPage[]>>()
  return {
    async pagesOf(fileHash, bytes) {
      const begun = underWay.get(fileHash) ?? findOrDraw(files, program, fileHash, bytes)
      underWay.set(fileHash, begun)
      return begun.finally(() => underWay.delete(fileHash))
    },
  }
}

async function findOrDraw(files: Files, program: string, fileHash: string, bytes: Buffer): Promise<RenderedPage[]> {
  const record = `pages/${fileHash}/pages.json`
  if (await files.has(record)) {
    const pages = pagesFile.parse(JSON.parse((await files.read(record)).toString('utf8')))
    if (await allStored(files, fileHash, pages)) return pages
  }
  const pages = await draw(files, program, fileHash, bytes)
  await files.put(record, Buffer.from(JSON.stringify(pages)))
  return pages
}

async function draw(files: Files, program: string, fileHash: string, bytes: Buffer): Promise<RenderedPage[]> {
  const from = kindOf(bytes)
  if (bytes.length > renditionCaps.fileBytes) throw new RenditionError('too_large')
  const folder = await mkdtemp(join(tmpdir(), 'vouch-render-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, bytes, { mode: 0o600 })
    const pages: RenderedPage[] = []
    let expected = 0
    await runRenderer({ program, from, path }, async ({ images, of, ...page }) => {
      if (page.number !== pages.length + 1) throw new RenditionError('broken')
      expected = of
      for (const { width, base64 } of images) {
        await files.put(pageImageName(fileHash, page.number, width), Buffer.from(base64, 'base64'))
      }
      pages.push(page)
    })
    if (pages.length === 0 || pages.length !== expected) throw new RenditionError('broken')
    return pages
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function allStored(files: Files, fileHash: string, pages: RenderedPage[]): Promise<boolean> {
  for (const { number } of pages) {
    for (const width of pageWidths) if (!(await files.has(pageImageName(fileHash, number, width)))) return false
  }
  return pages.length > 0
}

const signatures: { from: DrawnFrom; bytes: Buffer }[] = [
  { from: 'image', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { from: 'image', bytes: Buffer.from([0xff, 0xd8, 0xff]) },
  { from: 'pdf', bytes: Buffer.from('%PDF-') },
]

/** PDF, PNG and JPEG, by their first bytes; a name or a declared type proves nothing. Throws `not_supported`. */
function kindOf(bytes: Buffer): DrawnFrom {
  const found = signatures.find((signature) => bytes.subarray(0, signature.bytes.length).equals(signature.bytes))
  if (!found) throw new RenditionError('not_supported')
  return found.from
}
