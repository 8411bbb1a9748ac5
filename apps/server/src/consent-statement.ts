import { sha256 } from './secrets.ts'

export type Wording = { language: string; title: string; summary: string; body: string }

/** What an HCP agrees to, as one text: everything that is shown, under its version and purpose, in one language. */
export const wordingHash = (shown: Wording & { version: number; purpose: string }): string =>
  sha256(JSON.stringify([shown.version, shown.purpose, ...wordsOf(shown)]))

/**
 * Exactly what is signed: a version in all its languages, what it is for, whether it asks everybody again, and from when
 * it is in force, null meaning at once.
 */
export function statementOfText(text: {
  version: number
  purpose: string
  material: boolean
  changeNote: string
  activeFrom: Date | null
  wordings: readonly Wording[]
}): string {
  const wordings = text.wordings.toSorted((one, other) => (one.language < other.language ? -1 : 1))
  const { version, purpose, material, changeNote, activeFrom } = text
  return JSON.stringify([version, purpose, material, changeNote, activeFrom, wordings.map(wordsOf)])
}

const wordsOf = ({ language, title, summary, body }: Wording) => [language, title, summary, body]
