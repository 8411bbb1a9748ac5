import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../../audit/append-audit.ts'
import type { Database } from '../../../db/schema.ts'
import type { Deps } from '../../../deps.ts'
import { type Attempt, spendChallenge } from './challenges.ts'
import { library, readAnswer, siteOf } from './passkey-library.ts'

type Why = 'unreadable' | 'unknown_passkey' | 'wrong_signature' | 'wrong_challenge' | 'counter_went_back'
/** A passkey that somebody shows, as far as it can be weighed without writing anything. */
export type ShownPasskey = {
  personId: string
  challenge: string
  passkeyId: string | null
  counter: number
  refusedFor: Why | null
}

/** Weighs what a browser answered: a passkey of this person, made for this site, with the user verified by the device. */
export async function weighPasskey(deps: Deps, personId: string, given: string): Promise<ShownPasskey> {
  const read = readAnswer<AuthenticationResponseJSON>(given)
  const shown = { personId, challenge: read?.challenge ?? '', passkeyId: null, counter: 0 }
  if (!read) return { ...shown, refusedFor: 'unreadable' }
  const kept = await deps.db
    .selectFrom('localPasskey')
    .select(['id', 'credentialId', 'publicKey'])
    .where('credentialId', '=', read.answer.id)
    .where('personId', '=', personId)
    .executeTakeFirst()
  if (!kept) return { ...shown, refusedFor: 'unknown_passkey' }
  const counter = await counterIn(deps, read, kept)
  if (counter === null) return { ...shown, passkeyId: kept.id, refusedFor: 'wrong_signature' }
  return { ...shown, passkeyId: kept.id, counter, refusedFor: null }
}

type Read = NonNullable<ReturnType<typeof readAnswer<AuthenticationResponseJSON>>>

/** How often the device says that it was used, or null when the library finds anything wrong. */
async function counterIn(
  deps: Deps,
  { answer, challenge }: Read,
  { credentialId, publicKey }: { credentialId: string; publicKey: string },
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await library()
  const { origin, host } = siteOf(deps.config)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...{ response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host },
      requireUserVerification: true,
      // Whether the counter went back is asked under a lock, below.
      credential: { id: credentialId, publicKey: Buffer.from(publicKey, 'base64url'), counter: 0 },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null // the library throws whatever is wrong with an answer
  }
}

/**
 * Spends the challenge, and hears the passkey when nothing stands against it. The answer is its id, or null; then why is
 * on record, and the job that tells of what local administrators do tells the others.
 */
export async function usePasskey(
  trx: Transaction<Database>,
  { newId }: Pick<Deps, 'newId'>,
  { shown, attempt, at }: { shown: ShownPasskey; attempt: Attempt; at: Date },
): Promise<string | null> {
  const { personId, challenge, passkeyId } = shown
  const asked = await spendChallenge(trx, { challenge, attempt, at })
  const refusedFor = shown.refusedFor ?? (asked ? await count(trx, shown, at) : 'wrong_challenge')
  if (!refusedFor) return passkeyId
  await appendAudit(trx, newId(), { kind: 'admin', id: personId }, at, {
    ...{ event: refusedFor === 'counter_went_back' ? 'passkey.copied' : 'passkey.refused', subjectId: personId },
    detail: { passkeyId, to: attempt.to, refusedFor },
  })
  return null
}

/** A counter goes up at each use, or stays 0 with devices that keep none; one that went back may be a copy. */
async function count(trx: Transaction<Database>, { passkeyId, counter }: ShownPasskey, at: Date): Promise<Why | null> {
  const counted = await trx
    .updateTable('localPasskey')
    .set({ counter, usedAt: at })
    .where('id', '=', passkeyId)
    .where((eb) => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb.val(counter === 0)])]))
    .executeTakeFirst()
  if (counted.numUpdatedRows === 1n) return null
  const kept = await trx.selectFrom('localPasskey').select('id').where('id', '=', passkeyId).executeTakeFirst()
  return kept ? 'counter_went_back' : 'unknown_passkey'
}
