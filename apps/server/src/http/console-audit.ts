import { auditEndpoints as audit } from '@vouch/contract'
import { exportAudit } from '../audit/export-audit.ts'
import { listAudit, listAuditEvents } from '../audit/list-audit.ts'
import { serve, type Door } from './serve.ts'

/** Everything that was done, and by whom. */
export function mountAudit(door: Door): void {
  const { deps } = door
  serve(door, audit.listAudit, (me, asked) => listAudit(deps, me, asked))
  serve(door, audit.auditEvents, () => listAuditEvents())
  serve(door, audit.exportAudit, (me, asked) => exportAudit(deps, me, asked))
}
