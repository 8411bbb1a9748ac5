import { asCsv } from '../../csv.ts'
import { columnHelp } from './column-help.ts'
import { fields, headingOf } from './columns.ts'
import type { Language } from './problem-text.ts'

const required = ['document_id', 'title']

/** A list to begin with: all headings, and under them a remark on what each column takes, which an import leaves out. */
export function listTemplate(language: Language): string {
  const headings = fields.map((field) => `${headingOf(field, language)}${required.includes(field) ? '*' : ''}`)
  const remarks = fields.map((field, at) => `${at === 0 ? '# ' : ''}${columnHelp[field][language]}`)
  return asCsv([headings, remarks])
}
