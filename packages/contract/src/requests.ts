import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { id, requestId } from './shapes.ts'

const date = z.coerce.date()
const life = z.enum(['waiting', 'done', 'refused'])

const hcpRequest = z.object({
  hcpRequestId: z.string(),
  /** What the doctor was given. */
  receipt: z.string(),
  kind: z.enum(['erasure', 'complaint']),
  life,
  filedAt: date,
  /** Null for a contact that belongs to no doctor of ours. */
  doctor: z.nullable(z.string()),
  hospital: z.string(),
  wording: z.string(),
  decidedAt: z.nullable(date),
  decidedBy: z.nullable(z.string()),
  answer: z.string(),
  /** How much was erased, by kind; null unless it was. */
  erased: z.nullable(
    z.object({ contacts: z.number(), remarks: z.number(), wishes: z.number(), pagesRead: z.number() }),
  ),
  /** How much stays because the law asks for it; null unless something was erased. */
  kept: z.nullable(
    z.object({ sends: z.number(), consents: z.number(), papers: z.number(), safetyReports: z.number() }),
  ),
})
export type HcpRequest = z.output<typeof hcpRequest>

/** What doctors ask of the company: erasures and complaints, newest first, by keyset. Looking is on record. */
export const listHcpRequests = endpoint({
  method: 'POST',
  path: '/api/console/hcp-requests',
  caller: 'console',
  input: z.strictObject({
    show: z._default(z.enum(['waiting', 'all']), 'waiting'),
    cursor: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  }),
  output: z.object({ rows: z.array(hcpRequest), next: z.nullable(z.string()), mayDecide: z.boolean() }),
})

/**
 * Decides one, with an answer the doctor reads. `done` on an erasure erases what may be erased, there and then; a complaint
 * can only be answered. Decided twice it is decided once: `already` tells that somebody else was first.
 */
export const decideHcpRequest = endpoint({
  method: 'POST',
  path: '/api/console/hcp-requests/decisions',
  caller: 'console',
  input: z.strictObject({
    requestId,
    hcpRequestId: id,
    decision: z.enum(['done', 'refused']),
    answer: z.string().check(z.trim(), z.minLength(3), z.maxLength(1_000)),
  }),
  output: z.object({ outcome: z.enum(['done', 'already']), request: hcpRequest }),
})
