import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import { needsPerson, type QuarantineReason } from '@vouch/rules'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { loadOfficeRoles } from '../../people/role-queries.ts'
import { findQuarantined } from './vault-office-queries.ts'

type Endpoint = typeof vaultEndpoints.listQuarantine
const pageSize = 50

/** What the vault calls approved and we do not believe; what only the brake holds is counted elsewhere. */
export async function listQuarantine(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await loadOfficeRoles(deps.db, me.personId, deps.now())
  const after = readCursor(asked.cursor)
  const [major = 0, minor = 0, vaultId = 0] = (after?.id ?? '').split('-').map(Number)
  const rows = await findQuarantined(deps.db, pageSize + 1, after && { at: after.at, vaultId, major, minor })
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: page.map(({ vaultId, major, minor, quarantine, quarantinedAt, contentItemId, title, releasedBy }) => ({
      ...{ vaultId: Number(vaultId), major, minor, reason: quarantine ?? '', since: quarantinedAt ?? new Date(0) },
      needsPerson: needsPerson(quarantine as QuarantineReason), // written from that list
      ...{ contentItemId, title: title ?? '', released: releasedBy !== null },
    })),
    next:
      last && rows.length > pageSize
        ? writeCursor({ at: last.quarantinedAt ?? new Date(0), id: `${last.major}-${last.minor}-${last.vaultId}` })
        : null,
  }
}
