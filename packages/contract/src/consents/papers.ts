import * as z from 'zod/mini'
import { endpoint } from '../endpoint.ts'
import { id, requestId } from '../shapes.ts'
import { consentPurpose, consentRefusal, cursor, date, doctor, language, line, somePurposes } from './shapes.ts'

const paper = z.object({
  paperId: z.string(),
  ...doctor,
  purposes: z.array(consentPurpose),
  language: z.string(),
  signedAt: date,
  fileName: z.string(),
  mime: z.string(),
  note: z.string(),
  stage: z.enum(['waiting', 'confirmed', 'rejected']),
  enteredBy: z.string(),
  /** By somebody of the office, or by the rep in the chat with the doctor. */
  enteredIn: z.enum(['office', 'chat']),
  enteredAt: date,
  settledBy: z.string(),
  settledAt: z.nullable(date),
  reason: z.string(),
  /** This person may confirm or reject it: they did not enter it. */
  maySettle: z.boolean(),
})
export type ConsentPaper = z.output<typeof paper>

/** Consents on paper: those that wait for the second person, or those that are settled. */
export const listPapers = endpoint({
  method: 'POST',
  path: '/api/console/consents/papers',
  caller: 'console',
  input: z.strictObject({ show: z._default(z.enum(['waiting', 'settled']), 'waiting'), cursor }),
  output: z.object({ rows: z.array(paper), next: z.nullable(z.string()), mayEnter: z.boolean() }),
})

/** Enters a scan. Nothing is consented to before a second person confirms it. */
export const enterPaper = endpoint({
  method: 'POST',
  path: '/api/console/consents/papers/entries',
  caller: 'console',
  input: z.strictObject({
    requestId,
    uploadId: id,
    accountId: id,
    purposes: somePurposes,
    language,
    /** The day on the paper, as in 2026-11-21; it counts from its Shanghai midnight on. */
    signedOn: z.iso.date(),
    note: line(300),
  }),
  output: z.object({ paperId: z.string() }),
})

/** The second person says whether the scan is what was entered. */
export const settlePaper = endpoint({
  method: 'POST',
  path: '/api/console/consents/papers/settlements',
  caller: 'console',
  input: z.strictObject({
    paperId: id,
    decision: z.enum(['confirm', 'reject']),
    reason: z._default(line(300), ''),
  }),
  output: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('confirmed'), purposes: z.array(consentPurpose) }),
    z.object({ outcome: z.literal('rejected') }),
    z.object({
      outcome: z.literal('refused'),
      /** `own_entry`: entered by this person; `reason_missing`; `settled` before; or why the statement is none. */
      refusals: z.array(
        z.union([
          z.object({ reason: z.enum(['own_entry', 'reason_missing', 'settled']) }),
          z.object({ purpose: consentPurpose, refusal: consentRefusal }),
        ]),
      ),
    }),
  ]),
})
export type SettlePaperAnswer = z.output<typeof settlePaper.output>
