import type Router from '@koa/router'
import { repEndpoints as rep, type ChatContact, type Output } from '@vouch/contract'
import { watchChat } from '../consents/watch-chat.ts'
import { findFollowed } from '../contacts/queries.ts'
import { ensureContact } from '../contacts/load-contact.ts'
import { listPieces, openChat } from '../content/open-chat.ts'
import { openRepPage } from '../content/open-rep-page.ts'
import { previewPiece } from '../content/preview-piece.ts'
import { openScript } from '../content/script/open-script.ts'
import { setFavourite } from '../content/set-favourite.ts'
import { startSidebar } from '../content/start-sidebar.ts'
import { signOut } from '../people/sign-out.ts'
import { attestSend } from '../sends/attest-send.ts'
import { openGate } from '../sends/authorise-send.ts'
import { openInvitation } from '../sends/open-invitation.ts'
import { listHistory } from '../sends/list-history.ts'
import { listToTell } from '../sends/list-to-tell.ts'
import { recordFact } from '../sends/record-fact.ts'
import { revokeLink } from '../sends/revoke-link.ts'
import { signBeside, signPage } from '../setup/sign-page.ts'
import { AppError } from '../errors.ts'
import { mountOwnCode } from './console-contact-codes.ts'
import { countDecision } from './health.ts'
import { setCookie } from './cookies.ts'
import { mountRepPapers } from './rep-papers.ts'
import { mountMatching } from './rep-matching.ts'
import { mountRepUploads } from './rep-uploads.ts'
import { mountRepNotices } from './notices.ts'
import { guard, serve, sessionCookie, type Door } from './serve.ts'
import { mountSignIn } from './sign-in.ts'

/** Everything a rep can ask for: one line an endpoint. */
export function repDoor(door: Door): Router {
  const { deps, router, sessions, metrics } = door
  const authoriseSend = openGate(deps)
  mountSignIn(door, 'rep')
  mountRepUploads(door)
  mountRepPapers(door)
  serve(door, rep.start, async (me, { url }) => {
    const signed = signBeside(deps, url)
    const start = await startSidebar(deps, me)
    return { ...start, signatures: signed() }
  })
  serve(door, rep.sign, (_, asked) => signPage(deps, asked))
  serve(door, rep.openChat, async (me, asked) => {
    const known = await openChat(deps, me, asked)
    if (known && !isUnproved(known.contact)) return known
    // Added a moment ago, or last proved too long ago: WeCom is asked once, then the chat is read again.
    await ensureContact(deps, { id: me.personId, wecomUserId: me.wecomUserId }, asked.externalUserId)
    const met = await openChat(deps, me, asked)
    if (!met) throw new AppError('contact_not_found')
    return met
  })
  serve(door, rep.watchChat, (me, asked) => watchChat(deps, me.personId, asked.externalUserId))
  serve(door, rep.listPieces, (me, asked) => listPieces(deps, me, asked))
  serve(door, rep.preview, (me, asked) => previewPiece(deps, me, asked))
  serve(door, rep.openScript, (me, asked) => openScript(deps, me, asked))
  serve(door, rep.authoriseSend, async (me, asked) => {
    const answer = await authoriseSend(me.personId, asked)
    countDecision(metrics, answer)
    return answer
  })
  serve(door, rep.showInvitation, async (me, asked): Promise<Output<typeof rep.showInvitation>> => {
    const waiting = await openInvitation(deps, me.personId, asked)
    if (waiting) return { outcome: 'shown', link: waiting }
    const answer = await authoriseSend(me.personId, { ...asked, kind: 'news', again: false })
    countDecision(metrics, answer)
    if (answer.outcome === 'refused') return { outcome: 'refused', refusals: answer.refusals }
    const link = await openInvitation(deps, me.personId, asked)
    return link ? { outcome: 'shown', link } : { outcome: 'refused', refusals: [] }
  })
  serve(door, rep.recordFact, (me, told) => recordFact(deps, me.personId, told))
  serve(door, rep.attest, (me, told) => attestSend(deps, me, told))
  serve(door, rep.history, (me, asked) => listHistory(deps, me.personId, asked))
  serve(door, rep.revokeLink, (me, asked) => revokeLink(deps, me.personId, asked))
  serve(door, rep.setFavourite, (me, asked) => setFavourite(deps, me.personId, asked))
  serve(door, rep.findContacts, async (me, { query }) => ({
    contacts: await findFollowed(deps.db, me.personId, query),
  }))
  serve(door, rep.listToTell, (me, asked) => listToTell(deps, me.personId, asked))
  mountMatching(door)
  mountOwnCode(door)
  mountRepNotices(door)
  serve(door, rep.signOut, async (me, _, ctx) => {
    setCookie(ctx, sessionCookie('rep'), '', 0)
    return signOut(deps, sessions, me, 'rep')
  })

  const path = '/api/rep/pages/:contentItemId/:number/:width.webp'
  const enter = guard({ deps, sessions }, 'rep', { method: 'GET', path })
  router.get(path, async (ctx) => {
    const me = await enter(ctx)
    const { contentItemId = '', number = '', width = '' } = ctx.params
    if (!/^[\w-]{1,40}$/.test(contentItemId)) throw new AppError('content_not_found')
    const image = await openRepPage(deps, me, { contentItemId, number: Number(number), width: Number(width) })
    ctx.set('Cache-Control', 'private, max-age=300')
    ctx.type = 'image/webp'
    ctx.length = image.bytes
    ctx.body = image.stream
  })
  return router
}

const isUnproved = (contact: ChatContact): boolean =>
  contact.state === 'matched' && contact.refusals.some((refusal) => refusal.reason === 'contact_proof_stale')
