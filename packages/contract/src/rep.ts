import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import * as s from './shapes.ts'

export { enterPaper, listPapers } from './rep-papers.ts'
export { attest, authoriseSend, history, recordFact, revokeLink, showInvitation } from './rep-sends.ts'
export { closeUpload, lookAtUpload, openUpload } from './rep-uploads.ts'

const none = z.strictObject({})
const done = z.object({ done: z.literal(true) })

/** A page's address as the client counts it: without its hash. */
const pageUrl = z.string().check(z.maxLength(2048))
const signature = z.object({ timestamp: z.number(), nonceStr: z.string(), signature: z.string() })
const signatures = z.object({ corp: signature, agent: signature })

/** First thing the sidebar asks for, without knowing the chat yet: who am I, and the first page of pieces. */
export const start = endpoint({
  method: 'POST',
  path: '/api/rep/start',
  caller: 'rep',
  /** The page to sign beside it; null outside WeCom. */
  input: z.strictObject({ url: z._default(z.nullable(pageUrl), null) }),
  output: z.object({
    rep: z.object({ repId: z.string(), name: z.string() }),
    corpId: z.string(),
    agentId: z.string(),
    now: z.coerce.date(),
    /** Demonstration data: every face shows a banner. */
    demo: z.boolean(),
    company: z.string(),
    policy: z.object({ sendsPerMonth: z.number(), quietFrom: z.number(), quietUntil: z.number() }),
    products: z.array(z.object({ code: z.string(), name: z.string() })),
    /** Null when they were not at hand: the list waits for no signature, and the page asks for them by itself. */
    signatures: z.nullable(signatures),
    ...s.piecePage.shape,
  }),
})

/** Both JS-SDK signatures for a page of ours (wecom-platform.md 1.5); a foreign address is `foreign_url`. */
export const sign = endpoint({
  method: 'POST',
  path: '/api/rep/signatures',
  caller: 'rep',
  input: z.strictObject({ url: pageUrl }),
  output: signatures,
})

/** One read for an opened chat: who is this, may I, and the first page of pieces, each with its refusals. */
export const openChat = endpoint({
  method: 'POST',
  path: '/api/rep/chat',
  caller: 'rep',
  input: z.strictObject({ externalUserId: s.externalUserId, entry: s.entry, ...s.listFilter.shape }),
  output: z.object({ now: z.coerce.date(), contact: s.chatContact, ...s.piecePage.shape }),
})

/**
 * When last something happened that the opened chat may not show yet: a word of the doctor, a match, a new consent text.
 * Light, for a page that asks every two seconds; null when nothing ever did.
 */
export const watchChat = endpoint({
  method: 'POST',
  path: '/api/rep/chat/changes',
  caller: 'rep',
  input: z.strictObject({ externalUserId: s.externalUserId }),
  output: z.object({ changedAt: z.nullable(z.coerce.date()) }),
})

/** More of the list, or another list: search, tab, filter. Without a contact nothing is decided. */
export const listPieces = endpoint({
  method: 'POST',
  path: '/api/rep/pieces',
  caller: 'rep',
  input: z.strictObject({
    externalUserId: z.nullable(s.externalUserId),
    cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
    ...s.listFilter.shape,
  }),
  output: s.piecePage,
})

/** Everything the sheet shows before a send; also asks for the media of a file send to be made ready. */
export const preview = endpoint({
  method: 'POST',
  path: '/api/rep/preview',
  caller: 'rep',
  input: z.strictObject({ externalUserId: z.nullable(s.externalUserId), contentItemId: s.id }),
  output: z.object({
    piece: s.piece,
    card: z.object({ title: z.string(), desc: z.string() }),
    /** Addresses of page images by number, in the middle width. */
    pages: z.array(
      z.object({
        number: z.number(),
        image: z.string(),
        width: z.number(),
        height: z.number(),
        placeholder: z.string(),
      }),
    ),
    /** Ways it may travel to this contact now; `refusals` is about the way alone. */
    ways: z.array(z.object({ kind: s.messageKind, refusals: z.array(s.refusal) })),
    /** Sends left this month after this one; null without a contact. */
    leftAfter: z.nullable(z.number()),
    openings: z.array(z.object({ contentItemId: z.string(), text: z.string() })),
    /** The version to use instead, when there is one. */
    successor: z.nullable(z.string()),
    withdrawnReason: z.nullable(z.string()),
    approvals: z.array(z.object({ role: z.string(), name: z.string(), at: z.coerce.date() })),
  }),
})

/**
 * A script: approved pieces to be sent one after the other, each through the gate by itself. Also asks for the media of
 * its file sends to be made ready. Where one stands with this HCP is derived from the sends.
 */
export const openScript = endpoint({
  method: 'POST',
  path: '/api/rep/script',
  caller: 'rep',
  input: z.strictObject({ externalUserId: z.nullable(s.externalUserId), contentItemId: s.id }),
  output: z.object({
    script: s.piece,
    /** What to use instead, when there is something. */
    successor: z.nullable(z.object({ contentItemId: z.string(), kind: s.contentKind })),
    withdrawnReason: z.nullable(z.string()),
    steps: z.array(
      z.object({
        position: z.number(),
        /** The version that would go now, decided for its usual way; null when it is not within this rep's reach. */
        piece: z.nullable(s.piece),
        standing: s.standing,
        /** This rep's send behind `sent` and `unknown`; null for a colleague's. */
        sendId: z.nullable(z.string()),
        at: z.nullable(z.coerce.date()),
      }),
    ),
    /** Sends of this month the rest takes, and how many are left; null without a contact. */
    cap: z.nullable(z.object({ needed: z.number(), left: z.number() })),
  }),
})

export const setFavourite = endpoint({
  method: 'POST',
  path: '/api/rep/favourites',
  caller: 'rep',
  input: z.strictObject({ documentId: s.id, favourite: z.boolean() }),
  output: done,
})

/** The rep's doctors, to open a chat from the workbench. */
export const findContacts = endpoint({
  method: 'POST',
  path: '/api/rep/contacts',
  caller: 'rep',
  input: z.strictObject({ query: z._default(z.string().check(z.maxLength(60)), '') }),
  output: z.object({ contacts: z.array(z.object({ externalUserId: z.string(), account: s.accountBrief })) }),
})

/** The rep's doctors who are still to be told of a withdrawal, whoever was asked for last first; by keyset. */
export const listToTell = endpoint({
  method: 'POST',
  path: '/api/rep/to-tell',
  caller: 'rep',
  input: z.strictObject({ cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null) }),
  output: z.object({
    doctors: z.array(z.object({ externalUserId: z.string(), account: s.accountBrief, ...s.toTell.shape })),
    next: z.nullable(z.string()),
  }),
})

/**
 * The rep's own code, for a doctor to scan and add them; wished for at the first look, made a moment later. Looking again is
 * the same wish.
 */
export const ownCode = endpoint({
  method: 'POST',
  path: '/api/rep/contact-code',
  caller: 'rep',
  input: z.strictObject({ requestId: s.requestId }),
  output: z.object({
    code: z.nullable(
      z.object({
        codeId: z.string(),
        life: z.enum(['making', 'live', 'refused', 'ending', 'ended']),
        /** Why there is none yet, as in the console's list. */
        problem: z.string(),
        /** Address of its picture; null until WeCom has made it. */
        picture: z.nullable(z.string()),
        /** Contacts who came by it. */
        came: z.number(),
      }),
    ),
    rep: z.string(),
    company: z.string(),
  }),
})

export const signOut = endpoint({ method: 'POST', path: '/api/rep/sign-out', caller: 'rep', input: none, output: done })
