import { marked } from 'marked'
import { cleanArticle } from './clean-article.ts'
import { readText } from './inspect-text.ts'
import { sniffFile } from './sniff-file.ts'

/** An article as it will be shown, and the kinds of HTML elements that were taken out of it. */
export type ReadArticle = { body: string; removed: string[] }

/**
 * The body of an article from a stored file: HTML or Markdown, of which only what a doctor's page may hold is kept. What
 * its author and its reviewers see and sign is this body. Throws RenditionError: `too_large`, `not_utf8`, `empty`.
 */
export function readArticle(format: 'html' | 'text', bytes: Buffer): ReadArticle {
  const text = readText(bytes)
  const html = format === 'html' ? text : markdownToHtml(text)
  return { body: cleanArticle(html), removed: removedFrom(html) }
}

/** What is kept of a text file with the piece that is made of it; whether it is HTML is told by its bytes. */
export function readBody(kind: string, bytes: Buffer): string {
  if (kind === 'phrase') return readText(bytes).trim()
  return readArticle(sniffFile(bytes) === 'html' ? 'html' : 'text', bytes).body
}

/** Markdown may hold HTML itself, so this is no cleaner than what came in. */
export function markdownToHtml(text: string): string {
  return marked.parse(text, { async: false, gfm: true, silent: true })
}

const named = /<([a-z][\w:-]*)/gi

/** A way to tell the author that something of theirs is not shown. */
function removedFrom(html: string): string[] {
  const kept = new Set(elementsOf(cleanArticle(html)))
  return [...new Set(elementsOf(html))].filter((name) => !kept.has(name)).sort()
}

const elementsOf = (html: string): string[] => [...html.matchAll(named)].map(([, name]) => (name ?? '').toLowerCase())
