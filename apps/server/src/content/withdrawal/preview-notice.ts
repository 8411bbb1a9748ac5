import type { Input, Output, readerEndpoints } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { messageTo, planNotices, whomToAsk } from './plan-notices.ts'
import { findAsked } from './reader-queries.ts'
import { findInForce, findStopping } from './withdrawal-queries.ts'

type Endpoint = typeof readerEndpoints.previewNotice

/** What `tellReaders` would ask of whom now, by the same plan; it names no doctor in full. */
export async function previewNotice(deps: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db, now } = deps
  const { contentItemId, noticeItemId } = asked
  const piece = await findStopping(db, contentItemId)
  if (!piece) throw new AppError('content_not_found')
  const notice = noticeItemId === contentItemId ? undefined : await findInForce(db, noticeItemId, now())
  if (!notice) throw new AppError('bad_request', { field: 'noticeItemId' })
  const [plan, already] = await Promise.all([planNotices(db, piece), findAsked(db, contentItemId, noticeItemId)])
  const toAsk = whomToAsk(plan, already)
  const [first] = toAsk
  const { title, version } = piece
  const words = first && messageTo(first, plan, { title, version, notice: notice.title })
  const doctors = toAsk.reduce((sum, { accountIds }) => sum + accountIds.length, 0)
  return {
    ...{ doctors, reps: toAsk.length, already: already.size, unreachable: plan.unreachable },
    ...{ rep: (first && plan.reps.get(first.repId)) ?? '', title: words?.title ?? '', text: words?.text ?? '' },
  }
}
