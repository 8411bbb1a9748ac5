import type { Deps } from '../../deps.ts'
import { VaultFault } from '../../vault/vault-fault.ts'
import { lookAtVaultDocuments, type Looking } from './look-at-vault-documents.ts'
import { recheckVaultBytes } from './recheck-vault-bytes.ts'
import { findConnection, findNextPublished, findUnproved, proofBorder } from './vault-queries.ts'

const atOnce = 500
/** Renditions fetched again a run, in turn, although nothing says that they changed. */
const filesAtOnce = 3
const longestMs = 45_000
const place = 'reask-vault'

/**
 * Asks the vault again for what is published before the gate's proof of it grows old, and fetches a few files again. While
 * the vault is down what is approved stays sendable until its own end, or as long as the policy says (F29).
 */
export async function reaskVault(deps: Deps): Promise<void> {
  const { db, vault } = deps
  const connection = vault && (await findConnection(db))
  const stopped = /^(?:sign_in_stopped|other_vault)/.test(connection?.problem ?? '')
  if (!vault || !connection?.mapping || stopped) return
  const looking = { vault, mapping: connection.mapping }
  const endsAt = performance.now() + longestMs
  try {
    const unproved = await findUnproved(db, await proofBorder(db, deps.now()), atOnce)
    await lookAtVaultDocuments(deps, looking, [...new Set(unproved.map(({ vaultId }) => Number(vaultId)))])
    await recheckSome(deps, looking, endsAt)
  } catch (fault) {
    if (!(fault instanceof VaultFault)) throw fault
    deps.log.warn({ problem: fault.message }, 'the vault was not asked again')
  }
}

async function recheckSome(deps: Deps, looking: Looking, endsAt: number): Promise<void> {
  const row = await deps.db.selectFrom('job').select('cursorValue').where('name', '=', place).executeTakeFirst()
  const ids = await findNextPublished(deps.db, Number(row?.cursorValue ?? 0), filesAtOnce)
  await recheckVaultBytes(deps, looking, { ids, endsAt })
  const cursorValue = ids.length < filesAtOnce ? '' : String(ids.at(-1))
  await deps.db.updateTable('job').set({ cursorValue }).where('name', '=', place).execute()
}
