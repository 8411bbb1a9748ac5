import { contactCodeEndpoints as codes, repEndpoints, welcomeEndpoints as welcome } from '@vouch/contract'
import type { Context } from 'koa'
import { askCode } from '../contacts/codes/ask-code.ts'
import { changeCode, endCode, retryCode } from '../contacts/codes/change-code.ts'
import { findReps, listCodes } from '../contacts/codes/list-codes.ts'
import { loadCode } from '../contacts/codes/load-code.ts'
import { openOwnPicture, openPicture } from '../contacts/codes/open-picture.ts'
import { ownCode } from '../contacts/codes/own-code.ts'
import { decideWelcome } from '../contacts/welcome/decide-welcome.ts'
import { loadWelcome } from '../contacts/welcome/load-welcome.ts'
import { proposeWelcome } from '../contacts/welcome/propose-welcome.ts'
import { AppError } from '../errors.ts'
import type { Face } from '../people/sessions.ts'
import { guard, serve, type Door } from './serve.ts'

/** Codes by which doctors add reps, and the welcome that answers them. */
export function mountContactCodes(door: Door): void {
  const { deps } = door
  serve(door, codes.listContactCodes, (me, asked) => listCodes(deps, me, asked))
  serve(door, codes.loadContactCode, (me, asked) => loadCode(deps, me, asked))
  serve(door, codes.askContactCode, (me, asked) => askCode(deps, me, asked))
  serve(door, codes.changeContactCode, (me, asked) => changeCode(deps, me, asked))
  serve(door, codes.retryContactCode, (_, asked) => retryCode(deps, asked))
  serve(door, codes.endContactCode, (me, asked) => endCode(deps, me, asked))
  serve(door, codes.findCodeReps, (_, asked) => findReps(deps, asked))
  serve(door, welcome.loadWelcomeText, (me, asked) => loadWelcome(deps, me, asked))
  serve(door, welcome.proposeWelcomeText, (me, asked) => proposeWelcome(deps, me, asked))
  serve(door, welcome.decideWelcomeText, (me, asked) => decideWelcome(deps, me, asked))
  servePicture(door, 'console', '/api/console/contact-codes/:codeId/picture', (deps, _, codeId) =>
    openPicture(deps, codeId),
  )
}

/** The rep's own code. */
export function mountOwnCode(door: Door): void {
  serve(door, repEndpoints.ownCode, (me, asked) => ownCode(door.deps, me, asked))
  servePicture(door, 'rep', '/api/rep/contact-code/:codeId/picture', openOwnPicture)
}

function servePicture({ router, deps, sessions }: Door, face: Face, path: string, open: typeof openOwnPicture): void {
  const enter = guard({ deps, sessions }, face, { method: 'GET', path })
  router.get(path, async (ctx: Context & { params: Record<string, string> }) => {
    const me = await enter(ctx)
    const { codeId = '' } = ctx.params
    if (!/^[\w-]{1,40}$/.test(codeId)) throw new AppError('not_found')
    const bytes = await open(deps, me, codeId)
    ctx.set('Cache-Control', 'private, no-store')
    ctx.set('Content-Security-Policy', "default-src 'none'; sandbox")
    ctx.type = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'
    ctx.body = bytes
  })
}
