import * as z from 'zod/mini'
import { consentPurpose, date, language, line, somePurposes } from './consents/shapes.ts'
import { endpoint } from './endpoint.ts'
import { externalUserId, id, requestId } from './shapes.ts'

/** Enters the paper a doctor signed in person. It is no consent before somebody of the office confirms it. */
export const enterPaper = endpoint({
  method: 'POST',
  path: '/api/rep/papers/entries',
  caller: 'rep',
  input: z.strictObject({
    requestId,
    externalUserId,
    uploadId: id,
    purposes: somePurposes,
    language,
    /** The day on the paper, as in 2026-11-21. */
    signedOn: z.iso.date(),
    note: z._default(line(300), ''),
  }),
  output: z.object({ paperId: z.string() }),
})

const paperOfRep = z.object({
  paperId: z.string(),
  purposes: z.array(consentPurpose),
  signedAt: date,
  stage: z.enum(['waiting', 'confirmed', 'rejected']),
  enteredAt: date,
  settledAt: z.nullable(date),
  /** Why it was rejected. */
  reason: z.string(),
})
export type RepPaper = z.output<typeof paperOfRep>

/** What this rep entered for the doctor of a chat, the newest first, and what a paper can be about: texts in force. */
export const listPapers = endpoint({
  method: 'POST',
  path: '/api/rep/papers',
  caller: 'rep',
  input: z.strictObject({ externalUserId }),
  output: z.object({
    papers: z.array(paperOfRep),
    purposes: z.array(consentPurpose),
    /** Today in Shanghai; no paper is of a later day. */
    today: z.string(),
  }),
})
