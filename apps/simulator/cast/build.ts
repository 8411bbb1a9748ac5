import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { printDocument } from './press/document.ts'
import { drawCard, drawPicture, type CardKind } from './press/picture.ts'
import type { BuiltFile, BuiltPiece, BuiltWorld, Piece } from './world-types.ts'
import { world } from './world.ts'

const mimes: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.html': 'text/html; charset=utf-8',
}

/**
 * Makes `world.json` and `files/` in outDir. The same sources give the same bytes; when nothing under `cast/` changed since
 * the last time, nothing is made and `fresh` is false. Throws when a document's page count is not the declared one.
 */
export async function buildCast({ outDir }: { outDir: string }): Promise<{ world: BuiltWorld; fresh: boolean }> {
  const inputs = fingerprintOfCast()
  const standing = readStanding(outDir, inputs)
  if (standing) return { world: standing, fresh: false }
  rmSync(join(outDir, 'world.json'), { force: true })
  rmSync(join(outDir, 'files'), { recursive: true, force: true })
  mkdirSync(join(outDir, 'files'), { recursive: true })
  const content: BuiltPiece[] = []
  for (const piece of world.content) content.push(await buildPiece(outDir, piece))
  const unsigned = { ...world, content }
  const built: BuiltWorld = { ...unsigned, fingerprint: sha256(JSON.stringify(unsigned)) }
  writeFileSync(join(outDir, 'world.json'), JSON.stringify(built, null, 2) + '\n')
  writeFileSync(join(outDir, 'inputs.sha256'), inputs)
  return { world: built, fresh: true }
}

async function buildPiece(outDir: string, piece: Piece): Promise<BuiltPiece> {
  const card = await buildCard(outDir, piece)
  if (piece.source === null) return { ...piece, file: null, card }
  const { bytes, extension } = await buildBytes(piece, join(castFolder(), 'sources', piece.source))
  const name = `${piece.documentId}-v${piece.version}${extension}`
  return { ...piece, file: keep(outDir, name, bytes, `${piece.title} v${piece.version}${extension}`), card }
}

async function buildBytes(piece: Piece, source: string): Promise<{ bytes: Buffer; extension: string }> {
  if (extname(source) !== '.md') return { bytes: readFileSync(source), extension: extname(source) }
  const printed = await printDocument(piece, readFileSync(source, 'utf8'))
  const expected = piece.kind === 'image' ? 1 : piece.pages
  if (printed.pages !== expected) {
    throw new Error(`${piece.documentId} v${piece.version} has ${printed.pages} pages, declared are ${expected}`)
  }
  if (piece.kind !== 'image') return { bytes: printed.bytes, extension: '.pdf' }
  const format = source.endsWith('.png.md') ? 'png' : 'jpg'
  return { bytes: await drawPicture(printed.bytes, format, 2), extension: `.${format}` }
}

async function buildCard(outDir: string, piece: Piece): Promise<BuiltFile | null> {
  if (piece.kind === 'phrase' || piece.kind === 'script') return null
  const kind: CardKind = piece.class === 'consent' ? 'consent' : piece.kind
  const name = `card-${kind}.png`
  const made = join(outDir, 'files', name)
  return keep(outDir, name, existsSync(made) ? readFileSync(made) : await drawCard(kind), name)
}

function keep(outDir: string, name: string, bytes: Buffer, fileName: string): BuiltFile {
  writeFileSync(join(outDir, 'files', name), bytes)
  return {
    name,
    fileName,
    mime: mimes[extname(name)] ?? 'application/octet-stream',
    bytes: bytes.length,
    sha256: sha256(bytes),
  }
}

/** What was built before, if it was built from the same inputs and every file is still there in its size. */
function readStanding(outDir: string, inputs: string): BuiltWorld | null {
  const path = join(outDir, 'world.json')
  const mark = join(outDir, 'inputs.sha256')
  if (!existsSync(path) || !existsSync(mark) || readFileSync(mark, 'utf8') !== inputs) return null
  const built = JSON.parse(readFileSync(path, 'utf8')) as BuiltWorld // written by buildCast from the same inputs
  const files = built.content.flatMap((piece) => [piece.file, piece.card]).filter((file) => file !== null)
  const whole = files.every(({ name, bytes }) => {
    const file = join(outDir, 'files', name)
    return existsSync(file) && statSync(file).size === bytes
  })
  return whole ? built : null
}

/** Hash over every file of this folder but its tests and README: texts, data and the code that prints them. */
function fingerprintOfCast(): string {
  const hash = createHash('sha256')
  const folder = castFolder()
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  for (const name of names) {
    const path = join(folder, name)
    if (statSync(path).isDirectory() || /\.test\.ts$|README\.md$/.test(name)) continue
    hash.update(name).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

/** `cast/` of the simulator, whether this runs from its source or from `dist/cast/build.js`. */
function castFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return existsSync(join(here, 'sources')) ? here : resolve(here, '../../cast')
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const outDir = resolve(process.argv[2] ?? join(castFolder(), '../../../.data/cast'))
  const started = performance.now()
  const { world: built, fresh } = await buildCast({ outDir })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${fresh ? 'built' : 'unchanged'}: ${built.content.length} pieces in ${outDir} (${seconds} s)\n`)
}
