import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { contentName } from '../../files/file-names.ts'
import type { Session } from '../../people/sessions.ts'

/** The photo a rep gave with what they asked for. Nobody else is shown it, and looking is recorded. */
export async function openPhoto(deps: Deps, me: Session, changeId: string) {
  const change = await deps.db
    .selectFrom('accountChange')
    .select(['photoHash', 'photoMime', 'accountId'])
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (!change?.photoHash) throw new AppError('content_not_found')
  const { stream, bytes } = await deps.files.open(contentName(change.photoHash))
  await transact(deps.db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, deps.now(), {
      ...{ event: 'account_change.photo_viewed', subjectId: changeId, accountId: change.accountId },
    }),
  )
  return { stream, bytes, mime: change.photoMime }
}
