import { contentEndpoints } from '@vouch/contract'
import { styleSource, type Language } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { loadAskView } from '../consents/on-page/ask-view.ts'
import { loadAsDoctor } from '../content/life/load-as-doctor.ts'
import { openPageImage } from '../content/page-image.ts'
import { AppError } from '../errors.ts'
import { someone } from '../evidence/as-doctor-queries.ts'
import { openCaptionsOf } from '../evidence/open-captions.ts'
import { openVideoOf } from '../evidence/open-video.ts'
import { loadAsDoctorRow, viewAsDoctor } from '../evidence/view-as-doctor.ts'
import { createDraw } from './hcp-draw.ts'
import { makeInert } from './inert.ts'
import { answerCaptions, answerPart, rangeAsked } from './media.ts'
import { guard, serve, type Door } from './serve.ts'

const versionPath = '/api/console/content/:contentItemId'

/** No script and no form, shown by the console alone; `sandbox` holds when it is opened by itself as well. */
const policy = [
  "default-src 'none'",
  `style-src ${styleSource}`,
  "img-src 'self' data:",
  "media-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ')

/** A version as doctors see it, for whoever of the office may see the version. Nothing of it counts as a visit or a reading. */
export function mountAsDoctor(door: Door): void {
  const { deps } = door
  serve(door, contentEndpoints.loadAsDoctor, (me, asked) => loadAsDoctor(deps, me, asked.contentItemId))
  mountPage(door)
  mountBytes(door)
}

function mountPage(door: Door): void {
  const { deps } = door
  const draw = createDraw(deps)
  mountGet(door, '/as-doctor', async (ctx, contentItemId) => {
    // By itself it could be taken for the doctor's own page: it is shown with the banner around it.
    if (ctx.get('sec-fetch-dest') === 'document') return ctx.redirect(`/console/content/${contentItemId}/as-doctor`)
    const path = `/api/console/content/${contentItemId}`
    const { language, size, show } = askedIn(ctx)
    const view =
      (await viewAsDoctor(deps, { contentItemId, show, path })) ??
      (await loadAskView(deps, {
        ...{ action: `${path}/consent`, language, sender: someone, about: {}, doctor: null },
        ...{ channel: 'link', asksIdentity: true },
      }))
    const look = { size, saver: false, chosen: false }
    ctx.set('Content-Security-Policy', policy)
    ctx.set('Cache-Control', 'no-store')
    ctx.type = 'html'
    ctx.body = makeInert(await draw({ path, view, language, look, script: null }))
  })
}

type Asked = { language: Language; size: 'normal' | 'large'; show: 'reading' | 'ended' }

function askedIn({ query }: Context): Asked {
  return {
    language: query['language'] === 'en-US' ? 'en-US' : 'zh-CN',
    size: query['size'] === 'large' ? 'large' : 'normal',
    show: query['show'] === 'ended' ? 'ended' : 'reading',
  }
}

/** What the page shows comes from under its own address, and the pictures of pages are those of the version's own page. */
function mountBytes(door: Door): void {
  const { deps } = door
  mountGet(door, '/pages/:number/:width.webp', async (ctx, contentItemId) => {
    const { number = '', width = '' } = ctx.params
    const image = await openPageImage(deps, { contentItemId, number: Number(number), width: Number(width) })
    ctx.set('Cache-Control', 'private, max-age=300')
    ctx.type = 'image/webp'
    ctx.length = image.bytes
    ctx.body = image.stream
  })
  mountGet(door, '/video', async (ctx, contentItemId) =>
    answerPart(ctx, await openVideoOf(deps, await loadAsDoctorRow(deps, contentItemId), rangeAsked(ctx))),
  )
  mountGet(door, '/captions.vtt', async (ctx, contentItemId) =>
    answerCaptions(ctx, await openCaptionsOf(deps, await loadAsDoctorRow(deps, contentItemId))),
  )
}

/** Of one version, for whom the authorisation table lets in. */
function mountGet(
  { router, deps, sessions }: Door,
  below: string,
  answer: (ctx: Context, contentItemId: string) => Promise<void> | void,
): void {
  const path = versionPath + below
  const enter = guard({ deps, sessions }, 'console', { method: 'GET', path })
  router.get(path, async (ctx) => {
    await enter(ctx)
    const { contentItemId = '' } = ctx.params
    if (!/^[\w-]{1,40}$/.test(contentItemId)) throw new AppError('content_not_found')
    await answer(ctx, contentItemId)
  })
}
