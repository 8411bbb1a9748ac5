import { importEndpoints } from '@vouch/contract'
import { listErrors } from '../content/imports/list-errors.ts'
import { listImport } from '../content/imports/list-import.ts'
import { startImport } from '../content/imports/start-import.ts'
import { AppError } from '../errors.ts'
import { readCookie } from './cookies.ts'
import { serve, sessionCookie, type Door } from './serve.ts'

/** Content from a folder and a table. */
export function mountImports(door: Door): void {
  const { deps, router, sessions } = door
  serve(door, importEndpoints.startImport, (me, asked) => startImport(deps, me, asked))
  serve(door, importEndpoints.lookAtImport, (me, asked) => listImport(deps, me, asked))

  router.get('/api/console/imports/:importId/errors.csv', async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    const me = await sessions.find(readCookie(ctx, sessionCookie('console')), 'console')
    if (!me) throw new AppError('not_signed_in')
    ctx.state['actorId'] = me.personId
    const language = ctx.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh'
    ctx.body = await listErrors(deps, me, { importId: ctx.params['importId'] ?? '', language })
    ctx.set('Content-Type', 'text/csv; charset=utf-8')
    ctx.set('Content-Disposition', 'attachment; filename="errors.csv"')
  })
}
