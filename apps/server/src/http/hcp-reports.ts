import * as z from 'zod'
import { AppError } from '../errors.ts'
import { recordOpening } from '../evidence/record-opening.ts'
import { recordPageViews } from '../evidence/record-page-views.ts'
import { readJson } from './body.ts'
import type { DoctorDoor } from './hcp.ts'
import { tokenIn } from './hcp-answer.ts'

const opened = z.strictObject({ openingId: z.uuid() })
/** Looks as [page, id, milliseconds]: at least two seconds, at most ten minutes. */
const look = z.tuple([z.int().min(1).max(2_000), z.uuid(), z.int().min(2_000).max(600_000)])
const read = z.strictObject({ views: z.array(look).min(1).max(60) })

/** What the script of the page reports; each report may come twice. */
export function mountReports({ router, deps, reader, tapped }: DoctorDoor): void {
  router.post('/:token/opened', async (ctx) => {
    await tapped(ctx)
    const { openingId } = parse(opened, await readJson(ctx.req, 200))
    await recordOpening(deps, reader(ctx), { token: tokenIn(ctx), openingId })
    ctx.status = 204
  })

  router.post('/:token/read', async (ctx) => {
    await tapped(ctx)
    const { views } = parse(read, await readJson(ctx.req, 8 * 1024))
    const told = views.map(([number, viewId, visibleMs]) => ({ page: number, viewId, visibleMs }))
    await recordPageViews(deps, reader(ctx), { token: tokenIn(ctx), views: told })
    ctx.status = 204
  })
}

function parse<T>(shape: z.ZodType<T>, given: unknown): T {
  const parsed = shape.safeParse(given)
  if (!parsed.success) throw new AppError('bad_request', { field: 'body' })
  return parsed.data
}
