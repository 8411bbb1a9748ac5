import type { ConsentRecord } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { asUuid } from '../as-uuid.ts'
import { answerAsk, isIncomplete, type Answerer } from '../consents/on-page/answer-ask.ts'
import { loadAskView, shownStandings } from '../consents/on-page/ask-view.ts'
import { loadOwnStanding, type Speaker } from '../consents/unmatched/own-words.ts'
import { findOwnAccount } from '../contacts/own-account-queries.ts'
import { loadReceived } from '../evidence/own-data/load-received.ts'
import { findAsk } from '../evidence/open-link.ts'
import type { LinkRow } from '../evidence/queries.ts'
import { recordOpening } from '../evidence/record-opening.ts'
import type { GivenAnswer } from '../evidence/wanted.ts'
import type { BaseDoor, DoctorDoor } from './hcp.ts'
import { seeOther, tokenIn } from './hcp-answer.ts'
import { browserClass, readAnswer, readForm } from './hcp-form.ts'

/** Where the question is put: at the link of an invitation, or on the doctor's own pages. */
type Place = { home: string; action: string; token: string | null; link: LinkRow | null }

export const ownPlace: Place = { home: '/me/decided', action: '/me/consent', token: null, link: null }
const linkPlace = (token: string, link: LinkRow): Place => ({
  ...{ home: `/l/${token}`, action: `/l/${token}/consent`, token, link },
})

type Identity = Answerer['identity']

/** H1: the text, the answer, what was recorded. Whoever is not known is asked for only with the answer. */
export function createConsent({ deps, show, languageOf, reader }: BaseDoor) {
  async function ask(ctx: Context, place: Place, again?: Parameters<typeof loadAskView>[2]): Promise<void> {
    const externalUserId = reader(ctx)
    const own = externalUserId ? await findOwnAccount(deps.db, externalUserId) : undefined
    const known = own && (!place.link || place.link.externalUserId === externalUserId)
    const addressee = place.link && { accountId: place.link.accountId, externalUserId: place.link.externalUserId }
    const view = await loadAskView(
      deps,
      {
        ...{ action: place.action, language: languageOf(ctx), sender: senderOf(place.link) },
        about: known ? own : (addressee ?? {}),
        doctor: known ? own.name : null,
        channel: place.link ? (ctx.query['qr'] === undefined ? 'link' : 'qr') : 'own_page',
        asksIdentity: !known,
      },
      again,
    )
    await show(ctx, place.home, again ? { ...view, channel: again.given.channel } : view)
    if (again) ctx.status = again.problem === 'replaced' ? 409 : 422
  }

  async function record(ctx: Context, place: Place, who: Speaker): Promise<void> {
    await show(ctx, place.home, await loadRecord(place, who))
  }

  async function loadRecord(place: Place, who: Speaker): Promise<ConsentRecord> {
    const { accountId } = who
    const standings = await loadOwnStanding(deps.db, who, deps.now())
    const receive = standings.find(({ purpose }) => purpose === 'receive')?.standing
    const given = receive?.state === 'opted_in'
    const received = given && accountId ? await loadReceived(deps, { accountId, before: null, limit: 5 }) : null
    const waiting = received?.pieces.find((piece) => piece.state === 'live' && !piece.openedAt && piece.path)
    return {
      page: 'consent_record',
      sender: senderOf(place.link),
      standings: shownStandings(standings),
      until: given ? null : (receive?.until ?? null),
      waiting: waiting?.path ? { title: waiting.title, path: waiting.path } : null,
      askPath: place.action,
    }
  }

  /** What the link of an invitation shows: the question, or what its addressee answered to it. */
  async function open(ctx: Context, token: string, link: LinkRow): Promise<void> {
    const place = linkPlace(token, link)
    const externalUserId = reader(ctx)
    const own = externalUserId ? await findOwnAccount(deps.db, externalUserId) : undefined
    if (own && (await hasAnswered(own, link.sentAt))) return record(ctx, place, own)
    await ask(ctx, place)
  }

  async function hasAnswered(who: Speaker, since: Date): Promise<boolean> {
    const standings = await loadOwnStanding(deps.db, who, deps.now())
    const receive = standings.find(({ purpose }) => purpose === 'receive')
    if (receive?.standing.state === 'opted_in') return true
    const newest = receive?.history[0]
    return newest !== undefined && newest.statement !== 'opted_in' && newest.statedAt > since
  }

  /** Records the answer of somebody who is known; what could not be recorded is asked again with what was ticked. */
  async function settle(
    ctx: Context,
    place: Place,
    who: { externalUserId: string; identity: Identity },
    given: GivenAnswer,
  ): Promise<void> {
    const own = await findOwnAccount(deps.db, who.externalUserId)
    // Somebody WeChat knows and we do not: no contact of ours, so there is nobody whose answer it could be.
    if (!own) return seeOther(ctx, '/me')
    const accountId = own.accountId ?? place.link?.accountId ?? null
    const link = place.link && { sendId: place.link.sendId, repId: place.link.repId }
    const outcome = await answerAsk(deps, { accountId, ...who, browser: browserClass(ctx), link }, given)
    if (outcome !== 'recorded') return ask(ctx, place, { given, problem: outcome })
    if (place.token) {
      const openingId = asUuid(`opening ${place.token} ${given.basis}`)
      await recordOpening(deps, who.externalUserId, { token: place.token, openingId })
    }
    seeOther(ctx, place.home)
  }

  return { ask, record, open, settle }
}
export type ConsentDoor = ReturnType<typeof createConsent>

/** The answer to an invitation: recorded at once for its addressee's browser, else after WeChat has said who answers. */
export function mountConsent(door: DoctorDoor): void {
  const { router, deps, page, show, pathOf, reader, tapped, afterwards, begin, limitLooks, languageOf, consent } = door

  router.get('/:token/consent', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await limitLooks(ctx)
      const token = tokenIn(ctx)
      const link = await findAsk(deps, token)
      const known = reader(ctx)
      if (!link || (known && known !== link.externalUserId)) return seeOther(ctx, pathOf(ctx))
      await consent.ask(ctx, linkPlace(token, link))
    }),
  )

  router.post('/:token/consent', (ctx) =>
    page(ctx, pathOf(ctx), async () => {
      await tapped(ctx)
      const given = readAnswer(await readForm(ctx), languageOf(ctx))
      const token = tokenIn(ctx)
      const link = await findAsk(deps, token)
      if (!link) return seeOther(ctx, pathOf(ctx))
      const place = linkPlace(token, link)
      if (isIncomplete(given)) return consent.ask(ctx, place, { given, problem: 'receive_missing' })
      const externalUserId = reader(ctx)
      if (!externalUserId) return begin(ctx, pathOf(ctx), { act: 'answer', given })
      if (externalUserId === link.externalUserId)
        return consent.settle(ctx, place, { externalUserId, identity: 'remembered' }, given)
      await show(ctx, pathOf(ctx), { page: 'other_reader', who: 'contact', now: deps.now() })
      afterwards(ctx, { link, visitor: 'other', by: { kind: 'hcp', id: externalUserId } })
    }),
  )
}

/** Goes on with an answer after WeChat named who gave it. Somebody else's answer is not recorded. */
export async function settleAnswer(
  door: DoctorDoor,
  ctx: Context,
  found: { externalUserId: string; path: string },
  given: GivenAnswer,
): Promise<void> {
  const { deps, consent, show, afterwards } = door
  const who = { externalUserId: found.externalUserId, identity: 'wechat_oauth' as const }
  if (!found.path.startsWith('/l/')) return consent.settle(ctx, ownPlace, who, given)
  const token = found.path.slice('/l/'.length)
  const link = await findAsk(deps, token)
  if (!link) return seeOther(ctx, found.path)
  if (link.externalUserId === found.externalUserId) return consent.settle(ctx, linkPlace(token, link), who, given)
  await show(ctx, found.path, { page: 'other_reader', who: 'contact', now: deps.now() })
  afterwards(ctx, { link, visitor: 'other', by: { kind: 'hcp', id: found.externalUserId } })
}

const senderOf = (link: LinkRow | null): string | null => (link?.repStatus === 'active' ? link.repName : null)
