/** Beginnings of programs, archives and pages, and what makes a browser or a server run a file that is none. */
const foreign = /^[\s\0]*(?:MZ|PK\x03\x04|Rar!|7z\xbc\xaf|\x7fELF|#!|%PDF-|<)|<(?:html|script|!doctype|\?php)/i

/** Whether bytes at the end of a file, where nothing should be, are another file. */
export function isForeign(rest: Buffer): boolean {
  return foreign.test(rest.toString('latin1', 0, 65_536)) || endsArchive(rest)
}

const endRecordBytes = 22
const longestComment = 65_535

/** Whether an unpacker would find a ZIP archive in the file: it looks for one from the end, wherever the file begins. */
export function endsArchive(bytes: Buffer): boolean {
  const tail = bytes.subarray(-(endRecordBytes + longestComment))
  const at = tail.lastIndexOf('PK\x05\x06')
  if (at < 0 || at + endRecordBytes > tail.length) return false
  const end = bytes.length - tail.length + at
  const directory = end - tail.readUInt32LE(at + 12)
  return directory >= 0 && (directory === end || bytes.toString('latin1', directory, directory + 4) === 'PK\x01\x02')
}
