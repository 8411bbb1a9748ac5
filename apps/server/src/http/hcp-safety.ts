import { randomUUID } from 'node:crypto'
import type { SafetyForm } from '@vouch/hcp/render'
import type { Context } from 'koa'
import * as z from 'zod'
import { AppError, asAppError } from '../errors.ts'
import { fileSafetyReport, findReceipt } from '../evidence/safety/file-safety-report.ts'
import { readBody } from './body.ts'
import type { DoctorDoor } from './hcp.ts'
import { tokenIn } from './hcp-answer.ts'
import { languageOf, readRemembered } from './hcp-look.ts'
import { refuseForeign } from './serve.ts'

/** Four thousand Chinese characters, percent-encoded, and the rest. */
const bodyLimit = 96 * 1024

const shape = z.object({
  requestId: z.uuid(),
  happened: z.string().min(1).max(4_000),
  product: z.string().max(200),
  occurred: z.string().max(100),
  seriousness: z.enum(['serious', 'not_serious', 'unknown']),
  contact: z.string().max(200),
  unnamed: z.boolean(),
})

type Typed = SafetyForm['typed'] & { requestId: string }

/**
 * The report of an adverse reaction: from any page, by anybody, with or without a link. The page knows nothing of any
 * content, so an invented link looks like a genuine one. Whatever fails, the form comes back with everything in it.
 */
export function mountSafety(door: DoctorDoor): void {
  const { router, page } = door
  for (const place of ['/safety', '/:token/safety']) {
    router.get(place, (ctx) => page(ctx, linkOf(ctx), () => show(door, ctx, {})))
    router.post(place, (ctx) => page(ctx, linkOf(ctx), () => take(door, ctx)))
    router.get(`${place}/:requestId`, (ctx) => page(ctx, linkOf(ctx), () => confirm(door, ctx)))
  }
}

const linkOf = (ctx: Context): string => (ctx.params['token'] ? `/l/${tokenIn(ctx)}` : '')

async function take(door: DoctorDoor, ctx: Context): Promise<void> {
  const { deps, reader, limitTaps } = door
  refuseForeign(ctx, 'POST', deps.config.PUBLIC_URL)
  const { requestId, ...typed } = readTyped(await readBody(ctx.req, bodyLimit))
  const parsed = shape.safeParse({ requestId, ...typed })
  if (!parsed.success) {
    await show(door, ctx, { requestId, typed, wrong: typed.happened === '' ? 'empty' : 'too_long' })
    ctx.status = 400
    return
  }
  try {
    await limitTaps(ctx)
    const token = ctx.params['token'] ? tokenIn(ctx) : ''
    const language = languageOf(ctx, readRemembered(ctx))
    await fileSafetyReport(deps, reader(ctx), { ...parsed.data, token, language })
  } catch (fault) {
    const { code, status, retryAfterMs } = asAppError(fault)
    if (status >= 500) deps.log.error({ requestId: ctx.state['requestId'], code }, 'safety report not taken')
    if (retryAfterMs) ctx.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)))
    await show(door, ctx, { requestId, typed, trouble: code === 'too_many_requests' ? code : 'busy' })
    ctx.status = status
    return
  }
  ctx.redirect(`${linkOf(ctx) || '/l'}/safety/${requestId}`)
  ctx.status = 303
}

async function confirm({ deps, show: draw }: DoctorDoor, ctx: Context): Promise<void> {
  const requestId = z.uuid().safeParse(ctx.params['requestId'])
  const found = requestId.success ? await findReceipt(deps.db, requestId.data) : undefined
  if (!found) throw new AppError('not_found')
  await draw(ctx, linkOf(ctx), { page: 'safety_received', receipt: found.receipt, at: found.awareAt })
}

type Given = Partial<Pick<SafetyForm, 'typed' | 'wrong' | 'trouble'>> & { requestId?: string }

async function show({ deps, show: draw, reader }: DoctorDoor, ctx: Context, given: Given): Promise<void> {
  await draw(ctx, linkOf(ctx), {
    page: 'safety',
    requestId: given.requestId || randomUUID(),
    typed: given.typed ?? nothing,
    wrong: given.wrong ?? null,
    trouble: given.trouble ?? null,
    recognised: reader(ctx) !== undefined,
    now: deps.now(),
  })
}

const nothing: SafetyForm['typed'] = {
  ...{ happened: '', product: '', occurred: '', seriousness: 'unknown', contact: '', unnamed: false },
}

/** What the form says, trimmed; what it does not say counts as empty. */
function readTyped(body: Buffer): Typed {
  const form = new URLSearchParams(body.toString('utf8'))
  const field = (name: string): string => (form.get(name) ?? '').replaceAll('\r\n', '\n').trim()
  const level = field('seriousness')
  return {
    requestId: z.uuid().safeParse(field('requestId')).data ?? randomUUID(),
    ...{ happened: field('happened'), product: field('product'), occurred: field('occurred') },
    seriousness: level === 'serious' || level === 'not_serious' ? level : 'unknown',
    ...{ contact: field('contact'), unnamed: field('unnamed') === 'yes' },
  }
}
