import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { startListImport } from '../../list-imports.ts'
import type { Session } from '../../people/sessions.ts'

type Endpoint = typeof consentEndpoints.startConsentImport

/** Has a list of earlier consents looked at, row by row; nothing is written. The same request begins it once. */
export async function startConsentImport(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  return startListImport(deps, me, { of: 'consent', ...asked })
}
