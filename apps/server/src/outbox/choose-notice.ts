import type { Input, NoticeChoices, noticeEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Face, Session } from '../people/sessions.ts'
import { describe, ownKinds } from './load-choices.ts'
import { noticeKinds } from './notice-kinds.ts'

type Asked = Input<typeof noticeEndpoints.chooseRepNotice>

/** Chooses how one is told of a kind of one's own; what cannot be chosen stays as it is, whoever asks. */
export async function chooseNotice(deps: Deps, me: Session, asked: Asked, face: Face): Promise<NoticeChoices> {
  const kinds = ownKinds(me.roles, face)
  const kind = kinds.find((one) => one === asked.kind)
  if (!kind || noticeKinds[kind].fixed !== null) throw new AppError('bad_request', { field: 'kind' })
  const { personId } = me
  await transact(deps.db, async (trx) => {
    // The person is what is locked: of two who choose at once the trail tells in turn.
    await trx.selectFrom('person').select('id').where('id', '=', personId).forUpdate().executeTakeFirstOrThrow()
    const before = await trx
      .selectFrom('noticeChoice')
      .select('pace')
      .where('personId', '=', personId)
      .where('kind', '=', kind)
      .executeTakeFirst()
    const was = before?.pace ?? 'now'
    if (was === asked.pace) return
    const at = deps.now()
    await trx
      .insertInto('noticeChoice')
      .values({ personId, kind, pace: asked.pace, changedAt: at })
      .onDuplicateKeyUpdate({ pace: asked.pace, changedAt: at })
      .execute()
    await appendAudit(trx, deps.newId(), { kind: face === 'rep' ? 'rep' : 'admin', id: personId }, at, {
      ...{ event: 'notice.choice_changed', subjectId: personId, detail: { kind } },
      ...{ before: { pace: was }, after: { pace: asked.pace } },
    })
  })
  return describe(deps.db, { personId, kinds }, deps.now())
}
