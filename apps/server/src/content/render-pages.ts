import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { drawPages, type DrawnPage } from './draw-pages.ts'
import { RenditionError } from './rendition.ts'

/**
 * A process of its own: `render-pages.js pdf|image <path>`, tells its parent one message a page and ends. It may die or
 * be ended at any moment without harm to anybody else.
 */
const [from, path] = process.argv.slice(2)
sharp.concurrency(1)
sharp.cache(false)

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
  if (!path || (from !== 'pdf' && from !== 'image')) throw new RenditionError('not_supported')
  for await (const page of drawPages(from, await readFile(path))) await tell({ page: told(page) })
  await tell({ done: true })
} catch (fault) {
  await tell({ problem: fault instanceof RenditionError ? fault.problem : 'broken' })
}
process.disconnect?.()
