import type { AccountBrief, ChatContact, Input, Output, repEndpoints } from '@vouch/contract'
import { consentState, countTowardsCap, decideSend, startOfShanghaiMonth, type RefusalReason, type SendFacts } from '@vouch/rules'
import type { Around } from '../content/describe-piece.ts'
import { listPage } from '../content/list-pieces.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import * as q from '../sends/queries.ts'
import { ensureContact } from './load-contact.ts'
import { findCandidates, findChatExtras } from './queries.ts'

type OpenChat = typeof repEndpoints.openChat
type ListPieces = typeof repEndpoints.listPieces

/** How far back the list looks for "sent before", in days. */
const lookBackDays = 90

/**
 * One read for an opened chat: who this is, what stands in the way, and the first page of pieces, each decided by the
 * same rule that will judge the tap. WeCom is asked only about a contact we do not know yet.
 */
export async function openChat(deps: Deps, rep: Session, asked: Input<OpenChat>): Promise<Output<OpenChat>> {
  const group = asked.entry === 'group_chat_tools'
  let chat = await readChat(deps, rep, asked.externalUserId, group)
  if (!chat && (await ensureContact(deps, { id: rep.personId, wecomUserId: rep.wecomUserId }, asked.externalUserId))) {
    chat = await readChat(deps, rep, asked.externalUserId, group)
  }
  if (!chat) throw new AppError('contact_not_found')
  const page = await listPage(deps, { rep: chat.rep, account: chat.account, around: chat.around, filter: asked, cursor: null })
  const contact = chat.account ? await describeMatched(deps, chat, asked.externalUserId) : await describeUnmatched(deps, rep, chat, asked.externalUserId)
  return { now: deps.now(), contact, ...page }
}

/** More of the list, or another list, for the same chat or for none. */
export async function listPieces(deps: Deps, rep: Session, asked: Input<ListPieces>): Promise<Output<ListPieces>> {
  if (asked.externalUserId === null) {
    const around = await q.loadAround(deps.db, rep.personId, null, deps.now())
    const scope = { id: rep.personId, products: q.listOf(around.products), market: around.market }
    return listPage(deps, { rep: scope, account: null, around: undefined, filter: asked, cursor: asked.cursor })
  }
  const chat = await readChat(deps, rep, asked.externalUserId, false)
  if (!chat) throw new AppError('contact_not_found')
  return listPage(deps, { rep: chat.rep, account: chat.account, around: chat.around, filter: asked, cursor: asked.cursor })
}

type Chat = NonNullable<Awaited<ReturnType<typeof readChat>>>

/** Everything the rule weighs but the piece: three statements, the last two side by side. */
export async function readChat({ db, now }: Deps, rep: Session, externalUserId: string, group: boolean) {
  const at = now()
  const contact = await q.findContact(db, rep.personId, externalUserId)
  if (!contact) return undefined
  const [row, pastSends] = await Promise.all([
    q.loadAround(db, rep.personId, contact.accountId, at),
    contact.accountId ? q.findPastSends(db, contact.accountId, new Date(at.getTime() - lookBackDays * 86_400_000)) : [],
  ])
  const policy = q.asPolicy(row)
  const facts: Omit<SendFacts, 'content' | 'asked'> = {
    rep: q.asRepFacts(contact, row),
    contact: { followed: Boolean(contact.following), provedAt: contact.provedAt, group },
    account: q.asAccountFacts(contact),
    consent: q.asConsentFacts(row, pastSends),
    pastSends,
    policy,
  }
  const around: Around = { facts, pastSends, names: { doctor: contact.accountName ?? '', rep: rep.name } }
  const account = contact.accountId ? { id: contact.accountId, specialty: contact.specialty ?? '' } : null
  return { at, contact, facts, around, account, rep: { id: rep.personId, products: [...facts.rep.products], market: policy.market } }
}

async function describeMatched(deps: Deps, chat: Chat, externalUserId: string): Promise<ChatContact> {
  const { contact, facts, at } = chat
  const extras = await findChatExtras(deps.db, { accountId: chat.account!.id, name: contact.accountName ?? '', market: facts.policy.market, now: at })
  const standing = consentState(facts.consent, facts.policy, at)
  const brief: AccountBrief = {
    accountId: chat.account!.id,
    name: contact.accountName ?? '',
    title: contact.title ?? '',
    hospital: contact.hospital ?? '',
    department: contact.department ?? '',
    sameName: extras.sameName,
  }
  return {
    state: 'matched',
    externalUserId,
    account: brief,
    consent: { state: standing.state, at: standing.since, textVersion: facts.consent.statements[0]?.textVersion ?? null },
    cap: { used: countTowardsCap(facts.pastSends, at), limit: facts.policy.sendsPerMonth, resetsAt: startOfShanghaiMonth(at, 1) },
    refusals: standingRefusals(facts, at),
    invitation: extras.invitation,
    consentText: extras.consentText,
  }
}

/** Reasons that have nothing to do with any one piece. */
const aboutThePiece = new Set<RefusalReason>([
  ...(['product_not_assigned', 'content_not_approved', 'content_withdrawn', 'content_superseded', 'content_not_effective'] as const),
  ...(['content_expired', 'content_changed', 'wrong_market', 'wrong_audience', 'class_not_allowed', 'kind_not_allowed'] as const),
  ...(['file_too_large', 'card_text_too_long', 'media_not_ready', 'sent_recently'] as const),
])

/** What the rule says about a piece that has nothing wrong with it. */
function standingRefusals(facts: Chat['facts'], now: Date) {
  const flawless = {
    ...{ contentItemId: '-', documentId: '-', class: 'scientific', state: 'approved', bytesMatch: true, product: '' },
    ...{ market: facts.policy.market, audience: [], effectiveAt: null, expiresAt: null, withdrawnAt: null, supersededBy: null },
    ...{ kinds: ['news'], fileBytes: 0, cardTitle: '-', cardDesc: '-' },
  } satisfies SendFacts['content']
  const decision = decideSend({ ...facts, content: flawless, asked: { kind: 'news', again: true, mediaReady: true } }, now)
  return decision.allowed ? [] : decision.refusals.filter((refusal) => !aboutThePiece.has(refusal.reason))
}

async function describeUnmatched(deps: Deps, rep: Session, chat: Chat, externalUserId: string): Promise<ChatContact> {
  const { nickname, remark } = chat.contact
  const found = await findCandidates(deps.db, rep.personId, externalUserId, [remark ?? '', nickname])
  return { state: 'unmatched', externalUserId, nickname, remark: remark ?? '', candidates: found.candidates, requestedAt: found.requestedAt }
}
