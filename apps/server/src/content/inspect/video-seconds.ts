import { findBox } from './mp4-boxes.ts'

/**
 * Length of an MP4 in whole seconds, rounded up, from its `mvhd` box (ISO 14496-12, 8.2.2). 0 when there is none:
 * the length is shown before playing, nothing depends on it.
 */
export function videoSeconds(file: Buffer): number {
  const moov = findBox(file, 'moov')
  return moov ? movieSeconds(moov) : 0
}

/** The same from the content of the `moov` box. */
export function movieSeconds(moov: Buffer): number {
  const header = findBox(moov, 'mvhd')
  if (!header || header.length < 32) return 0
  const long = header[0] === 1
  const scale = header.readUInt32BE(long ? 20 : 12)
  const duration = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)
  return scale === 0 ? 0 : Math.ceil(duration / scale)
}
