import type { Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'

/** With what a local administrator shows who they are, beside the password. */
export type SecondFactor = 'totp' | 'recovery' | 'passkey'
/** Whom the way of proving named, if one of ours and with the company, and from which session of the console they came. */
export type Shown = { personId: string | undefined; sessionHash: string | undefined; by: SecondFactor | 'wecom' }

export type ProofOutcome = 'proved' | 'refused'

/**
 * Ends a proof with the login that was made for it. It counts once, in time, for the person and the session that began
 * it; `show` is asked under its lock. Whatever it came to is on record.
 */
export function finishProof(
  deps: Deps,
  proofId: string,
  show: (trx: Transaction<Database>) => Promise<Shown>,
): Promise<ProofOutcome> {
  return transact(deps.db, async (trx) => {
    const proof = await lockProof(trx, proofId)
    if (proof.outcome) return proof.outcome
    const shown = await show(trx)
    const at = deps.now()
    const refusedFor = refusalOf(proof, shown, at)
    const outcome = refusedFor ? ('refused' as const) : ('proved' as const)
    await trx.updateTable('proof').set({ spentAt: at, outcome, refusedFor }).where('id', '=', proofId).execute()
    if (!refusedFor)
      await trx.updateTable('session').set({ provedAt: at }).where('tokenHash', '=', proof.sessionHash).execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: proof.personId }, at, {
      ...{ event: refusedFor ? 'proof.refused' : 'proof.given', subjectId: proof.personId },
      detail: { proofId, by: shown.by, provedAs: shown.personId ?? null, ...(refusedFor && { refusedFor }) },
    })
    return outcome
  })
}

function lockProof(trx: Transaction<Database>, proofId: string) {
  return trx
    .selectFrom('proof')
    .innerJoin('session', 'session.tokenHash', 'proof.sessionHash')
    .select(['proof.personId', 'proof.sessionHash', 'proof.endsAt', 'proof.outcome', 'session.endedAt'])
    .where('proof.id', '=', proofId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
type Locked = Awaited<ReturnType<typeof lockProof>>

function refusalOf({ personId, sessionHash, endsAt, endedAt }: Locked, shown: Shown, at: Date) {
  if (!shown.personId && shown.by !== 'wecom') return shown.by === 'passkey' ? 'wrong_passkey' : 'wrong_code'
  if (shown.personId !== personId) return 'other_person'
  if (shown.sessionHash !== sessionHash || endedAt !== null) return 'other_session'
  return at < endsAt ? null : 'too_late'
}
