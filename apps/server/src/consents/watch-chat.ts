import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { followedBy } from '../sends/around-queries.ts'

/**
 * When last something happened that an opened chat may not show yet, a paper that was settled too: one statement over the
 * few rows of one doctor, so that a page may ask every two seconds. Somebody else's contact and an invented one
 * alike are `contact_not_found`.
 */
export async function watchChat(
  { db, now }: Deps,
  repId: string,
  externalUserId: string,
): Promise<{ changedAt: Date | null }> {
  const row = await followedBy(db, [{ repId, externalUserId }])
    .select(['externalContact.matchedAt', 'externalContact.matchChangedAt'])
    .select([
      sql<Date | null>`(select max(recorded_at) from consent where account_id = external_contact.account_id)`.as(
        'saidAt',
      ),
      sql<Date | null>`(select max(settled_at) from consent_paper where account_id = external_contact.account_id)`.as(
        'paperAt',
      ),
      sql<Date | null>`(select max(recorded_at) from contact_answer
        where external_user_id = external_contact.external_user_id)`.as('answeredAt'),
      sql<Date | null>`(select max(active_from) from consent_text
        where purpose = 'receive' and active_from <= ${now()})`.as('textAt'),
    ])
    .executeTakeFirst()
  if (!row) throw new AppError('contact_not_found')
  const times = [row.matchedAt, row.matchChangedAt, row.saidAt, row.answeredAt, row.paperAt, row.textAt].flatMap(
    (at) => (at ? [at.getTime()] : []),
  )
  return { changedAt: times.length > 0 ? new Date(Math.max(...times)) : null }
}
