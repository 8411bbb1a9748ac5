import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { drawPages, openPdf, type DrawnPage } from './draw-pages.ts'
import type { FileFormat } from '../inspect/file-format.ts'
import { inspectFile } from '../inspect/inspect-file.ts'
import { RenditionError } from './rendition.ts'

/**
 * A process of its own: `render-pages.js inspect|draw <path> <first page>` tells its parent what the file is, then one
 * message a page, and ends. It may die or be ended at any moment without harm to anybody else.
 */
const [task, path, first] = process.argv.slice(2)
process.on('disconnect', () => process.exit())
sharp.concurrency(1)
sharp.cache(false)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg'] })

const drawnFrom: Partial<Record<FileFormat, 'pdf' | 'picture'>> = { pdf: 'pdf', png: 'picture', jpeg: 'picture' }

function tell(message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.send) return resolve(console.log(JSON.stringify(message)))
    process.send(message, (fault: Error | null) => (fault ? reject(fault) : resolve()))
  })
}

function told(page: DrawnPage) {
  return { ...page, images: page.images.map(({ width, bytes }) => ({ width, base64: bytes.toString('base64') })) }
}

try {
  if (!path || (task !== 'inspect' && task !== 'draw')) throw new RenditionError('not_supported')
  const found = await inspectFile(path)
  if (task === 'inspect' && found.format === 'pdf') await openPdf(await readFile(path))
  await tell({ found })
  const from = drawnFrom[found.format]
  if (task === 'draw') {
    if (!from) throw new RenditionError('not_supported')
    for await (const page of drawPages(from, path, Number(first ?? 1))) await tell({ page: told(page) })
  }
  await tell({ done: true })
} catch (fault) {
  await tell({ problem: fault instanceof RenditionError ? fault.problem : 'broken' })
}
process.disconnect?.()
