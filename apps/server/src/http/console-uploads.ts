import { uploadEndpoints } from '@vouch/contract'
import { AppError } from '../errors.ts'
import { closeUpload } from '../uploads/close-upload.ts'
import { findUpload } from '../uploads/find-upload.ts'
import { openUpload } from '../uploads/open-upload.ts'
import { storePart } from '../uploads/store-part.ts'
import { partBytes, whoUploads } from '../uploads/upload-limits.ts'
import { readBody } from './body.ts'
import { readCookie } from './cookies.ts'
import { refuseForeign, serve, sessionCookie, type Door } from './serve.ts'

/** Files on their way in, part by part. */
export function mountUploads(door: Door): void {
  const { deps, router, sessions, limits } = door
  serve(door, uploadEndpoints.openUpload, (me, asked) => openUpload(deps, me, asked, whoUploads[asked.purpose]))
  serve(door, uploadEndpoints.closeUpload, (me, asked) => closeUpload(deps, me, asked))
  serve(door, uploadEndpoints.lookAtUpload, (me, asked) => findUpload(deps, me, asked))

  /** A part is bytes and no JSON; `X-Part-Sha256` says what they should be. */
  router.post('/api/console/uploads/:uploadId/parts/:number', async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
    const me = await sessions.find(readCookie(ctx, sessionCookie('console')), 'console')
    if (!me) throw new AppError('not_signed_in')
    ctx.state['actorId'] = me.personId
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
