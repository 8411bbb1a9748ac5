import type { Files } from '../../files/files.ts'
import { pageImage, pageImageName, pagesName, pageWidths } from './rendition.ts'

/** Where the images of a file wait until all of them are drawn; what waits there may be taken away again. */
export const stagedName = (fileHash: string): string => `uploads/${pagesName(fileHash)}`

const atOnce = 6

/**
 * Puts the images of all pages where they are shown from and takes away what waited. Safe to repeat from any point.
 * Returns whether they are all there.
 */
export async function keepImages(files: Files, fileHash: string, pages: number): Promise<boolean> {
  const waiting = Array.from({ length: pages }, (_, nth) => nth + 1).flatMap((number) =>
    pageWidths.map((width) => ({ staged: `${stagedName(fileHash)}/${pageImage(number, width)}`, number, width })),
  )
  let complete = true
  const work = async () => {
    for (let next = waiting.shift(); next && complete; next = waiting.shift()) {
      const name = pageImageName(fileHash, next.number, next.width)
      if (await files.has(name)) continue
      if (await files.has(next.staged)) await files.put(name, await files.read(next.staged))
      else complete = false
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (complete) await files.remove(stagedName(fileHash))
  return complete
}
