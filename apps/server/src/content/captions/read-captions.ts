import { CaptionsError, parseCaptions, type Cue } from '../../captions.ts'
import { readText } from '../inspect/read-text.ts'
import { RenditionError } from '../renditions/rendition.ts'

/** An hour of speech has some 100 kB. */
const mostBytes = 200_000

/** The captions of a file that somebody brought in. Throws RenditionError, also for what is no text. */
export function readCaptions(bytes: Buffer): Cue[] {
  if (bytes.length > mostBytes) throw new RenditionError('too_large')
  const text = readText(bytes)
  try {
    return parseCaptions(text)
  } catch (fault) {
    throw fault instanceof CaptionsError ? new RenditionError(fault.problem, fault) : fault
  }
}
