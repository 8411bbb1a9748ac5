import { openPageImage } from '../content/page-image.ts'
import { AppError } from '../errors.ts'
import { openCaptions } from '../evidence/open-captions.ts'
import { openFile } from '../evidence/open-file.ts'
import { openVideo } from '../evidence/open-video.ts'
import { loadReadableLink } from '../evidence/reader.ts'
import type { DoctorDoor } from './hcp.ts'
import { tokenIn } from './hcp-answer.ts'
import { answerCaptions, answerPart, rangeAsked } from './media.ts'

/** Pages, videos and captions, each time only for the addressee of a live link. */
export function mountBytes({ router, deps, reader }: DoctorDoor): void {
  // `no-cache`: a browser may keep an image but must ask before each use, so a withdrawal is in force at once.
  router.get('/:token/pages/:number/:width.webp', async (ctx) => {
    const asked = { number: Number(ctx.params['number']), width: Number(ctx.params['width']) }
    const link = await loadReadableLink(deps, reader(ctx), tokenIn(ctx))
    if (!Number.isInteger(asked.number)) throw new AppError('not_found')
    const etag = `"${(link.fileHash ?? '').slice(0, 32)}-${asked.number}-${asked.width}"`
    ctx.set('Cache-Control', 'private, no-cache')
    ctx.set('ETag', etag)
    if (ctx.get('if-none-match') === etag) {
      ctx.status = 304
      return
    }
    const { stream, bytes, mime } = await openPageImage(deps, { contentItemId: link.contentItemId, ...asked })
    ctx.type = mime
    ctx.length = bytes
    ctx.body = stream
  })

  router.get('/:token/file', async (ctx) => {
    const { name, mime, bytes, stream } = await openFile(deps, reader(ctx), tokenIn(ctx))
    ctx.attachment(name)
    ctx.type = mime
    ctx.length = bytes
    ctx.body = stream
  })

  router.get('/:token/captions.vtt', async (ctx) =>
    answerCaptions(ctx, await openCaptions(deps, reader(ctx), tokenIn(ctx))),
  )

  router.get('/:token/video', async (ctx) =>
    answerPart(ctx, await openVideo(deps, reader(ctx), { token: tokenIn(ctx), range: rangeAsked(ctx) })),
  )
}
