import { readFile, stat } from 'node:fs/promises'
import { readCaptions } from '../captions/read-captions.ts'
import type { FileFormat } from './file-format.ts'
import { inspectOffice } from './inspect-office.ts'
import { inspectPdf } from './inspect-pdf.ts'
import { inspectPicture } from './inspect-picture.ts'
import { inspectText } from './inspect-text.ts'
import { inspectVideo } from './inspect-video.ts'
import { renditionCaps, RenditionError } from '../renditions/rendition.ts'
import { readHead, sniffFile } from './sniff-file.ts'

/** `seconds` of a video, 0 otherwise. */
export type InspectedFile = { format: FileFormat; seconds: number }

/**
 * What a file is, told by all of it. Nothing is decoded or drawn, only followed within bounds; it runs in the drawing
 * process all the same. Throws RenditionError for every file that is not taken.
 */
export async function inspectFile(path: string): Promise<InspectedFile> {
  const { size } = await stat(path)
  if (size > renditionCaps.fileBytes) throw new RenditionError('too_large')
  const sniffed = sniffFile(await readHead(path))
  if (sniffed === 'mp4') return { format: 'mp4', seconds: inspectVideo(path).seconds }
  if (sniffed === 'office') return { format: await inspectOffice(path), seconds: 0 }
  const bytes = await readFile(path)
  if (sniffed === 'pdf') inspectPdf(bytes)
  else if (sniffed === 'png' || sniffed === 'jpeg') await inspectPicture(sniffed, bytes)
  else if (sniffed === 'vtt') readCaptions(bytes)
  else inspectText(bytes)
  return { format: sniffed, seconds: 0 }
}
