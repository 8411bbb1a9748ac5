import { mediaFits } from '@vouch/wecom'
import FormData from 'form-data'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { Ask } from './transport.ts'
import { refusalClass } from './wecom-refusal.ts'
import type { WeCom } from './wecom.ts'

type Upload = Parameters<WeCom['upload']>[0]

/** 20 MB over a slow line; far above the limit of other calls. */
const uploadLimitMs = 60_000

const uploaded = z.object({ media_id: z.string().min(1).max(300), created_at: z.coerce.number() })

/** Uploads a temporary file. Throws AppError `bad_request` when the file is not one WeCom takes. */
export async function upload(call: Ask, file: Upload): ReturnType<WeCom['upload']> {
  if (!mediaFits(file.kind, file.bytes.length)) throw new AppError('bad_request', { field: 'bytes' })
  try {
    const raw = multipart(file)
    const answer = uploaded.parse(
      await call({ path: 'media/upload', query: { type: file.kind }, raw, timeoutMs: uploadLimitMs }),
    )
    return { mediaId: answer.media_id, createdAt: new Date(answer.created_at * 1000) }
  } catch (fault) {
    if (refusalClass(fault) === 'file') throw new AppError('bad_request', { field: 'file' })
    throw fault
  }
}

/**
 * The name the HCP sees is the multipart `filename`, as raw UTF-8: WeCom shows `filename*` and escapes as they are
 * written (wecom-platform.md 5.1). form-data writes it raw, unlike the platform's own FormData.
 */
export function multipart({ name, mime, bytes }: Pick<Upload, 'name' | 'mime' | 'bytes'>) {
  const form = new FormData()
  form.append('media', bytes, { filename: plainName(name), contentType: mime })
  const body = form.getBuffer()
  return { bytes: body, headers: { ...form.getHeaders(), 'content-length': String(body.length) } }
}

/** Longest name, with its ending; phones cut what is longer, and the ending is what they open it by. */
const mostNameBytes = 128

/**
 * No path, no quotes, no line ends: these would end the header's value or be escaped. No marks that turn the direction of
 * writing or have no width: the name must read as what it is.
 */
function plainName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\p{Cc}"\\/:*?<>|]/gu, '_')
    .trim()
  return plain === '' || plain === '.' || plain === '..' ? 'file' : cut(plain)
}

function cut(name: string): string {
  const [ending = ''] = /\.[^.]{1,10}$/.exec(name) ?? []
  const letters = [...name.slice(0, name.length - ending.length)]
  while (Buffer.byteLength(letters.join('') + ending) > mostNameBytes) letters.pop()
  return letters.join('') + ending
}
