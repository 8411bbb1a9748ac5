import { matchOfficeEndpoints as office } from '@vouch/contract'
import { decideChange } from '../contacts/matching/decide-change.ts'
import { listChanges } from '../contacts/matching/list-changes.ts'
import { listMatches } from '../contacts/matching/list-matches.ts'
import { findByWords, findHospitals } from '../contacts/matching/office-queries.ts'
import { openPhoto } from '../contacts/matching/open-photo.ts'
import { settleMatch } from '../contacts/matching/settle-match.ts'
import { AppError } from '../errors.ts'
import { guard, serve, type Door } from './serve.ts'

/** The second look at matches, and what reps ask of the list of doctors. */
export function mountMatchOffice(door: Door): void {
  const { deps } = door
  serve(door, office.listMatches, (me, asked) => listMatches(deps, me, asked))
  serve(door, office.settleMatch, (me, asked) => settleMatch(deps, me, asked))
  serve(door, office.listChanges, (me, asked) => listChanges(deps, me, asked))
  serve(door, office.decideChange, (me, asked) => decideChange(deps, me, asked))
  serve(door, office.findHospitals, async (_, { query }) => ({
    hospitals: await findHospitals(deps.db, query),
  }))
  serve(door, office.findListed, async (_, { query }) => ({ doctors: await findByWords(deps.db, query) }))
  mountPhotos(door)
}

/** A photo is shown as it is and can do nothing: no script, no frame of ours, no guess at its type. */
function mountPhotos({ router, deps, sessions }: Door): void {
  const path = '/api/console/account-changes/:changeId/photo'
  const enter = guard({ deps, sessions }, 'console', { method: 'GET', path })
  router.get(path, async (ctx) => {
    const me = await enter(ctx)
    const { changeId = '' } = ctx.params
    if (!/^[\w-]{1,40}$/.test(changeId)) throw new AppError('content_not_found')
    const photo = await openPhoto(deps, me, changeId)
    ctx.set('Cache-Control', 'private, no-store')
    ctx.set('Content-Security-Policy', "default-src 'none'; sandbox")
    ctx.set('Content-Disposition', 'inline')
    ctx.type = photo.mime
    ctx.length = photo.bytes
    ctx.body = photo.stream
  })
}
