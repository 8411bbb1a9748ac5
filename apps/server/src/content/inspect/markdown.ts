import { marked } from 'marked'
import { cleanArticle } from './clean-article.ts'
import { readText } from './read-text.ts'
import { sniffFile } from './sniff-file.ts'

/**
 * What is kept of a text file with the piece that is made of it. An article is HTML or Markdown, told apart by its
 * bytes, and only what a doctor's page may hold is left of it: what its author and reviewers see and sign is this body.
 * Throws RenditionError for what `inspectFile` would not have let in.
 */
export function readTextBody(kind: string, bytes: Buffer): string {
  const text = readText(bytes)
  if (kind === 'phrase') return text.trim()
  return cleanArticle(sniffFile(bytes) === 'html' ? text : markdownToHtml(text))
}

/** Markdown may hold HTML itself, so this is no cleaner than what came in. */
function markdownToHtml(text: string): string {
  return marked.parse(text, { async: false, gfm: true, silent: true })
}
