import type { consentEndpoints, Input } from '@vouch/contract'
import type { TextRefusal } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { lockVersion } from './text-queries.ts'
import { decideStep, readText } from './text-step.ts'

type Asked = Input<typeof consentEndpoints.beginTextSigning>
type Begun = { outcome: 'begun'; signingId: string; endsAt: Date } | { outcome: 'refused'; refusals: TextRefusal[] }

/** Who begins to sign has so long to come back with a login. */
const signingLifeMs = 5 * 60_000

/**
 * Remembers what somebody is about to sign: which words from which day on, what it means, from which session. Nothing is
 * signed yet; the login that follows signs exactly this. The same request begins the same signature as long as it lasts.
 */
export async function beginTextSigning(deps: Deps, me: Session, asked: Asked): Promise<Begun> {
  return transact(deps.db, async (trx) => {
    const read = await readText(trx, await lockVersion(trx, asked.version))
    const at = deps.now()
    const begun = await findBegun(trx, me, asked, at)
    if (begun) return begun
    const { version, decision, meaning, reason, statementHash, requestId } = asked
    const activeFrom = decision === 'approve' && asked.activeFrom ? new Date(asked.activeFrom) : null
    const step = { actorId: me.personId, at, reason, activeFrom, signedHash: statementHash, reauthenticatedAt: at }
    const decided = await decideStep(deps, trx, read, { ...step, action: decision === 'approve' ? 'sign' : 'return' })
    if (!decided.allowed) return { outcome: 'refused', refusals: decided.refusals }
    const signingId = deps.newId()
    const endsAt = new Date(at.getTime() + signingLifeMs)
    await trx
      .insertInto('consentTextSigning')
      .values({
        ...{ id: signingId, personId: me.personId, version, decision, meaning, reason, activeFrom, statementHash },
        ...{ sessionHash: me.tokenHash, begunAt: at, endsAt, requestId, spentAt: null, outcome: null },
      })
      .execute()
    return { outcome: 'begun', signingId, endsAt }
  })
}

async function findBegun(trx: Transaction<Database>, me: Session, asked: Asked, at: Date): Promise<Begun | undefined> {
  const begun = await trx
    .selectFrom('consentTextSigning')
    .select(['id', 'version', 'decision', 'statementHash', 'sessionHash', 'endsAt', 'spentAt'])
    .where('personId', '=', me.personId)
    .where('requestId', '=', asked.requestId)
    .executeTakeFirst()
  if (!begun) return undefined
  const { version, decision, statementHash } = begun
  const same = version === asked.version && decision === asked.decision && statementHash === asked.statementHash
  if (!same) throw new AppError('request_id_reused')
  if (begun.spentAt || begun.endsAt <= at || begun.sessionHash !== me.tokenHash) throw new AppError('signing_over')
  return { outcome: 'begun', signingId: begun.id, endsAt: begun.endsAt }
}
