import type { AccountBrief, ChatContact, Input, Output, repEndpoints } from '@vouch/contract'
import {
  consentState,
  countTowardsCap,
  monthlyLimit,
  decideSend,
  startOfShanghaiMonth,
  type RefusalReason,
  type SendFacts,
} from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { findFavourites } from '../sends/queries.ts'
import { readChat, readReach, type Chat } from '../sends/chat-queries.ts'
import { readTold, stillToTell } from '../sends/tell-queries.ts'
import { findTextToRead } from '../consents/consent-queries.ts'
import { findArrival } from '../contacts/arrival-queries.ts'
import { describeMatching } from '../contacts/matching/standing-queries.ts'
import { listPage } from './list-pieces.ts'

type OpenChat = typeof repEndpoints.openChat
type ListPieces = typeof repEndpoints.listPieces

/**
 * One read for an opened chat: who this is, what stands in the way, and the first page of pieces, each decided by the
 * same rule that will judge the tap. Undefined when this rep never followed the contact, as far as we know.
 */
export async function openChat(
  deps: Deps,
  rep: Session,
  asked: Input<OpenChat>,
): Promise<Output<OpenChat> | undefined> {
  const group = asked.entry === 'group_chat_tools'
  const chat = await readChat(deps, rep, asked.externalUserId, group)
  if (!chat) return undefined
  const { account, around } = chat
  const [page, contact] = await Promise.all([
    listPage(deps, { rep: chat.rep, favourites: chat.favourites, account, around, filter: asked, cursor: null }),
    account
      ? describeMatched(deps, chat, asked.externalUserId)
      : describeUnmatched(deps, rep, chat, asked.externalUserId),
  ])
  return { now: deps.now(), contact, ...page }
}

/** More of the list, or another list, for the same chat or for none. */
export async function listPieces(deps: Deps, rep: Session, asked: Input<ListPieces>): Promise<Output<ListPieces>> {
  if (asked.externalUserId === null) {
    const [reach, favourites] = await Promise.all([readReach(deps, rep), findFavourites(deps.db, rep.personId)])
    return listPage(deps, {
      rep: reach.rep,
      favourites,
      account: null,
      around: undefined,
      filter: asked,
      cursor: asked.cursor,
    })
  }
  const chat = await readChat(deps, rep, asked.externalUserId, false)
  if (!chat) throw new AppError('contact_not_found')
  return listPage(deps, {
    rep: chat.rep,
    favourites: chat.favourites,
    account: chat.account,
    around: chat.around,
    filter: asked,
    cursor: asked.cursor,
  })
}

async function describeMatched(deps: Deps, chat: Chat, externalUserId: string): Promise<ChatContact> {
  const { contact, facts, at } = chat
  const standing = consentState(facts.consent, facts.policy, at)
  const consentText = standing.state === 'opted_in' ? null : await findTextToRead(deps.db, at)
  const brief: AccountBrief = {
    accountId: chat.account!.id,
    name: contact.accountName ?? '',
    title: contact.title ?? '',
    hospital: contact.hospital ?? '',
    department: contact.department ?? '',
    sameName: Boolean(Number(contact.sameName)),
  }
  return {
    state: 'matched',
    externalUserId,
    account: brief,
    consent: {
      state: standing.state,
      at: standing.since,
      textVersion: facts.consent.statements[0]?.textVersion ?? null,
    },
    cap: {
      used: countTowardsCap(facts.pastSends, at),
      limit: monthlyLimit(facts),
      resetsAt: startOfShanghaiMonth(at, 1),
    },
    refusals: standingRefusals(facts, at),
    invitation: facts.policy.disclaimerMode === 0 ? null : chat.invitation,
    consentText: consentText ?? null,
    toTell: stillToTell(readTold(contact), facts.pastSends),
  }
}

/** Reasons that have nothing to do with any one piece. */
const aboutThePiece = new Set<RefusalReason>([
  ...([
    'product_not_assigned',
    'rep_not_in_reach',
    'content_not_approved',
    'content_withdrawn',
    'content_superseded',
    'content_not_effective',
  ] as const),
  ...([
    'content_expired',
    'content_changed',
    'content_held',
    'content_proof_stale',
    'wrong_market',
    'wrong_audience',
    'class_not_allowed',
    'kind_not_allowed',
  ] as const),
  ...(['file_too_large', 'card_text_too_long', 'media_not_ready', 'sent_recently'] as const),
])

/** What the rule says about a piece that has nothing wrong with it. */
function standingRefusals(facts: Chat['facts'], now: Date) {
  const flawless = {
    ...{ contentItemId: '-', documentId: '-', class: 'scientific', state: 'approved', bytesMatch: true, product: '' },
    ...{
      market: facts.policy.market,
      audience: [],
      hospitalGrades: [],
      territories: [],
      repGroups: [],
      source: 'own',
      held: false,
      provedAt: null,
      effectiveAt: null,
      expiresAt: null,
      withdrawnAt: null,
      supersededBy: null,
    },
    ...{ kinds: ['news'], fileBytes: 0, cardTitle: '-', cardDesc: '-' },
  } satisfies SendFacts['content']
  const decision = decideSend(
    { ...facts, content: flawless, asked: { kind: 'news', again: true, mediaReady: true } },
    now,
  )
  return decision.allowed ? [] : decision.refusals.filter((refusal) => !aboutThePiece.has(refusal.reason))
}

async function describeUnmatched(deps: Deps, rep: Session, chat: Chat, externalUserId: string): Promise<ChatContact> {
  const row = { ...chat.contact, externalUserId }
  const review = chat.facts.policy.matchReview
  const [matching, arrival] = await Promise.all([
    describeMatching(deps.db, { repId: rep.personId, row, review }),
    findArrival(deps.db, rep.personId, externalUserId),
  ])
  return { state: 'unmatched', ...matching, ...arrival }
}
