import { readSections } from './article.ts'
import type { Reading } from './hcp-page.ts'

export const sectionsOf = ({ kind, body }: Reading) => (kind === 'article' ? readSections(body) : [])

/** How many parts a piece is read in: its pages, or the sections of an article. */
export const partsOf = (view: Reading): number => view.pages.length || sectionsOf(view).length
