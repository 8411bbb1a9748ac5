import type { Session } from '../people/sessions.ts'
import { AppError } from '../errors.ts'
import { guard, refuseForeign, type Door } from './serve.ts'

type AskedCsv = { language: 'zh' | 'en'; params: Record<string, string | undefined> }

/** Mounts a table to download, for somebody of the office. `?lang=` says in which language, else the browser does. */
export function serveCsv(
  { router, deps, sessions, limits }: Door,
  path: string,
  write: (me: Session, asked: AskedCsv) => Promise<{ name: string; text: string }>,
): void {
  const enter = guard({ deps, sessions }, 'console', { method: 'GET', path })
  router.get(path, async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    refuseForeign(ctx, 'GET', deps.config.PUBLIC_URL)
    const me = await enter(ctx)
    await limits.checkMisses(me.personId)
    const spoken = ctx.query['lang'] ?? ctx.acceptsLanguages('zh', 'en')
    const asked: AskedCsv = { language: spoken === 'en' ? 'en' : 'zh', params: ctx.params }
    const { name, text } = await write(me, asked).catch(async (fault: unknown) => {
      if (fault instanceof AppError) await limits.countMiss(me.personId, fault.code)
      throw fault
    })
    ctx.set('Content-Type', 'text/csv; charset=utf-8')
    ctx.set('Content-Disposition', `attachment; filename="${name}.csv"`)
    ctx.body = text
  })
}
