import { constants, inflateRawSync } from 'node:zlib'
import { endsArchive, isForeign } from './foreign-bytes.ts'
import { RenditionError } from '../renditions/rendition.ts'

const chunkBytes = 4 * 1024 * 1024
const overlap = 256
/** Bytes one object stream, and all of them, may become. */
const streamBytes = 64 * 1024 * 1024
const allStreamBytes = 256 * 1024 * 1024

/** A PDF name, whose letters may each be written as #hex. */
function named(name: string): string {
  return '/' + [...name].map((letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`).join('')
}

/** Actions and parts that run, fetch, send or carry something; ISO 32000-1, 7.11, 12.6.4, 12.7.8. Links to pages stay. */
const acting = new RegExp(
  [
    ...['JavaScript', 'Launch', 'EmbeddedFile', 'GoToR', 'GoToE', 'SubmitForm', 'ImportData'].map(named),
    ...['RichMedia', 'Rendition', 'Movie', 'Sound'].map((name) => `${named(name)}(?![A-Za-z])`),
    `${named('XFA')}\\s*(?:\\[|\\d+\\s+\\d+\\s+R)`,
  ].join('|'),
  'i',
)
const encrypted = new RegExp(`${named('Encrypt')}\\s*(?:<<|\\d+\\s+\\d+\\s+R)`)
const objectStream = new RegExp(named('ObjStm'))
/** A stream that hides what it is: its type written elsewhere. */
const typeElsewhere = new RegExp(`${named('Type')}\\s+\\d+\\s+\\d+\\s+R`)
const plainFilter = new RegExp(`${named('Filter')}\\s*\\[?\\s*${named('FlateDecode')}\\s*\\]?\\s*(?:/|>>)`)
const anyFilter = new RegExp(`${named('Filter')}|${named('F')}[\\s[/(<]`)
const predictor = new RegExp(named('Predictor'))

/**
 * Looks through all of a PDF, compressed objects included, before anything interprets it. The file itself may travel to
 * the doctor, so what is not drawn counts as well. Throws RenditionError: `broken`, `polyglot`, `encrypted`,
 * `active_content`, `zip_bomb`.
 */
export function inspectPdf(bytes: Buffer): void {
  checkEnds(bytes)
  scan(bytes, (text) => {
    if (encrypted.test(text)) throw new RenditionError('encrypted')
  })
  scan(bytes, refuseActing)
  inspectStreams(bytes)
}

/** Readers repair a file that was cut off and show what is left of it: never what was approved. */
function checkEnds(bytes: Buffer): void {
  const end = bytes.lastIndexOf('%%EOF')
  if (end < 0) throw new RenditionError('broken')
  if (endsArchive(bytes)) throw new RenditionError('polyglot')
  if (/<(?:html|script|!doctype|\?php)/i.test(bytes.toString('latin1', 0, 1_024))) throw new RenditionError('polyglot')
  const after = bytes.subarray(end + 5)
  if (after.length <= 4_096 && /^[\s\0]*$/.test(after.toString('latin1'))) return
  throw new RenditionError(isForeign(after) ? 'polyglot' : 'broken')
}

function scan(bytes: Buffer, look: (text: string) => void): void {
  for (let at = 0; at < bytes.length; at += chunkBytes) look(bytes.toString('latin1', at, at + chunkBytes + overlap))
}

function refuseActing(text: string): void {
  if (acting.test(text)) throw new RenditionError('active_content')
}

function inspectStreams(bytes: Buffer): void {
  let unpacked = 0
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.toString('latin1', Math.max(0, at - 3), at) === 'end') continue
    const content = unpackObjects(bytes, at)
    if (!content) continue
    unpacked += content.length
    if (unpacked > allStreamBytes) throw new RenditionError('zip_bomb')
    scan(content, refuseActing)
  }
}

/** The objects that a stream holds; undefined when it holds none. `at` is where the word `stream` stands. */
function unpackObjects(bytes: Buffer, at: number): Buffer | undefined {
  const before = bytes.toString('latin1', Math.max(0, at - 2_048), at)
  const dictionary = before.slice(before.lastIndexOf('obj'))
  const says = objectStream.test(dictionary)
  if (typeElsewhere.test(dictionary)) throw new RenditionError('active_content')
  if (says && anyFilter.test(dictionary) && (!plainFilter.test(dictionary) || predictor.test(dictionary))) {
    throw new RenditionError('active_content')
  }
  const start = at + (bytes[at + 6] === 0x0d ? 8 : 7)
  const packed = bytes.subarray(start)
  if (packed.length < 2 || (packed[0]! & 15) !== 8 || packed.readUInt16BE(0) % 31 !== 0) return undefined
  if (!says && !looksLikeObjects(packed.subarray(0, 512))) return undefined
  const objects = inflated(packed, streamBytes)
  if (says && !objects) throw new RenditionError('active_content') // what cannot be looked through is not let through
  return objects
}

/** An object stream opens with pairs of numbers. */
function looksLikeObjects(packed: Buffer): boolean {
  return /^(?:\s|%[^\r\n]*[\r\n])*\d+\s+\d+\s/.test(inflated(packed, 1024 * 1024)?.toString('latin1') ?? '')
}

/** What can be inflated, whatever its check sum says, as readers do; undefined for what cannot. */
function inflated(packed: Buffer, maxOutputLength: number): Buffer | undefined {
  try {
    return inflateRawSync(packed.subarray(2), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength })
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new RenditionError('zip_bomb', fault)
    return undefined
  }
}
