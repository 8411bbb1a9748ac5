import { matchingEndpoints as matching } from '@vouch/contract'
import { askChange } from '../contacts/matching/ask-change.ts'
import { endMatch } from '../contacts/matching/end-match.ts'
import { findAccounts } from '../contacts/matching/find-accounts.ts'
import { lookAtAccount } from '../contacts/matching/look-at-account.ts'
import { matchContact } from '../contacts/matching/match-contact.ts'
import { AppError } from '../errors.ts'
import { keepPhoto, lookAtPhoto } from '../uploads/keep-photo.ts'
import { longestUpload } from '../uploads/upload-limits.ts'
import { readBody } from './body.ts'
import { readCookie } from './cookies.ts'
import { refuseForeign, serve, sessionCookie, type Door } from './serve.ts'

/** Which doctor a contact is, and what is wrong or missing in the list of doctors. */
export function mountMatching(door: Door): void {
  const { deps, limits } = door
  serve(door, matching.findAccounts, async (me, asked) => {
    await limits.countSearch(me.personId)
    return findAccounts(deps, me.personId, asked)
  })
  serve(door, matching.matchContact, (me, asked) => matchContact(deps, me.personId, asked))
  serve(door, matching.endMatch, (me, asked) => endMatch(deps, me.personId, asked))
  serve(door, matching.lookAtAccount, (me, asked) => lookAtAccount(deps, me.personId, asked))
  serve(door, matching.askChange, (me, asked) => askChange(deps, me.personId, asked))
  serve(door, matching.lookAtPhoto, (me, asked) => lookAtPhoto(deps, me, asked.photoId))
  mountPhotos(door)
}

/** A photo is bytes and no JSON, made small by the phone that took it. */
function mountPhotos({ router, deps, sessions, limits }: Door): void {
  router.post('/api/rep/photos', async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
    const me = await sessions.find(readCookie(ctx, sessionCookie('rep')), 'rep')
    if (!me) throw new AppError('not_signed_in')
    ctx.state['actorId'] = me.personId
    await limits.checkMisses(me.personId)
    if (!ctx.is('application/octet-stream')) throw new AppError('bad_request', { field: 'content-type' })
    ctx.body = await keepPhoto(deps, me, await readBody(ctx.req, longestUpload.evidence))
  })
}
