import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import type { Media, MediaKind } from '../store.ts'
import { parameter, type ApiCall } from './call.ts'
import { WeComError } from './errors.ts'

const megabyte = 1024 * 1024
const lifeMs = 3 * 86_400_000
/** wecom-platform.md 5.1; every kind must also have more than 5 bytes. */
const mostBytes: Record<MediaKind, number> = {
  image: 10 * megabyte,
  voice: 2 * megabyte,
  video: 10 * megabyte,
  file: 20 * megabyte,
}
const letters: Record<string, MediaKind> = { i: 'image', a: 'voice', v: 'video', f: 'file' }

/** media/upload: multipart field `media` with a file name, kept three virtual days. */
export const uploadMedia: ApiCall = {
  method: 'POST',
  async answer(simulator, { query, body, contentType }) {
    const kind = Object.values(letters).find((one) => one === query.get('type'))
    if (!kind) throw new WeComError(40004, 'invalid media type')
    const file = await readUpload(body, contentType)
    if (file.size <= 5) throw new WeComError(44001)
    if (file.size > mostBytes[kind]) throw new WeComError(45001)
    const bytes = Buffer.from(await file.arrayBuffer())
    checkFormat(kind, bytes)
    const { id, createdAt } = makeMediaId(simulator, kind)
    const md5 = createHash('md5').update(bytes).digest('hex')
    simulator.vault.media.set(id, {
      kind,
      name: file.name,
      createdAt,
      md5,
      bytes,
      mime: file.type || 'application/octet-stream',
    })
    return { type: kind, media_id: id, created_at: String(createdAt) }
  },
}

export const getMedia: ApiCall = {
  method: 'GET',
  answer(simulator, { query }) {
    const media = findMedia(simulator, parameter(query, 'media_id'))
    if (!media?.bytes) throw new WeComError(40007)
    return { binary: media.bytes, mime: media.mime, name: media.name }
  },
}

async function readUpload(body: Buffer, contentType: string): Promise<File> {
  if (!contentType.startsWith('multipart/form-data')) throw new WeComError(41005, 'media data missing')
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null)
  const file = form?.get('media')
  if (!(file instanceof File)) throw new WeComError(41005, 'media data missing')
  if (file.name === '') throw new WeComError(40058, 'missing parameter: filename')
  return file
}

/** Images are JPG or PNG, video is MP4, voice is AMR; a file may be anything. */
function checkFormat(kind: MediaKind, bytes: Buffer): void {
  const png = bytes.subarray(1, 4).toString('latin1') === 'PNG'
  const jpg = bytes[0] === 0xff && bytes[1] === 0xd8
  const mp4 = bytes.subarray(4, 8).toString('latin1') === 'ftyp'
  const amr = bytes.subarray(0, 5).toString('latin1') === '#!AMR'
  const fits = { image: png || jpg, video: mp4, voice: amr, file: true }
  if (!fits[kind]) throw new WeComError(40005, 'invalid file type')
}

/** The id says its own kind and age, so that a restarted simulator still knows which ids it gave out. */
function makeMediaId(simulator: Simulator, kind: MediaKind): { id: string; createdAt: number } {
  const createdAt = Math.floor(simulator.now() / 1000)
  const letter = Object.entries(letters).find(([, one]) => one === kind)?.[0] ?? 'f'
  const head = `${letter}${createdAt.toString(36)}.${randomBytes(9).toString('base64url')}`
  return { id: `${head}.${macOf(simulator, head)}`, createdAt }
}

function macOf(simulator: Simulator, head: string): string {
  return createHmac('sha256', simulator.config.agentSecret).update(`media ${head}`).digest('base64url').slice(0, 16)
}

/** The media of an id that is ours and not older than three days; bytes are null after a restart. */
export function findMedia(simulator: Simulator, id: string): Media | null {
  const head = id.slice(0, id.lastIndexOf('.'))
  const kind = letters[id[0] ?? '']
  if (!kind || id !== `${head}.${macOf(simulator, head)}`) return null
  const createdAt = Number.parseInt(head.slice(1), 36)
  if (createdAt * 1000 + lifeMs <= simulator.now()) return null
  return (
    simulator.vault.media.get(id) ?? {
      kind,
      name: '',
      createdAt,
      md5: null,
      bytes: null,
      mime: 'application/octet-stream',
    }
  )
}
