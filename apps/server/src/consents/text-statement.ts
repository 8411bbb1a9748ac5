import { sha256 } from '../secrets.ts'

export type Wording = { language: string; title: string; summary: string; body: string }

/** What an HCP agrees to, as one text: everything that is shown, under its version and purpose, in one language. */
export const wordingHash = (shown: Wording & { version: number; purpose: string }): string =>
  sha256(JSON.stringify([shown.version, shown.purpose, ...wordsOf(shown)]))

/** Exactly what is signed: a version in all its languages, what it is for, and whether it asks everybody again. */
export function statementOfText(text: {
  version: number
  purpose: string
  material: boolean
  changeNote: string
  wordings: readonly Wording[]
}): string {
  const wordings = text.wordings.toSorted((one, other) => (one.language < other.language ? -1 : 1))
  return JSON.stringify([text.version, text.purpose, text.material, text.changeNote, wordings.map(wordsOf)])
}

const wordsOf = ({ language, title, summary, body }: Wording) => [language, title, summary, body]
