import type { accountEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import { startListImport } from '../../../list-imports.ts'
import type { Session } from '../../../people/sessions.ts'

type Endpoint = typeof accountEndpoints.startAccountImport

/** Has a list of doctors looked at; nothing is written. The same request begins it once. */
export async function startAccountImport(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  return startListImport(deps, me, { of: 'account', ...asked })
}
