import type { Mine } from '@vouch/hcp/render'
import type { Context } from 'koa'
import * as z from 'zod'
import type { Standing } from '../consents/load-standing.ts'
import { loadOwnStanding } from '../consents/unmatched/own-words.ts'
import { shownStandings } from '../consents/on-page/ask-view.ts'
import { withdrawConsent, withdrawnSince } from '../consents/on-page/withdraw-consent.ts'
import { findOwnAccount, type OwnAccount } from '../contacts/own-account-queries.ts'
import { loadWishes, pauseOf } from '../contacts/wishes/load-wishes.ts'
import { loadReceived } from '../evidence/own-data/load-received.ts'
import { findOwnRequests } from '../evidence/own-data/request-queries.ts'
import type { DoctorDoor } from './hcp.ts'
import { ownPlace } from './hcp-consent.ts'
import { seeOther } from './hcp-answer.ts'
import { mountCopy } from './hcp-copy.ts'
import { browserClass, clockOf, readAnswer, readForm } from './hcp-form.ts'
import { keepLook, cameFrom } from './hcp-look.ts'
import { ownPages } from './hcp-own-pages.ts'
import { mountRequests } from './hcp-requests.ts'
import { mountWishes } from './hcp-wishes.ts'

const purposes = z.array(z.enum(['receive', 'reading_record', 'archive']))

/** 我的: everything a doctor may see, change and ask for, on pages of their own. */
export function mountMine(door: DoctorDoor): void {
  const { deps, show, own, page, tapped } = door
  const pages = ownPages(door)
  pages.get('/', async (ctx, me) => show(ctx, '/me', await describeMine(door, me)))

  pages.get('/received', async (ctx, { accountId }) => {
    if (!accountId) return seeOther(ctx, '/me')
    const before = typeof ctx.query['before'] === 'string' ? ctx.query['before'] : null
    const { pieces, next } = await loadReceived(deps, { accountId, before })
    await show(ctx, '/me', { page: 'received', pieces, next, first: before === null })
  })

  own.post('/look', (ctx) =>
    page(ctx, '/me', async () => {
      await tapped(ctx)
      await keepLook(ctx)
      seeOther(ctx, cameFrom(ctx, '/me'))
    }),
  )
  mountConsentOfMine(door)
  mountWishes(door)
  mountCopy(door)
  mountRequests(door)
}

async function describeMine({ deps }: DoctorDoor, me: OwnAccount): Promise<Mine> {
  const now = deps.now()
  const open = (await findOwnRequests(deps.db, me.externalUserId)).filter(({ life }) => life === 'waiting')
  const standings = await loadOwnStanding(deps.db, me, now)
  const said = { standings: shownStandings(standings), history: historyOf(standings) }
  const nobody = { name: '', about: '', unmatched: true, ...said, received: [], more: false }
  const nothing = { pause: null, wishes: { unwanted: 0, mostPerMonth: null, quiet: null } }
  if (!me.accountId) return { page: 'mine', ...nobody, ...nothing, requests: open }

  const { accountId, name, title, hospital, department } = me
  const [received, { wish }] = await Promise.all([
    loadReceived(deps, { accountId, before: null, limit: 3 }),
    loadWishes(deps.db, accountId, now),
  ])
  return {
    ...{ page: 'mine', name: name ?? '', about: [title, hospital, department].filter(Boolean).join(' · ') },
    ...{ unmatched: false, ...said, requests: open },
    ...{ received: received.pieces, more: received.next !== null },
    pause: pauseOf(me.pausedUntil, now),
    wishes: {
      unwanted: wish.unwanted.length,
      mostPerMonth: wish.mostPerMonth,
      quiet: wish.quietFrom === null ? null : `${clockOf(wish.quietFrom)}–${clockOf(wish.quietUntil)}`,
    },
  }
}

/** Everything that was stated, newest first. */
const historyOf = (standings: readonly Standing[]): Mine['history'] =>
  standings
    .flatMap(({ purpose, history }) => history.map((row) => ({ purpose, ...row })))
    .toSorted((one, other) => other.statedAt.getTime() - one.statedAt.getTime())
    .map(({ purpose, statement, statedAt, textVersion, channel }) => ({
      ...{ purpose, statement, at: statedAt, version: textVersion, channel },
    }))

/** The question once more, and taking it back: with the identity that giving needed and no more. */
function mountConsentOfMine(door: DoctorDoor): void {
  const { deps, own, page, show, reader, tapped, begin, languageOf, consent, limitLooks } = door
  const pages = ownPages(door)

  own.get('/consent', (ctx) =>
    page(ctx, '/me', async () => {
      await limitLooks(ctx)
      await consent.ask(ctx, ownPlace)
    }),
  )
  own.post('/consent', (ctx) =>
    page(ctx, '/me', async () => {
      await tapped(ctx)
      const given = readAnswer(await readForm(ctx), languageOf(ctx))
      const externalUserId = reader(ctx)
      if (!externalUserId) return begin(ctx, '/me/consent', { act: 'answer', given })
      await consent.settle(ctx, ownPlace, { externalUserId, identity: 'remembered' }, given)
    }),
  )
  pages.get('/decided', (ctx, me) => consent.record(ctx, ownPlace, me))

  own.post('/withdraw', (ctx) =>
    page(ctx, '/me', async () => {
      await tapped(ctx)
      const only = purposes.safeParse((await readForm(ctx)).getAll('purpose')).data ?? []
      const externalUserId = reader(ctx)
      if (!externalUserId) return begin(ctx, '/me/withdrawn', { act: 'withdraw', purposes: only })
      await withdraw(door, ctx, { externalUserId, identity: 'remembered' }, only)
    }),
  )
  pages.get('/withdrawn', async (ctx, me) => {
    const standings = await loadOwnStanding(deps.db, me, deps.now())
    const gone = withdrawnSince(standings)
    await show(ctx, '/me', { page: 'withdrawn', since: gone?.since ?? null, purposes: gone?.purposes ?? [] })
  })
}

type Known = { externalUserId: string; identity: 'wechat_oauth' | 'remembered' }

async function withdraw(
  { deps, languageOf }: DoctorDoor,
  ctx: Context,
  who: Known,
  only: z.output<typeof purposes>,
): Promise<void> {
  const own = await findOwnAccount(deps.db, who.externalUserId)
  if (own) {
    const { accountId } = own
    const from = { browser: browserClass(ctx), language: languageOf(ctx), link: null }
    await withdrawConsent(deps, { accountId, ...who, ...from }, only)
  }
  seeOther(ctx, '/me/withdrawn')
}

/** Goes on with a withdrawal after WeChat named who it is. */
export const settleWithdrawal = (
  door: DoctorDoor,
  ctx: Context,
  externalUserId: string,
  only: z.output<typeof purposes>,
): Promise<void> => withdraw(door, ctx, { externalUserId, identity: 'wechat_oauth' }, only)
