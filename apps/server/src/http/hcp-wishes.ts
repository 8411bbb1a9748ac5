import type { Wishes } from '@vouch/hcp/render'
import type { Context } from 'koa'
import { findOwnAccount } from '../contacts/own-account-queries.ts'
import { loadWishes, pauseOf } from '../contacts/wishes/load-wishes.ts'
import { pauses, setPause } from '../contacts/wishes/set-pause.ts'
import { setWishes } from '../contacts/wishes/set-wishes.ts'
import { AppError } from '../errors.ts'
import type { DoctorDoor } from './hcp.ts'
import { seeOther } from './hcp-answer.ts'
import { clockOf, minutesOf, readForm } from './hcp-form.ts'
import { ownPages } from './hcp-own-pages.ts'

const saidOf = ['saved', 'paused', 'resumed'] as const

/** How a doctor wants to be sent less, and stopping everything for a while. */
export function mountWishes(door: DoctorDoor): void {
  const { deps, show } = door
  const pages = ownPages(door)

  pages.get('/wishes', async (ctx, { accountId, pausedUntil }) => {
    if (!accountId) return seeOther(ctx, '/me')
    const said = saidOf.find((one) => ctx.query[one] !== undefined) ?? null
    await show(ctx, '/me', await describe(door, ctx, { accountId, pausedUntil }, said))
  })

  pages.post('/wishes', async (ctx, { accountId, pausedUntil }) => {
    if (!accountId) return seeOther(ctx, '/me')
    const typed = readWishes(await readForm(ctx, 8_000))
    const problem = isUnclear(typed) ? 'quiet_unclear' : await save(door, accountId, typed)
    if (problem === 'saved') return seeOther(ctx, '/me/wishes?saved')
    const view = await describe(door, ctx, { accountId, pausedUntil }, problem)
    await show(ctx, '/me', retype(view, typed))
    ctx.status = problem === 'elsewhere' ? 409 : 422
  })

  pages.post('/pause', async (ctx, me) => {
    const asked = (await readForm(ctx)).get('for')
    const chosen = pauses.find((one) => one === asked)
    if (!chosen || !me.accountId) throw new AppError('bad_request', { field: 'for' })
    await setPause(deps, { accountId: me.accountId, for: chosen })
    seeOther(ctx, `/me/wishes?${chosen === 'none' ? 'resumed' : 'paused'}`)
  })
}

type Typed = {
  revision: number
  shown: string[]
  wanted: string[]
  mostPerMonth: number | null
  quietFrom: number | null
  quietUntil: number | null
}

function readWishes(form: URLSearchParams): Typed {
  const codes = (name: string) => form.getAll(name).filter((code) => /^[\w-]{1,40}$/.test(code))
  const most = /^\d{1,3}$/.exec(form.get('most') ?? '')?.[0]
  return {
    revision: Number(form.get('revision')) || 0,
    ...{ shown: codes('shown'), wanted: codes('wanted') },
    mostPerMonth: most === undefined ? null : Math.max(1, Number(most)),
    ...{ quietFrom: minutesOf(form.get('quietFrom')), quietUntil: minutesOf(form.get('quietUntil')) },
  }
}

/** Hours with one end, or from a time to itself, say nothing. */
const isUnclear = ({ quietFrom, quietUntil }: Typed): boolean =>
  (quietFrom === null) !== (quietUntil === null) || (quietFrom !== null && quietFrom === quietUntil)

/** Only products of ours are kept, whatever the form names. */
async function save({ deps }: DoctorDoor, accountId: string, typed: Typed) {
  const { products } = await loadWishes(deps.db, accountId, deps.now())
  const ours = new Set(products.map(({ code }) => code))
  return setWishes(deps, { accountId, ...typed, shown: typed.shown.filter((code) => ours.has(code)) })
}

async function describe(
  { deps, languageOf }: DoctorDoor,
  ctx: Context,
  {
    accountId,
    pausedUntil,
  }: Pick<NonNullable<Awaited<ReturnType<typeof findOwnAccount>>>, 'accountId' | 'pausedUntil'>,
  said: Wishes['said'],
): Promise<Wishes> {
  const now = deps.now()
  const { wish, policy, products } = await loadWishes(deps.db, accountId ?? '', now)
  const english = languageOf(ctx) === 'en-US'
  return {
    page: 'wishes',
    topics: products.map(({ code, name, nameEn }) => ({
      ...{ code, name: english ? nameEn || name : name, wanted: !wish.unwanted.includes(code) },
    })),
    ...{ mostPerMonth: wish.mostPerMonth, companyMost: policy.sendsPerMonth, revision: wish.revision, said },
    ...{ quietFrom: clockOf(wish.quietFrom), quietUntil: clockOf(wish.quietUntil) },
    companyQuiet:
      policy.quietFrom === policy.quietUntil ? '' : `${clockOf(policy.quietFrom)}–${clockOf(policy.quietUntil)}`,
    pause: pauseOf(pausedUntil, now),
  }
}

/** What was typed stays typed; the revision is the one now in force, so that the next tap saves it. */
function retype(view: Wishes, typed: Typed): Wishes {
  return {
    ...view,
    topics: view.topics.map((topic) => ({ ...topic, wanted: typed.wanted.includes(topic.code) })),
    mostPerMonth: typed.mostPerMonth,
    ...{ quietFrom: clockOf(typed.quietFrom), quietUntil: clockOf(typed.quietUntil) },
  }
}
