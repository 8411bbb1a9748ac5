import type Router from '@koa/router'
import { verifyNameShape } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findVerifyFiles } from '../setup/checks/check-queries.ts'

/** Strangers may ask as often as they like; the database is asked once in this time. */
const keptMs = 2_000

/** `WW_verify_….txt` at the root, plain and without a redirect, as WeCom fetches it (wecom-platform.md 9.4). */
export function verifyFileDoor(router: Router, deps: Deps): void {
  let kept: { at: number; files: ReturnType<typeof findVerifyFiles> } | undefined

  function files(): ReturnType<typeof findVerifyFiles> {
    const at = deps.now().getTime()
    if (kept && Math.abs(at - kept.at) < keptMs) return kept.files
    // Without the database the file of the environment is served all the same.
    const found = findVerifyFiles(deps.db, deps.config).catch(() => findVerifyFiles(null, deps.config))
    kept = { at, files: found }
    return found
  }

  router.get('/WW_verify_:rest', async (ctx) => {
    const name = `WW_verify_${ctx.params['rest']}`
    const file = verifyNameShape.test(name) ? (await files()).find((one) => one.name === name) : undefined
    if (!file) throw new AppError('not_found')
    ctx.type = 'text/plain; charset=utf-8'
    ctx.set('Cache-Control', 'no-store')
    ctx.body = file.body
  })
}
