import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { startListImport } from '../../list-imports.ts'
import { requireRole } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { consentWriters } from '../consent-roles.ts'

type Endpoint = typeof consentEndpoints.startConsentImport

/** Has a list of earlier consents looked at, row by row; nothing is written. The same request begins it once. */
export async function startConsentImport(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireRole(deps, me, consentWriters)
  return startListImport(deps, me, { of: 'consent', ...asked })
}
