import type { Files } from '../../files/files.ts'
import { sha256 } from '../../secrets.ts'
import { cardPictureName } from '../card-picture.ts'
import { cardFrom, drawCard } from './draw-card.ts'
import { pageImageName } from './rendition.ts'

/** A card picture made of a video's own picture, and the neutral one that it takes the place of, by their hashes. */
export async function posterCard(files: Files, fileHash: string): Promise<{ plain: string; own: string }> {
  const card = await cardFrom(await files.read(pageImageName(fileHash, 1, 1080)))
  const own = sha256(card)
  await files.put(cardPictureName(own), card)
  return { own, plain: sha256(await drawCard('video')) }
}
