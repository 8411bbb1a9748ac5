import * as z from 'zod/mini'
import { stepRefusal } from './content-shapes.ts'
import { endpoint } from './endpoint.ts'
import { contentKind, id, messageKind, requestId } from './shapes.ts'

const count = z.number()
const refused = z.object({ outcome: z.literal('refused'), refusals: z.array(stepRefusal) })

/** A send that was authorised so shortly before that the client may still show it; it is not known yet whether it did. */
export const inFlight = z.object({
  sendId: z.string(),
  rep: z.string(),
  /** Name of the HCP; empty when no account is known. */
  doctor: z.string(),
  kind: messageKind,
  at: z.coerce.date(),
  /** When its ticket ends. */
  until: z.coerce.date(),
})
export type InFlight = z.output<typeof inFlight>

/** An approved piece that may stand in the place of one that is withdrawn. */
export const successor = z.object({
  contentItemId: z.string(),
  documentId: z.string(),
  version: z.number(),
  title: z.string(),
  kind: contentKind,
})

/** What a withdrawal would reach, before anybody decides; looking is on record. */
export const effectOfWithdrawal = endpoint({
  method: 'POST',
  path: '/api/console/content/effects',
  caller: 'console',
  input: z.strictObject({ contentItemId: id }),
  output: z.object({
    contentItemId: z.string(),
    title: z.string(),
    version: z.number(),
    /** Reps who sent it, and all who will be told: who sent it or has it in their list. */
    reps: count,
    repsToTell: count,
    /** Doctors it was sent to, and those of them who opened it or hold a copy. */
    doctors: count,
    readers: count,
    /** Links that show it now and will say "withdrawn". */
    liveLinks: count,
    /** Copies in chats that nobody can recall: files, pictures, videos; and texts. */
    filesOut: count,
    textsOut: count,
    inFlight: z.array(inFlight),
    /** What may be named as successor: other versions of the document first, then pieces about the same product. */
    successors: z.array(successor),
    /** Why this person may not withdraw it now; empty when they may. */
    refusals: z.array(stepRefusal),
  }),
})

/** Withdraws at once and everywhere. The reason is shown to doctors; the successor is offered to them. */
export const withdrawContent = endpoint({
  method: 'POST',
  path: '/api/console/content/withdrawals',
  caller: 'console',
  input: z.strictObject({
    requestId,
    contentItemId: id,
    reason: z.string().check(z.maxLength(300), z.regex(/^[^\n\r]*$/)),
    successorId: z.nullable(id),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('done'),
      at: z.coerce.date(),
      /** Reps who are told by an app message. */
      repsTold: count,
      inFlight: z.array(inFlight),
    }),
    refused,
  ]),
})

/** Whether a notice reached its doctor: yet to be sent, sent, or sent with an outcome nobody knows. */
const noticeStanding = z.enum(['to_send', 'sent', 'unknown'])

/** Doctors who opened it, or hold a copy in their chat; by keyset. Looking is on record: it shows personal data. */
export const listReaders = endpoint({
  method: 'POST',
  path: '/api/console/content/readers',
  caller: 'console',
  input: z.strictObject({
    contentItemId: id,
    cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  }),
  output: z.object({
    /** Pages of the version. */
    of: z.number(),
    readers: z.array(
      z.object({
        accountId: z.string(),
        doctor: z.string(),
        title: z.string(),
        hospital: z.string(),
        /** `opened`: the page was open before them; `received`: they were sent a copy. */
        how: z.enum(['opened', 'received']),
        /** The first time. */
        at: z.coerce.date(),
        /** Pages they read, of those they let us know of. */
        pages: z.array(z.number()),
        /** Who sent it to them, the last of several. */
        sentBy: z.string(),
        /** Who would tell them now: a rep who follows them; null when nobody does. */
        rep: z.nullable(z.string()),
        /** The last notice asked for, of whom, and who sent the piece it names to them, when. */
        notice: z.nullable(
          z.object({
            title: z.string(),
            askedAt: z.coerce.date(),
            askedOf: z.string(),
            standing: noticeStanding,
            sentAt: z.nullable(z.coerce.date()),
            sentBy: z.string(),
          }),
        ),
      }),
    ),
    next: z.nullable(z.string()),
  }),
})

/**
 * Has the reps of all readers asked, by an app message, to send them the successor or a correction notice: an approved
 * piece that goes through the gate as any other. Who was asked for the same piece before is not asked again.
 */
export const tellReaders = endpoint({
  method: 'POST',
  path: '/api/console/content/notices',
  caller: 'console',
  input: z.strictObject({ requestId, contentItemId: id, noticeItemId: id }),
  output: z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('done'),
      doctors: count,
      reps: count,
      /** Readers whom no rep follows any more. */
      unreachable: count,
    }),
    refused,
  ]),
})
