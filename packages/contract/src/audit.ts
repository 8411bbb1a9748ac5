import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { listOrders } from './orders.ts'
import { id } from './shapes.ts'

const date = z.coerce.date()
const both = z.object({ zh: z.string(), en: z.string() })
const day = z.union([z.literal(''), z.iso.date().check(z.regex(/^20/))])
const maybeId = z.union([z.literal(''), z.string().check(z.maxLength(64), z.regex(/^[\w.@-]+$/))])

const filter = {
  /** Part of the name of a colleague who did it. */
  query: z._default(z.string().check(z.maxLength(60)), ''),
  event: z._default(z.union([z.literal(''), z.string().check(z.maxLength(60), z.regex(/^[a-z_]+\.[a-z_]+$/))]), ''),
  /** Everything about one thing, and about one doctor. */
  subject: z._default(maybeId, ''),
  doctor: z._default(z.union([z.literal(''), id]), ''),
  /** Shanghai days, both included. */
  from: z._default(day, ''),
  until: z._default(day, ''),
  order: z._default(z.enum(listOrders.audit), listOrders.audit[0]),
}

const entry = z.object({
  entryId: z.string(),
  at: date,
  actorKind: z.enum(['rep', 'hcp', 'admin', 'system']),
  /** The name of whoever did it; for the system, the job. */
  actor: z.string(),
  event: z.string(),
  said: both,
  subjectId: z.string(),
  /** What the subject is called, when it has a name, and the page it has in the console. */
  subject: z.string(),
  /** What kind of thing it is; empty for somebody who speaks for themselves by name. */
  subjectKind: both,
  path: z.nullable(z.string()),
  accountId: z.nullable(z.string()),
  doctor: z.string(),
  reason: z.string(),
  /** What else was kept, as it was kept. */
  details: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type AuditRow = z.output<typeof entry>

/** Everything that was done, by keyset. Looking is itself on record. */
export const listAudit = endpoint({
  method: 'POST',
  path: '/api/console/audit',
  caller: 'console',
  input: z.strictObject({ ...filter, cursor: z._default(z.nullable(z.string().check(z.maxLength(60))), null) }),
  output: z.object({ rows: z.array(entry), next: z.nullable(z.string()) }),
})

/** What there is to filter by. */
export const auditEvents = endpoint({
  method: 'POST',
  path: '/api/console/audit/events',
  caller: 'console',
  input: z.strictObject({}),
  output: z.object({ events: z.array(z.object({ event: z.string(), said: both })) }),
})

/** The list under its filter as a table; who took it is on record. */
export const exportAudit = endpoint({
  method: 'POST',
  path: '/api/console/audit/exports',
  caller: 'console',
  input: z.strictObject({ ...filter, language: z.enum(['zh', 'en']) }),
  output: z.object({ csv: z.string(), rows: z.number(), cut: z.boolean() }),
})
