import { Readable } from 'node:stream'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { drawCard } from './renditions/draw-card.ts'

type CardPicture = { stream: Readable; bytes: number; mime: 'image/jpeg' }

export function cardPictureName(hash: string): string {
  return `cards/${hash}.jpg`
}

/**
 * Opens a card picture. It is public: WeCom fetches it without any session, and it is approved as if public. `plain` is
 * the neutral picture of pieces that have none of their own. Throws `not_found`.
 */
export async function openCardPicture({ files }: Pick<Deps, 'files'>, hash: string): Promise<CardPicture> {
  if (hash === 'plain') {
    const bytes = await drawCard('document')
    return { stream: Readable.from([bytes]), bytes: bytes.length, mime: 'image/jpeg' }
  }
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new AppError('not_found')
  return { ...(await files.open(cardPictureName(hash))), mime: 'image/jpeg' }
}
