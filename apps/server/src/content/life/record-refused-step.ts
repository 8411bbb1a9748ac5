import type { ContentAction, StepRefusal } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'

/** A step in the life of a piece that somebody tried and was refused. */
export async function recordRefusedStep(
  { newId }: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  tried: {
    me: Pick<Session, 'personId'>
    contentItemId: string
    at: Date
    action: ContentAction | 'tell_readers'
    refusals: StepRefusal[]
  },
): Promise<void> {
  const { me, contentItemId, at, action, refusals } = tried
  await appendAudit(trx, newId(), { kind: 'admin', id: me.personId }, at, {
    event: 'content.step_refused',
    subjectId: contentItemId,
    detail: { action, reasons: refusals.map(({ reason }) => reason) },
  })
}
