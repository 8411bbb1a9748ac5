import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl'
import { endsArchive } from './foreign-bytes.ts'
import { RenditionError } from '../renditions/rendition.ts'

const mostParts = 5_000
/** What all parts, and those that carry the structure, may become. */
const unpackedBytes = 400 * 1024 * 1024
const structureBytes = 16 * 1024 * 1024
/** Drawings of text pack well, but not so well; small parts are let be. */
const mostRatio = 200
const ratioFrom = 5 * 1024 * 1024
/** Sheets behind charts are documents of their own, packed in the document. */
const innerSheet = /\/embeddings\/[^/]+\.xlsx$/i
const innerBytes = 32 * 1024 * 1024

const acting = /macroEnabled|vbaProject|activeX|oleObject|vnd\.ms-office\.vba/i
const actingPart = /vbaProject|\/activeX\/|oleObject|\.(?:bin|exe|dll|js|vbs|hta|jar)$/i
/** Office's own printer settings are the one binary part that every document may hold. */
const harmlessPart = /\/printerSettings\/printerSettings\d*\.bin$/i

/** Shared by a document and those within it, so that nesting multiplies nothing. */
type Budget = { parts: number; bytes: number }

/**
 * Unpacks every part of a PPTX or DOCX once, within bounds and into nothing, before LibreOffice sees it. Throws
 * RenditionError: `zip_bomb`, `active_content`, `external_content`, `encrypted`, `broken`, `not_supported`.
 */
export async function inspectOffice(path: string): Promise<'docx' | 'pptx'> {
  const types = await inspectArchive(await opened(openPromise(path, options)), { parts: 0, bytes: 0 }, 0)
  if (/wordprocessingml\.document\.main\+xml/.test(types)) return 'docx'
  if (/presentationml\.(?:presentation|slideshow)\.main\+xml/.test(types)) return 'pptx'
  throw new RenditionError('not_supported')
}

const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true } as const

function opened(archive: Promise<ZipFile>): Promise<ZipFile> {
  return archive.catch((fault: unknown) => {
    throw new RenditionError('broken', fault)
  })
}

/** Returns the list of content types, the part every such document has. */
async function inspectArchive(archive: ZipFile, budget: Budget, depth: number): Promise<string> {
  let types = ''
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      checkEntry(entry, budget)
      const part = await readPart(archive, entry, budget)
      if (entry.fileName === '[Content_Types].xml') types = part.toString('utf8')
      checkPart(entry.fileName, part)
      if (isArchive(part)) await inspectInner(entry.fileName, part, budget, depth)
    }
  } catch (fault) {
    if (fault instanceof RenditionError) throw fault
    const lied = fault instanceof Error && /too many bytes/.test(fault.message) // a part larger than it was said to be
    throw new RenditionError(lied ? 'zip_bomb' : 'broken', fault)
  } finally {
    archive.close()
  }
  if (acting.test(types)) throw new RenditionError('active_content')
  return types
}

/** By what the archive declares; `readPart` then sees that it kept to it. */
function checkEntry(entry: Entry, budget: Budget): void {
  budget.parts += 1
  budget.bytes += entry.uncompressedSize
  if (budget.parts > mostParts || budget.bytes > unpackedBytes) throw new RenditionError('zip_bomb')
  if (entry.uncompressedSize > ratioFrom && entry.uncompressedSize > entry.compressedSize * mostRatio) {
    throw new RenditionError('zip_bomb')
  }
  if (entry.isEncrypted()) throw new RenditionError('encrypted')
  if (actingPart.test(entry.fileName) && !harmlessPart.test(entry.fileName)) throw new RenditionError('active_content')
}

/** All of a part that says how the document is built or is a document itself, only the beginning of any other. */
async function readPart(archive: ZipFile, entry: Entry, budget: Budget): Promise<Buffer> {
  const kept = /\.(?:xml|rels|vml)$/i.test(entry.fileName) ? structureBytes : innerBytes
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    bytes += (chunk as Buffer).length
    if (bytes > entry.uncompressedSize || budget.bytes > unpackedBytes) throw new RenditionError('zip_bomb')
    if (bytes <= kept) chunks.push(chunk as Buffer)
    else if (kept === structureBytes) throw new RenditionError('too_large')
  }
  return Buffer.concat(chunks)
}

function checkPart(name: string, part: Buffer): void {
  if (!/\.(?:xml|rels|vml)$/i.test(name)) return
  const text = part[0] === 0xff || part[0] === 0xfe ? part.toString('utf16le') : part.toString('utf8')
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new RenditionError('active_content')
  if (!name.endsWith('.rels')) return
  for (const [link] of text.matchAll(/<[\w:]*Relationship\s[^>]*>/g)) {
    if (acting.test(link)) throw new RenditionError('active_content')
    // A link that somebody clicks may lead out; whatever is loaded on opening may not.
    if (/TargetMode\s*=\s*["']External/i.test(link) && !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(link)) {
      throw new RenditionError('external_content')
    }
  }
}

const isArchive = (part: Buffer): boolean => part.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) || endsArchive(part)

async function inspectInner(name: string, part: Buffer, budget: Budget, depth: number): Promise<void> {
  if (depth > 0 || !innerSheet.test(name)) throw new RenditionError('active_content')
  if (part.length >= innerBytes) throw new RenditionError('too_large')
  await inspectArchive(await opened(fromBufferPromise(part, options)), budget, depth + 1)
}
