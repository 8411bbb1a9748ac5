import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import { sha256 } from '../../../secrets.ts'

/** A browser gives its user a minute; whoever is slower begins again. */
const challengeLifeMs = 5 * 60_000

/** For what a challenge is, and the secret of the one browser or session that may answer it. */
export type Attempt = { to: 'sign_in' | 'prove' | 'add'; from: string }
const boundTo = ({ to, from }: Attempt): string => sha256(`${to} ${from}`)

/** Remembers what a passkey is asked to sign, as a hash. */
export async function keepChallenge(
  { db, now }: { db: Kysely<Database>; now: Deps['now'] },
  challenge: string,
  attempt: Attempt,
): Promise<void> {
  const begunAt = now()
  const endsAt = new Date(begunAt.getTime() + challengeLifeMs)
  await db
    .insertInto('localChallenge')
    .values({ challengeHash: sha256(challenge), boundTo: boundTo(attempt), begunAt, endsAt, spentAt: null })
    .execute()
}

/** Whether this attempt was asked to sign that, and nobody answered before. Of any number at once one is heard. */
export async function spendChallenge(
  trx: Transaction<Database>,
  { challenge, attempt, at }: { challenge: string; attempt: Attempt; at: Date },
): Promise<boolean> {
  const spent = await trx
    .updateTable('localChallenge')
    .set({ spentAt: at })
    .where('challengeHash', '=', sha256(challenge))
    .where('boundTo', '=', boundTo(attempt))
    .where('spentAt', 'is', null)
    .where('endsAt', '>', at)
    .executeTakeFirst()
  return spent.numUpdatedRows === 1n
}
