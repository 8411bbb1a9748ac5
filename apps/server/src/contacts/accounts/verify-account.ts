import type { accountEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { lockOneAccount } from './account-rows.ts'
import { carriesIdNumber } from './imports/read-account-row.ts'

type Endpoint = typeof accountEndpoints.verifyAccount

/**
 * A person says that somebody is a health professional, by which licence and how that is known, or that they are not. In
 * force at commit for every send; no list says otherwise after that.
 */
export async function verifyAccount(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { accountId, verified, source, reason } = asked
  const licence = asked.licenceNumber.trim()
  if (carriesIdNumber(licence)) return { outcome: 'refused', reasons: ['carries_id_number'] }
  if (verified && licence === '') return { outcome: 'refused', reasons: ['licence_missing'] }
  return transact(deps.db, async (trx): Promise<Output<Endpoint>> => {
    const was = await lockOneAccount(trx, accountId, asked.revision)
    const at = deps.now()
    const revision = was.revision + 1
    const corrected = new Set([...was.corrected.split(',').filter(Boolean), 'licence'])
    const proof = { verifiedSource: source, verifiedAt: at, verifiedBy: me.personId }
    const noProof = { verifiedSource: null, verifiedAt: null, verifiedBy: null }
    await trx
      .updateTable('account')
      .set({ hcpVerified: verified, licenceNumber: licence || null, corrected: [...corrected].join(',') })
      .set({ ...(verified ? proof : noProof), revision, compareDue: 1 })
      .where('id', '=', accountId)
      .execute()
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: verified ? 'account.verified' : 'account.unverified', subjectId: accountId, accountId, reason },
      before: { verified: Boolean(was.hcpVerified), licenceNumber: was.licenceNumber, source: was.verifiedSource },
      after: { verified, licenceNumber: licence || null, source: verified ? source : null },
    })
    return { outcome: 'done', revision }
  })
}
