import type { Input, Output, repEndpoints } from '@vouch/contract'
import { decideSend, remainingThisMonth, type MessageKind } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { readChat, readReach } from '../sends/chat-queries.ts'
import { listOf } from '../sends/around-queries.ts'
import { findFavourites } from '../sends/queries.ts'
import { asContentFacts } from '../sends/row-facts.ts'
import { defaultWay, describePiece } from './describe-piece.ts'
import { fillNames, findApprovals, findOpenings, findPiece } from './queries.ts'
import { askReadyMedia, isMedia, mediumKey, mediumOf } from './ready-media.ts'

type Endpoint = typeof repEndpoints.preview

/**
 * Everything the sheet shows: the pages, the checks, the ways it may travel. Asking for it also has WeCom's copy of
 * the file prepared, so that nothing is uploaded at the tap.
 */
export async function previewPiece(deps: Deps, rep: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const now = deps.now()
  const chat = asked.externalUserId ? await readChat(deps, rep, asked.externalUserId, false) : undefined
  if (asked.externalUserId && !chat) throw new AppError('contact_not_found')
  const { rep: scope } = chat ?? (await readReach(deps, rep))
  const favourites = chat?.favourites ?? (await findFavourites(deps.db, rep.personId))
  const row = await findPiece(deps.db, scope, asked.contentItemId)
  if (!row) throw new AppError('content_not_found')

  const kinds = listOf(row.ways).filter(
    (way) => way !== 'miniprogram' || deps.config.WECOM_MINIPROGRAM_APPID,
  ) as MessageKind[]
  const ready = await askReadyMedia(
    deps,
    kinds.flatMap((kind) => mediumOf(row, kind) ?? []),
  )
  const isReady = (kind: MessageKind): boolean => {
    const medium = mediumOf(row, kind)
    return medium ? ready.has(mediumKey(medium)) : !isMedia(kind)
  }
  const [pages, approvals, openings] = await Promise.all([
    deps.db
      .selectFrom('contentPage')
      .select(['number', 'width', 'height', 'placeholder'])
      .where('contentItemId', '=', asked.contentItemId)
      .orderBy('number')
      .execute(),
    findApprovals(deps.db, asked.contentItemId),
    row.kind === 'phrase' ? [] : findOpenings(deps.db, scope, now),
  ])
  const names = chat?.around.names ?? { doctor: '', rep: rep.name }
  const content = { ...asContentFacts(row), kinds }
  const decide = (kind: MessageKind, mediaReady: boolean) =>
    chat
      ? decideSend({ ...chat.facts, content, asked: { kind, again: true, mediaReady } }, now)
      : { allowed: true as const }
  const common = new Set(refusalsOf(decide(defaultWay(kinds), true)).map((refusal) => refusal.reason))
  return {
    piece: describePiece(row, {
      around: chat?.around,
      favourites: new Set(favourites),
      now,
      publicUrl: deps.config.PUBLIC_URL,
    }),
    card: { title: row.cardTitle, desc: row.cardDesc },
    pages: pages.map(({ number, width, height, placeholder }) => ({
      ...{ number, width, height, placeholder },
      image: `/api/rep/pages/${asked.contentItemId}/${number}/720.webp`,
    })),
    ways: kinds.map((kind) => ({
      kind,
      refusals: refusalsOf(decide(kind, isReady(kind))).filter((refusal) => !common.has(refusal.reason)),
    })),
    leftAfter: chat ? Math.max(0, remainingThisMonth(chat.facts, now) - (row.class === 'consent' ? 0 : 1)) : null,
    openings: openings.map((opening) => ({
      contentItemId: opening.contentItemId,
      text: fillNames(opening.body, names),
    })),
    successor: row.supersededBy,
    withdrawnReason: row.withdrawnReason,
    approvals,
  }
}

const refusalsOf = (decision: ReturnType<typeof decideSend>) => (decision.allowed ? [] : decision.refusals)
