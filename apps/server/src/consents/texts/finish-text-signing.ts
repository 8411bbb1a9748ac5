import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { wordingHash } from '../../consent-statement.ts'
import { moveText } from './step-text.ts'
import { lockVersion, textSubject } from './text-queries.ts'
import { decideStep, readText, statementToSign, type ReadText } from './text-step.ts'

/** What the login proved: who it was, and from which console session they came. */
type Proof = { personId: string | undefined; sessionHash: string | undefined }

/**
 * Ends a signature of a consent text with the login that was made for it, as those of pieces end. It counts once, for the
 * person, session and words it was begun with, in time; everything is decided again under the lock. False when the
 * signature is not one of a consent text.
 */
export async function finishTextSigning(deps: Deps, signingId: string, proof: Proof): Promise<boolean> {
  const begun = await findSigning(deps.db, signingId)
  if (!begun) return false
  await transact(deps.db, async (trx) => {
    const read = await readText(trx, await lockVersion(trx, begun.version))
    const at = deps.now()
    const spent = await trx
      .updateTable('consentTextSigning')
      .set({ spentAt: at })
      .where('id', '=', signingId)
      .where('spentAt', 'is', null)
      .executeTakeFirst()
    if (spent.numUpdatedRows === 0n) return
    const signing = (await findSigning(trx, signingId))!
    const outcome = await conclude(deps, trx, { signing, proof, read, at })
    await trx.updateTable('consentTextSigning').set(outcome).where('id', '=', signingId).execute()
  })
  deps.shelf.forget()
  return true
}

function findSigning(db: Kysely<Database>, signingId: string) {
  return db
    .selectFrom('consentTextSigning as signing')
    .innerJoin('person', 'person.id', 'signing.personId')
    .leftJoin('session', 'session.tokenHash', 'signing.sessionHash')
    .select(['signing.id', 'signing.personId', 'signing.version', 'signing.decision', 'signing.meaning'])
    .select(['signing.reason', 'signing.activeFrom', 'signing.statementHash', 'signing.sessionHash', 'signing.endsAt'])
    .select(['person.status', 'session.endedAt as sessionEndedAt'])
    .where('signing.id', '=', signingId)
    .executeTakeFirst()
}
type Signing = NonNullable<Awaited<ReturnType<typeof findSigning>>>
type Concluding = { signing: Signing; proof: Proof; read: ReadText; at: Date }

async function conclude(deps: Deps, trx: Transaction<Database>, given: Concluding) {
  const { signing, proof, read, at } = given
  const { personId, reason, activeFrom, statementHash: signedHash, decision } = signing
  const reauthenticatedAt = isProved(signing, proof, at) ? at : null
  const step = { actorId: personId, at, reason, activeFrom, signedHash, reauthenticatedAt }
  const decided = await decideStep(deps, trx, read, { ...step, action: decision === 'approve' ? 'sign' : 'return' })
  if (!decided.allowed) {
    const reasons = decided.refusals.map((one) => (one.about ? `${one.reason}:${one.about}` : one.reason)).join()
    return { outcome: 'refused' as const, reasons }
  }
  if (decision === 'return') {
    await sendBack(deps, trx, given)
    return { outcome: 'returned' as const }
  }
  await approve(deps, trx, given)
  return { outcome: 'signed' as const }
}

/** The very person and session that began, still with us and signed in, in time. */
function isProved({ personId, status, sessionHash, sessionEndedAt, endsAt }: Signing, proof: Proof, at: Date): boolean {
  const same = proof.personId === personId && proof.sessionHash === sessionHash
  return same && status === 'active' && sessionEndedAt === null && at < endsAt
}

/** From this commit on, or from its day, doctors are asked with these words; who agreed to others is asked again if they are new. */
async function approve(deps: Deps, trx: Transaction<Database>, { signing, read, at }: Concluding): Promise<void> {
  const { text, wordings } = read
  const { version, purpose, material } = text
  const activeFrom = signing.activeFrom ?? at
  await trx
    .insertInto('consentText')
    .values(
      wordings.map((words) => ({
        ...{ ...words, version, purpose, material, activeFrom },
        hash: wordingHash({ version, purpose, ...words }),
      })),
    )
    .execute()
  await moveText(trx, text, {
    ...{ life: 'approved', approvedBy: signing.personId, approvedAt: at, activeFrom },
    ...{ signedHash: signing.statementHash, statement: statementToSign(read, signing.activeFrom) },
  })
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: signing.personId }, at, {
    ...{ event: 'consent_text.approved', subjectId: textSubject(version), reason: signing.meaning },
    detail: { purpose, material: Boolean(material), activeFrom, signingId: signing.id, hash: signing.statementHash },
    ...{ before: { life: text.life }, after: { life: 'approved' } },
  })
}

async function sendBack(deps: Deps, trx: Transaction<Database>, { signing, read, at }: Concluding): Promise<void> {
  const { text } = read
  const { personId, reason, id } = signing
  await moveText(trx, text, { life: 'draft', returnedReason: reason, submittedBy: null, submittedAt: null })
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: personId }, at, {
    ...{ event: 'consent_text.returned', subjectId: textSubject(text.version), reason, detail: { signingId: id } },
    ...{ before: { life: text.life }, after: { life: 'draft' } },
  })
}
