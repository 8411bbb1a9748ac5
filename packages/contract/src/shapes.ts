import * as z from 'zod/mini'
import type { MatchReason, RefusalReason, Standing, Verdict } from '@vouch/rules'

export const externalUserId = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w\-.@]+$/))
export const id = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[\w-]+$/))
export const requestId = z.uuid()
export const messageKind = z.enum(['news', 'file', 'image', 'video', 'text', 'miniprogram'])
export const contentKind = z.enum(['document', 'image', 'video', 'article', 'phrase', 'script'])
export const entry = z.enum([
  'single_chat_tools',
  'group_chat_tools',
  'contact_profile',
  'chat_attachment',
  'single_kf_tools',
  'normal',
])

/** One reason why a send may not happen. */
export const refusal = z.object({
  reason: z.custom<RefusalReason>((value) => typeof value === 'string'),
  since: z.optional(z.coerce.date()),
  until: z.optional(z.coerce.date()),
  about: z.optional(z.string()),
  count: z.optional(z.number()),
  limit: z.optional(z.number()),
})
export type WireRefusal = z.output<typeof refusal>

export const verdict = z.custom<Verdict>((value) => typeof value === 'string')

/** Yet to send to this HCP, sent to them, or sent with an outcome nobody knows. */
export const standing = z.custom<Standing>((value) => typeof value === 'string')

/** How far the HCP read; present only with consent for the reading record. */
const reading = z.object({ pages: z.number(), of: z.number(), seconds: z.number() })

/** A row of the sidebar's list. `refusals` is null while no contact is known, and empty when it may be sent. */
export const piece = z.object({
  contentItemId: z.string(),
  documentId: z.string(),
  version: z.number(),
  title: z.string(),
  /** [start, length] pairs in `title` that matched the search, in UTF-16 units. */
  highlights: z.array(z.tuple([z.number(), z.number()])),
  /** Where the search stands on a page when no name holds it; page 0 is the text of an article or phrase. */
  excerpt: z.optional(
    z.object({ page: z.number(), text: z.string(), highlights: z.array(z.tuple([z.number(), z.number()])) }),
  ),
  kind: contentKind,
  product: z.string(),
  language: z.string(),
  approvalNumber: z.string(),
  /** How many pieces a script sends one after the other, and how many of them this HCP has had; other kinds have none. */
  steps: z.optional(z.object({ sent: z.number(), of: z.number() })),
  pages: z.number(),
  seconds: z.number(),
  effectiveAt: z.nullable(z.coerce.date()),
  expiresAt: z.nullable(z.coerce.date()),
  /** Address of the approved card picture, or null. */
  thumbnail: z.nullable(z.string()),
  /** The phrase itself; empty for other kinds. */
  text: z.string(),
  favourite: z.boolean(),
  why: z.nullable(z.enum(['asked', 'unread_new', 'often_used', 'recent'])),
  lastSent: z.nullable(z.object({ sendId: z.string(), at: z.coerce.date(), verdict, reading: z.nullable(reading) })),
  sendAs: messageKind,
  refusals: z.nullable(z.array(refusal)),
})
export type Piece = z.output<typeof piece>

export const piecePage = z.object({ pieces: z.array(piece), next: z.nullable(z.string()) })

export const listFilter = z.strictObject({
  tab: z._default(z.enum(['content', 'phrases']), 'content'),
  view: z._default(z.enum(['recommended', 'favourites', 'all']), 'recommended'),
  query: z._default(z.string().check(z.maxLength(60)), ''),
  product: z._default(z.string().check(z.maxLength(40)), ''),
  kind: z._default(z.union([contentKind, z.literal('')]), ''),
})

export const accountBrief = z.object({
  accountId: z.string(),
  name: z.string(),
  title: z.string(),
  hospital: z.string(),
  department: z.string(),
  /** Another account of the rep's territories has the same name. */
  sameName: z.boolean(),
})
export type AccountBrief = z.output<typeof accountBrief>

/** What speaks for a contact being an account. */
export const matchReason = z.custom<MatchReason>((value) => typeof value === 'string')

/** An account a contact may be, with what speaks for it and what tells it from its namesakes. */
export const matchCandidate = z.object({
  ...accountBrief.shape,
  post: z.string(),
  city: z.string(),
  /** The last four characters of the licence number; empty when none is known. */
  licenceTail: z.string(),
  reasons: z.array(matchReason),
  /** In what it differs from others of the same name here. */
  apart: z.array(z.enum(['hospital', 'department', 'title', 'post', 'licence'])),
  /** Another contact is matched to it already. */
  taken: z.boolean(),
  /** Somebody of the office looks at it before it counts. */
  secondLook: z.boolean(),
})
export type MatchCandidate = z.output<typeof matchCandidate>

/** What a rep asked of the list of doctors, and what became of it. */
export const changeBrief = z.object({
  changeId: z.string(),
  kind: z.enum(['new', 'detail']),
  life: z.enum(['waiting', 'created', 'linked', 'applied', 'declined']),
  name: z.string(),
  hospital: z.string(),
  askedAt: z.coerce.date(),
  decidedAt: z.nullable(z.coerce.date()),
  reason: z.string(),
})
export type ChangeBrief = z.output<typeof changeBrief>

export const consentState = z.object({
  state: z.enum(['never', 'invited', 'opted_in', 'declined', 'withdrawn', 'outdated', 'expired']),
  at: z.nullable(z.coerce.date()),
  textVersion: z.nullable(z.number()),
})

/** A doctor read a version that is withdrawn, and is to be sent what replaces or corrects it. */
export const toTell = z.object({
  /** The version to send now. */
  notice: z.object({ contentItemId: z.string(), title: z.string() }),
  withdrawn: z.object({ title: z.string(), version: z.number() }),
  askedAt: z.coerce.date(),
  /** `unknown` when it was sent and nobody knows with what outcome; then `sendId` is that send. */
  standing,
  sendId: z.nullable(z.string()),
})
export type ToTell = z.output<typeof toTell>

/** Who the chat is with, and what stands between this rep and a send to them, whatever the piece. */
export const chatContact = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('matched'),
    externalUserId: z.string(),
    account: accountBrief,
    consent: consentState,
    cap: z.object({ used: z.number(), limit: z.number(), resetsAt: z.coerce.date() }),
    /** Refusals that hold for every piece, e.g. another territory or a pause. */
    refusals: z.array(refusal),
    /** The approved invitation to consent, when there is one. */
    invitation: z.nullable(z.string()),
    /** The active consent text, to be read to the HCP. */
    consentText: z.nullable(z.object({ version: z.number(), title: z.string(), body: z.string() })),
    /** What this HCP is still to be told, the newest first; each goes when it was sent. */
    toTell: z.array(toTell),
  }),
  z.object({
    state: z.literal('unmatched'),
    externalUserId: z.string(),
    nickname: z.string(),
    remark: z.string(),
    /** Whom they may be, best first; none while a choice waits. */
    candidates: z.array(matchCandidate),
    /** The choice that waits for a second look; the office has not answered yet. */
    waiting: z.nullable(z.object({ account: accountBrief, mine: z.boolean(), by: z.string(), at: z.coerce.date() })),
    /** The last choice, when the office did not agree. */
    declined: z.nullable(z.object({ account: accountBrief, reason: z.string(), at: z.coerce.date() })),
    /** What this rep last asked for because the doctor was not in the list. */
    request: z.nullable(changeBrief),
    /** The name of the code they scanned to add this rep. */
    cameBy: z.nullable(z.string()),
    /** What they answered about receiving; it counts once they are matched. */
    answered: z.nullable(z.object({ statement: z.enum(['opted_in', 'declined', 'opted_out']), at: z.coerce.date() })),
  }),
])
export type ChatContact = z.output<typeof chatContact>

/** A WeCom chat message exactly as `sendChatMessage` wants it (wecom-platform.md 5.2). */
export const chatMessage = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string() }) }),
  z.object({ msgtype: z.literal('image'), image: z.object({ mediaid: z.string() }) }),
  z.object({ msgtype: z.literal('video'), video: z.object({ mediaid: z.string() }) }),
  z.object({ msgtype: z.literal('file'), file: z.object({ mediaid: z.string() }) }),
  z.object({
    msgtype: z.literal('news'),
    news: z.object({ link: z.string(), title: z.string(), desc: z.string(), imgUrl: z.string() }),
  }),
  z.object({
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({ appid: z.string(), title: z.string(), imgUrl: z.string(), page: z.string() }),
  }),
])

const visits = z.object({
  addressee: z.number(),
  rep: z.number(),
  /** Recognised as not the addressee, and when last. */
  others: z.number(),
  othersAt: z.nullable(z.coerce.date()),
  /** Browsers nobody recognised, snapshots among them. */
  unknown: z.number(),
  /** Crawlers, previews and fetching ahead. */
  programs: z.number(),
})

export const sendRecord = z.object({
  sendId: z.string(),
  at: z.coerce.date(),
  contentItemId: z.string(),
  title: z.string(),
  version: z.number(),
  kind: messageKind,
  contact: z.string(),
  mine: z.boolean(),
  outcome: z.enum(['authorised', 'refused']),
  verdict,
  refusals: z.array(refusal),
  facts: z.array(z.object({ kind: z.string(), at: z.coerce.date(), late: z.boolean() })),
  reading: z.nullable(reading),
  /** Who looked at the link besides: counted apart, never named, and none of it an opening. Left out without a link. */
  visits: z.optional(visits),
  link: z.enum(['none', 'live', 'revoked', 'expired', 'withdrawn', 'superseded', 'not_consented']),
})
export type SendRecord = z.output<typeof sendRecord>
