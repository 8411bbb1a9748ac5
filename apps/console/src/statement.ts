import type { WordingField } from './text/wording.zh.ts'

/** The values of a statement in their order, as the server puts them. */
const names: readonly WordingField[] = [
  ...(['documentId', 'version', 'kind', 'class', 'product', 'market', 'language', 'title', 'shortTitle'] as const),
  ...(['cardTitle', 'cardDesc', 'cardHash', 'fileHash', 'fileName', 'textHash', 'bodyHash', 'approvalNumber'] as const),
  ...(['ways', 'audience', 'hospitalGrades', 'territories', 'repGroups', 'mayForward', 'effectiveAt'] as const),
  ...(['expiresAt', 'changeNote', 'scriptPieces'] as const),
]
/** Follow where there are captions. */
const withCaptions: readonly WordingField[] = [...names, 'captionsHash', 'captionsLanguage']

export type Stated = { field: WordingField; value: unknown }

/** What a statement says, value by value; null when it is not of the shape this page knows: then only its text is shown. */
export function readStatement(statement: string): Stated[] | null {
  try {
    const values: unknown = JSON.parse(statement)
    const known = [names, withCaptions].find(({ length }) => Array.isArray(values) && values.length === length)
    if (!known || !Array.isArray(values)) return null
    return known.map((field, place) => ({ field, value: values[place] as unknown }))
  } catch {
    return null
  }
}
