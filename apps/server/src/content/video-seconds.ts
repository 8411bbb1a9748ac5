/**
 * Length of an MP4 in whole seconds, rounded up, from its `mvhd` box (ISO 14496-12, 8.2.2). 0 when there is none:
 * the length is shown before playing, nothing depends on it.
 */
export function videoSeconds(file: Buffer): number {
  const moov = findBox(file, 'moov')
  const header = moov && findBox(moov, 'mvhd')
  if (!header || header.length < 32) return 0
  const long = header[0] === 1
  const scale = header.readUInt32BE(long ? 20 : 12)
  const duration = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16)
  return scale === 0 ? 0 : Math.ceil(duration / scale)
}

/** The content of the first box of that type on this level. */
function findBox(bytes: Buffer, type: string): Buffer | undefined {
  for (let at = 0; at + 8 <= bytes.length;) {
    let [size, head] = [bytes.readUInt32BE(at), 8]
    if (size === 1 && at + 16 <= bytes.length) [size, head] = [Number(bytes.readBigUInt64BE(at + 8)), 16]
    if (size === 0) size = bytes.length - at
    if (size < head) return undefined
    if (bytes.toString('latin1', at + 4, at + 8) === type) return bytes.subarray(at + head, at + size)
    at += size
  }
  return undefined
}
