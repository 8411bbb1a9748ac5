import type { Insertable, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Actor } from '../deps.ts'
import type { AuditEvent } from './audit-event.ts'

/** Adds one entry inside the transaction of what it tells about: both stand or fall together. `at` is server time. */
export async function appendAudit(
  trx: Transaction<Database>,
  id: string,
  actor: Actor,
  at: Date,
  told: AuditEvent,
): Promise<void> {
  await trx
    .insertInto('auditEntry')
    .values(auditRow(id, actor, at, told))
    .execute()
}

/** The same as a row, to be written together with others. */
export function auditRow(id: string, actor: Actor, at: Date, told: AuditEvent): Insertable<Database['auditEntry']> {
  return {
    id,
    at,
    actorKind: actor.kind,
    actorId: actor.id,
    event: told.event,
    subjectId: told.subjectId,
    accountId: told.accountId ?? null,
    reason: told.reason ?? null,
    detail: JSON.stringify({ ...told.detail, before: told.before, after: told.after }),
  }
}
