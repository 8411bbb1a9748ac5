import type { Input, Output, VaultDifference, vaultEndpoints } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import { findVaultTrail } from './vault-office-queries.ts'

type Endpoint = typeof vaultEndpoints.listVaultTrail
const pageSize = 20
/** Follow from what was set. */
const derived = ['fields', 'vaultId']

/** Who did what with the connection and why; of a mapping what was changed, setting by setting. */
export async function listVaultTrail(deps: Deps, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const rows = await findVaultTrail(deps.db, pageSize + 1, readCursor(asked.cursor)?.id)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: page.map(({ id, at, actorKind, event, reason, detail, name }) => ({
      ...{ id, at, actor: name ?? actorKind, event, reason: reason ?? '', changes: changesOf(detail) },
    })),
    next: last && rows.length > pageSize ? writeCursor(last) : null,
  }
}

/** The first mapping has nothing to be compared with. */
function changesOf(detail: unknown): VaultDifference[] {
  const kept = (typeof detail === 'string' ? JSON.parse(detail) : detail) as Record<string, unknown> // written by appendAudit
  const [before, after] = [asSettings(kept['before']), asSettings(kept['after'])]
  if (!before || !after) return []
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !derived.includes(name))
    .map((what) => ({ what, expected: textOf(before[what]), found: textOf(after[what]) }))
    .filter(({ expected, found }) => expected !== found)
}

const asSettings = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('\n')
  return value === null || value === undefined ? '' : String(value as string | number | boolean)
}
