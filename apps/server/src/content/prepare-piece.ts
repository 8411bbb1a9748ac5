import type { ContentItemTable } from '../db/tables/content.ts'
import type { Files } from '../files/files.ts'
import { sha256 } from '../secrets.ts'
import { cardPictureName } from './card-picture.ts'
import { cleanArticle } from './inspect/clean-article.ts'
import { cardFrom, drawCard } from './renditions/draw-card.ts'
import type { RenderedPage } from './renditions/rendition.ts'
import type { Renditions } from './renditions/renditions.ts'
import { videoSeconds } from './inspect/video-seconds.ts'

/** A piece as it comes in: its bytes, and what was drawn for it elsewhere, if anything. */
export type IncomingPiece = {
  kind: ContentItemTable['kind']
  bytes: Buffer
  /** Pages or sections, used when nothing is drawn. */
  declaredPages: number
  /** The approved card picture; a neutral one is drawn when there is none. */
  card: Buffer | null
}

export type PreparedPiece = {
  /** Null for a script, which has no bytes of its own. */
  fileHash: string | null
  fileBytes: number
  body: string
  cardHash: string
  pages: RenderedPage[]
  pageCount: number
  seconds: number
}

/**
 * Stores the bytes unchanged under their hash and makes everything shown of them. Safe to repeat. Without `renditions`
 * no page is drawn. Throws RenditionError when a document or picture cannot be drawn.
 */
export async function preparePiece(
  { files, renditions }: { files: Files; renditions?: Renditions },
  piece: IncomingPiece,
): Promise<PreparedPiece> {
  const { kind, bytes, declaredPages } = piece
  const fileHash = kind === 'script' ? null : sha256(bytes)
  if (fileHash) await files.put(`content/${fileHash}`, bytes)

  const card = await (piece.card ? cardFrom(piece.card) : drawCard(kind))
  const cardHash = sha256(card)
  await files.put(cardPictureName(cardHash), card)

  const drawn = kind === 'document' || kind === 'image'
  const pages = drawn && fileHash && renditions ? await renditions.pagesOf(fileHash, bytes) : []
  return {
    fileHash,
    fileBytes: bytes.length,
    body: bodyOf(kind, bytes),
    cardHash,
    pages,
    pageCount: pages.length || (kind === 'image' ? 1 : declaredPages),
    seconds: kind === 'video' ? videoSeconds(bytes) : 0,
  }
}

function bodyOf(kind: IncomingPiece['kind'], bytes: Buffer): string {
  if (kind === 'article') return cleanArticle(bytes.toString('utf8'))
  return kind === 'phrase' ? bytes.toString('utf8') : ''
}
