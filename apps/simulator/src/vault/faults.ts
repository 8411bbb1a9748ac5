import { VaultError } from './errors.ts'
import type { CallKind, FaultKind, VaultSite } from './site.ts'

/** The fault this call meets, if any; each fault first lets `skip` calls pass, then meets `times`. */
export function takeFault(site: VaultSite, kind: CallKind): FaultKind | null {
  for (const fault of site.faults) {
    if ((fault.on !== 'any' && fault.on !== kind) || fault.times <= 0) continue
    if (fault.skip > 0) {
      fault.skip -= 1
      continue
    }
    fault.times -= 1
    return fault.kind
  }
  return null
}

/** Faults that are envelopes; the others are what a network or a proxy does. */
export function throwFault(site: VaultSite, kind: FaultKind | null): void {
  if (kind === 'session') site.sessions.clear()
  if (kind === 'links') site.queries.clear()
  if (kind === 'limit') throw new VaultError('API_LIMIT_EXCEEDED', 'Too many calls.')
  if (kind === 'exception') throw new VaultError('UNEXPECTED_ERROR', 'Something went wrong.', { status: 'EXCEPTION' })
  if (kind === 'race') throw new VaultError('RACE_CONDITION', 'Record is being changed.')
  if (kind === 'configuration') throw new VaultError('CONFIGURATION_MODE_ENABLED', 'Vault is being configured.')
  if (kind === 'json') throw new VaultError('OPERATION_NOT_ALLOWED', 'Document is checked out.')
  if (kind === 'locked')
    throw new VaultError('USER_LOCKED_OUT', 'User is locked.', { errorType: 'AUTHENTICATION_FAILED' })
}

/** A warning beside a successful answer, in either spelling (1.5). */
export function withWarning(site: VaultSite, body: Record<string, unknown>): Record<string, unknown> {
  const warning = { [site.switches.warningSpelling]: 'PARTIAL_RESULT', message: 'Something to know.' }
  return { ...body, responseStatus: 'WARNING', warnings: [warning] }
}
