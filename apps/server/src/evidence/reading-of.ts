import type { Reading } from '@vouch/hcp/render'
import { parseCaptions } from '../captions.ts'
import { transcriptOf } from '../transcript.ts'
import { fileOf } from './open-file.ts'
import type { findShown, LinkRow } from './queries.ts'

type Piece = Pick<
  LinkRow,
  | ('title' | 'kind' | 'class' | 'language' | 'version' | 'approvalNumber' | 'effectiveAt' | 'expiresAt' | 'seconds')
  | ('cardHash' | 'mayForward' | 'fileBytes' | 'fileHash' | 'mime' | 'ways')
>
/** To whom, from whom and where: `path` is what the page's own addresses begin with. */
type Around = Pick<Reading, 'sender' | 'sentAt' | 'recordsReading' | 'replaces'> & { path: string; addressee: string }

/** A piece as its page shows it. Pure; whoever calls has decided that this reader may see it. */
export function readingOf(piece: Piece, shown: Awaited<ReturnType<typeof findShown>>, around: Around): Reading {
  const { title, kind, version, approvalNumber, effectiveAt, expiresAt, seconds, cardHash } = piece
  const { path, addressee, ...sent } = around
  const address = `${path}/video`
  const poster = cardHash ? `/card/${cardHash}.jpg` : null
  const captions = captionsAt(path, shown.said)
  return {
    page: 'reading',
    ...{ title, kind, version, approvalNumber, effectiveAt, expiresAt, ...sent, ...shown.drawn },
    class: piece.class,
    contentLanguage: piece.language,
    markedFor: piece.mayForward ? null : masked(addressee),
    video: kind === 'video' ? { address, seconds, bytes: Number(piece.fileBytes), poster, captions } : null,
    file: fileOf(piece),
  }
}

/** The player fetches the captions from their own address; the same words stand below as a text. */
function captionsAt(path: string, said: { captions: string; language: string } | null | '') {
  if (!said) return null
  const passages = transcriptOf(parseCaptions(said.captions))
  return { address: `${path}/captions.vtt`, language: said.language, passages }
}

/** 张* where a third person may read (ux.md section 10). */
function masked(name: string): string {
  return `${[...name][0] ?? ''}*`
}
