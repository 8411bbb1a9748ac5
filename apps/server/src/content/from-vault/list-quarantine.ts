import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import { needsPerson, type QuarantineReason } from '@vouch/rules'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import { openDifferences } from './differences.ts'
import { findQuarantined } from './vault-office-queries.ts'

type Endpoint = typeof vaultEndpoints.listQuarantine
const pageSize = 50

/** What the vault calls approved and we do not believe; what only the brake holds is shown when it is asked for. */
export async function listQuarantine(deps: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { cursor, ...filter } = asked
  const after = readCursor(cursor)
  const [major = 0, minor = 0, vaultId = 0] = (after?.id ?? '').split('-').map(Number)
  const place = after && { at: after.at, vaultId, major, minor }
  const rows = await findQuarantined(deps.db, filter, { most: pageSize + 1, after: place })
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: page.map(asRow),
    next:
      last && rows.length > pageSize
        ? writeCursor({ at: last.quarantinedAt ?? new Date(0), id: `${last.major}-${last.minor}-${last.vaultId}` })
        : null,
  }
}

type Row = Awaited<ReturnType<typeof findQuarantined>>[number]

function asRow({ vaultId, major, minor, quarantinedAt, contentItemId, ...row }: Row) {
  const reason = row.quarantine as QuarantineReason // written from that list
  return {
    ...{ vaultId: Number(vaultId), major, minor, reason, since: quarantinedAt ?? new Date(0) },
    ...{ needsPerson: needsPerson(reason), contentItemId, title: row.title ?? row.titleThere },
    ...{ differences: openDifferences(row.differences), released: row.releasedBy !== null },
    ...{ releasedBy: row.releaser ?? '', releasedReason: row.releasedReason ?? '' },
  }
}
