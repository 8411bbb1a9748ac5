import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { standingsOf, type Standing } from '../load-standing.ts'
import { findContactAnswers } from './answer-queries.ts'

/** Where a contact stands whom nobody has matched, by their own answers alone. */
export async function loadContactStanding(
  db: Kysely<Database>,
  externalUserId: string,
  now: Date,
): Promise<Standing[]> {
  return standingsOf(db, { rows: await findContactAnswers(db, externalUserId), invitedAt: null }, now)
}
