import type { PDFiumDocument } from '@hyzyla/pdfium'

/** What of PDFium its wrapper does not pass on; pointers are numbers, 0 is none. `documentIdx` is the document. */
type Raw = {
  module: {
    _FPDFBookmark_GetFirstChild: (document: number, bookmark: number) => number
    _FPDFBookmark_GetNextSibling: (document: number, bookmark: number) => number
    _FPDFBookmark_GetTitle: (bookmark: number, buffer: number, bytes: number) => number
    _FPDFBookmark_GetDest: (document: number, bookmark: number) => number
    _FPDFBookmark_GetAction: (bookmark: number) => number
    _FPDFAction_GetDest: (document: number, action: number) => number
    _FPDFDest_GetDestPageIndex: (document: number, destination: number) => number
    wasmExports: { malloc: (bytes: number) => number; free: (pointer: number) => void }
    HEAPU8: Uint8Array
  }
  documentIdx: number
}

/** A hostile outline may be endless, or lead back into itself. */
const mostEntries = 500
const deepest = 3
const titleLength = 120
const titleBytes = 1_024
/** What a page keeps of its headings. */
const pageLength = 2_000

/**
 * The headings that the document itself names, by the number of the page they lead to: one a line, each `depth title`.
 * Empty when it has none.
 */
export function readOutline(document: PDFiumDocument): Map<number, string> {
  const raw = document as unknown as Raw // the wrapper keeps its module to itself, and has no word for bookmarks
  const headings = new Map<number, string>()
  const seen = new Set<number>()
  const visit = (first: number, depth: number): void => {
    for (let mark = first; mark !== 0; mark = raw.module._FPDFBookmark_GetNextSibling(raw.documentIdx, mark)) {
      if (seen.has(mark) || seen.size >= mostEntries) return
      seen.add(mark)
      keep(headings, pageOf(raw, mark), `${depth} ${titleOf(raw, mark)}`)
      if (depth < deepest) visit(raw.module._FPDFBookmark_GetFirstChild(raw.documentIdx, mark), depth + 1)
    }
  }
  visit(raw.module._FPDFBookmark_GetFirstChild(raw.documentIdx, 0), 1)
  return headings
}

function keep(headings: Map<number, string>, page: number, line: string): void {
  if (page < 1 || line.length <= 2) return
  const lines = headings.get(page)
  const all = lines === undefined ? line : `${lines}\n${line}`
  if (all.length <= pageLength) headings.set(page, all)
}

/** Where a bookmark leads to: a destination of its own, or that of its action. */
function pageOf({ module, documentIdx }: Raw, mark: number): number {
  const own = module._FPDFBookmark_GetDest(documentIdx, mark)
  const action = own === 0 ? module._FPDFBookmark_GetAction(mark) : 0
  const destination = own || (action === 0 ? 0 : module._FPDFAction_GetDest(documentIdx, action))
  return destination === 0 ? 0 : module._FPDFDest_GetDestPageIndex(documentIdx, destination) + 1
}

function titleOf({ module }: Raw, mark: number): string {
  const buffer = module.wasmExports.malloc(titleBytes)
  try {
    const bytes = module._FPDFBookmark_GetTitle(mark, buffer, titleBytes)
    if (bytes < 4 || bytes > titleBytes) return ''
    const text = Buffer.from(module.HEAPU8.slice(buffer, buffer + bytes - 2)).toString('utf16le')
    return text
      .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
      .trim()
      .slice(0, titleLength)
  } finally {
    module.wasmExports.free(buffer)
  }
}
