import { AppError } from '../errors.ts'
import type { Face } from '../people/sessions.ts'
import { storePart } from '../uploads/store-part.ts'
import { partBytes } from '../uploads/upload-limits.ts'
import { readBody } from './body.ts'
import { guard, refuseForeign, type Door } from './serve.ts'

/** A part of a file is bytes and no JSON; `X-Part-Sha256` says what they should be. */
export function mountParts({ deps, router, sessions, limits }: Door, face: Face, path: string): void {
  const enter = guard({ deps, sessions }, face, { method: 'POST', path })
  router.post(path, async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
    const me = await enter(ctx)
    await limits.checkMisses(me.personId)
    if (!ctx.is('application/octet-stream')) throw new AppError('bad_request', { field: 'content-type' })
    const sha256 = ctx.get('x-part-sha256')
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new AppError('bad_request', { field: 'x-part-sha256' })
    const { uploadId = '', number = '' } = ctx.params
    if (!/^\d{1,4}$/.test(number)) throw new AppError('bad_request', { field: 'number' })
    const bytes = await readBody(ctx.req, partBytes)
    ctx.body = await storePart(deps, me, { uploadId, number: Number(number), sha256, bytes }).catch(async (fault) => {
      if (fault instanceof AppError) await limits.countMiss(me.personId, fault.code)
      throw fault
    })
  })
}
