import { sql } from 'kysely'
import { sha256 } from './secrets.ts'

/** All that a signature stands for; a column that is not named here may change without a new version. */
type Statement = {
  documentId: string
  version: number
  kind: string
  class: string
  product: string
  market: string
  language: string
  title: string
  shortTitle: string
  cardTitle: string
  cardDesc: string
  cardHash: string | null
  fileHash: string | null
  /** The name a doctor sees on a file. */
  fileName: string
  textHash: string | null
  /** SHA-256 of the article's or phrase's text. */
  bodyHash: string
  approvalNumber: string
  ways: string
  audience: string
  hospitalGrades: string
  territories: string
  repGroups: string
  mayForward: number | boolean
  effectiveAt: Date | null
  expiresAt: Date | null
  changeNote: string
  /** Documents of a script in their order, separated by commas; null when it is none. */
  scriptPieces: string | null
  /** SHA-256 of a video's captions, and what language they are in. */
  captionsHash: string | null
  captionsLanguage: string
}
type Defaulted =
  | (
      | 'fileName'
      | 'shortTitle'
      | 'approvalNumber'
      | 'audience'
      | 'hospitalGrades'
      | 'territories'
      | 'repGroups'
      | 'changeNote'
    )
  | ('cardHash' | 'fileHash' | 'textHash' | 'effectiveAt' | 'expiresAt' | 'mayForward' | 'scriptPieces')
  | 'captionsLanguage'
/** A row as it is about to be written: what has a default may be left out, the text is whole. */
export type Sealable = Omit<Statement, 'bodyHash' | 'captionsHash' | Defaulted> & {
  [K in Defaulted]?: Statement[K] | undefined
} & { body: string; captions?: string | null | undefined }

/**
 * Of a piece that goes out by itself, so of none that is a script. The text's hash is made by the database where the text
 * itself is not needed: an article may be half a megabyte.
 */
export const pieceStatementColumns = [
  'contentItem.documentId',
  'contentItem.version',
  'contentItem.kind',
  'contentItem.class',
  'contentItem.product',
  'contentItem.market',
  'contentItem.language',
  'contentItem.title',
  'contentItem.shortTitle',
  'contentItem.cardTitle',
  'contentItem.cardDesc',
  'contentItem.cardHash',
  'contentItem.fileHash',
  'contentItem.fileName',
  'contentItem.textHash',
  sql<string>`sha2(content_item.body, 256)`.as('bodyHash'),
  'contentItem.approvalNumber',
  'contentItem.ways',
  'contentItem.audience',
  'contentItem.hospitalGrades',
  'contentItem.territories',
  'contentItem.repGroups',
  'contentItem.mayForward',
  'contentItem.effectiveAt',
  'contentItem.expiresAt',
  'contentItem.changeNote',
  'contentItem.signedHash',
  sql<string | null>`sha2(content_item.captions, 256)`.as('captionsHash'),
  'contentItem.captionsLanguage',
] as const

export const statementColumns = [
  ...pieceStatementColumns,
  sql<string | null>`if(content_item.kind = 'script', (select group_concat(document_id order by position)
    from script_piece where script_piece.content_item_id = content_item.id), null)`.as('scriptPieces'),
] as const

/**
 * Exactly what is signed, as one text: the values of a version in a fixed order. Its SHA-256 is what signatures carry. What
 * has no captions says nothing of them, so that it reads as it did before there were any.
 */
export function statementOf(row: Statement): string {
  return JSON.stringify([
    ...[row.documentId, row.version, row.kind, row.class, row.product, row.market, row.language],
    ...[row.title, row.shortTitle, row.cardTitle, row.cardDesc, row.cardHash, row.fileHash, row.fileName, row.textHash],
    ...[row.bodyHash, row.approvalNumber, row.ways, row.audience, row.hospitalGrades, row.territories, row.repGroups],
    ...[Boolean(row.mayForward), row.effectiveAt, row.expiresAt, row.changeNote, row.scriptPieces],
    ...(row.captionsHash || row.captionsLanguage ? [row.captionsHash, row.captionsLanguage] : []),
  ])
}

export const statementHash = (row: Statement): string => sha256(statementOf(row))

/** The words, dates and reach are the ones that were signed: nobody changed them past the application. */
export const isSealed = (row: Statement & { signedHash: string | null }): boolean =>
  row.signedHash === statementHash(row)

/** What a row that is about to be written says, with the defaults of its table. */
export function statementToBe({ body, captions, ...row }: Sealable): Statement {
  return {
    ...{
      fileName: '',
      shortTitle: '',
      approvalNumber: '',
      audience: '',
      hospitalGrades: '',
      territories: '',
      repGroups: '',
      captionsLanguage: '',
    },
    ...{ changeNote: '', cardHash: null, fileHash: null, textHash: null, effectiveAt: null, expiresAt: null },
    ...{ mayForward: 0, scriptPieces: null, bodyHash: sha256(body), captionsHash: captions ? sha256(captions) : null },
    ...row,
  } as Statement // what is given over the defaults
}

/** The row with the hash that holds after the last signature: for rows that come into being approved. */
export function sealed<Row extends Sealable>(row: Row): Row & { signedHash: string } {
  return { ...row, signedHash: statementHash(statementToBe(row)) }
}
