import { createHash } from 'node:crypto'
import type Router from '@koa/router'
import { send } from '@koa/send'
import { openCardPicture } from '../content/card-picture.ts'
import type { Deps } from '../deps.ts'
import { appPolicy } from './headers.ts'
import { openapi } from './openapi.ts'

/** The page apps as they were built, card pictures, and the description of the interface. */
export function pagesDoor(router: Router, deps: Deps, folders: { sidebar: string; console: string }): Router {
  for (const [face, folder] of Object.entries(folders)) {
    // the console shows the doctor's pages in a frame
    const policy = appPolicy(folder, face === 'console' ? "'self'" : "'none'")
    // the router takes `/sidebar/` for `/sidebar` as well
    router.get(`/${face}`, (ctx, next) => (ctx.path === `/${face}` ? ctx.redirect(`/${face}/`) : next()))
    router.get(`/${face}/{*path}`, async (ctx) => {
      const path = ctx.path.slice(face.length + 2)
      const asset = path.startsWith('assets/')
      ctx.set('Content-Security-Policy', policy)
      ctx.set('Cache-Control', asset ? 'public, max-age=31536000, immutable' : 'no-store')
      await send(ctx, asset ? path : 'index.html', { root: folder })
      // The builder's names carry a hash, so a page kept by an old webview never mixes two versions.
      if (asset) ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    })
  }

  router.get('/card/:hash.jpg', async (ctx) => {
    const { stream, bytes } = await openCardPicture(deps, ctx.params['hash'] ?? '')
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    ctx.type = 'image/jpeg'
    ctx.length = bytes
    ctx.body = stream
  })

  const description = JSON.stringify(openapi(deps.config.PUBLIC_URL))
  const etag = `"${createHash('sha256').update(description).digest('hex').slice(0, 16)}"`
  router.get('/openapi.json', (ctx) => {
    ctx.set('ETag', etag)
    ctx.type = 'application/json'
    ctx.body = description
  })
  return router
}
