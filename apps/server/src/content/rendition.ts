/** Widths of a page's images in pixels: saver mode, phone, zoomed (ux.md section 6). */
export const pageWidths = [480, 720, 1080] as const
export type PageWidth = (typeof pageWidths)[number]

/** One page as shown: width and height of its largest image, a blurred placeholder as data URI, and its words. */
export type RenderedPage = { number: number; width: number; height: number; placeholder: string; text: string }

/** Why a file cannot be made into pages. */
export const renditionProblems = [
  'not_supported',
  'encrypted',
  'broken',
  'too_many_pages',
  'page_too_large',
  'too_large',
  'too_slow',
] as const
export type RenditionProblem = (typeof renditionProblems)[number]

export class RenditionError extends Error {
  readonly problem: RenditionProblem
  constructor(problem: RenditionProblem, cause?: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

/** What the drawing process is told to draw, by the file's first bytes and never by its name. */
export type DrawnFrom = 'pdf' | 'image'

/** Caps of one file (assurance.md A44). */
export const renditionCaps = {
  fileBytes: 200 * 1024 * 1024,
  pages: 500,
  /** Of one image that is drawn, and of one that is read. */
  drawnPixels: 12_000_000,
  readPixels: 60_000_000,
  /** Characters of text kept of one page. */
  textLength: 200_000,
}

export function pageImageName(fileHash: string, number: number, width: PageWidth): string {
  return `pages/${fileHash}/${number}-${width}.webp`
}
