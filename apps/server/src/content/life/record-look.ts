import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { wasViewed } from './content-detail-queries.ts'

/** A page that asks again while pages are drawn is still the same look, and so is the preview beside it. */
const sameLookMs = 10 * 60_000

/** Puts on record that somebody of the office looked at a version. */
export async function recordLook(
  { db, newId, now }: Deps,
  { personId }: Session,
  contentItemId: string,
): Promise<void> {
  const at = now()
  const since = new Date(at.getTime() - sameLookMs)
  if (await wasViewed(db, { contentItemId, personId, since })) return
  await transact(db, (trx) =>
    appendAudit(trx, newId(), { kind: 'admin', id: personId }, at, {
      ...{ event: 'content.viewed', subjectId: contentItemId },
    }),
  )
}
