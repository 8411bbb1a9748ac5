import type { FileProblem } from '@vouch/contract'

/** Widths of a page's images in pixels: saver mode, phone, zoomed (ux.md section 6). */
export const pageWidths = [480, 720, 1080] as const
export type PageWidth = (typeof pageWidths)[number]

/** One page as shown: width and height of its largest image, a blurred placeholder as data URI, its words and headings. */
export type RenderedPage = {
  number: number
  width: number
  height: number
  placeholder: string
  text: string
  headings?: string | undefined
}

/** A file that is not taken or cannot be made into pages, and why. */
export class RenditionError extends Error {
  readonly problem: FileProblem
  constructor(problem: FileProblem, cause?: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

/** Caps of one file (assurance.md A44). */
export const renditionCaps = {
  fileBytes: 200 * 1024 * 1024,
  /** Of an article or a phrase. */
  textBytes: 500_000,
  pages: 500,
  /** Of one image that is drawn, and of one that is read. */
  drawnPixels: 12_000_000,
  readPixels: 60_000_000,
  /** A side of a page in points; PDF itself knows no larger one (ISO 32000-1, annex C). */
  pagePoints: 14_400,
  /** Characters of text kept of one page. */
  textLength: 200_000,
}

/** Under which name the images of a file's pages are kept, and one of them there. */
export const pagesName = (fileHash: string): string => `pages/${fileHash}`
export const pageImage = (number: number, width: PageWidth): string => `${number}-${width}.webp`

export function pageImageName(fileHash: string, number: number, width: PageWidth): string {
  return `${pagesName(fileHash)}/${pageImage(number, width)}`
}
