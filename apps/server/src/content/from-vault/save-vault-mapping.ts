import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { checkVaultMapping, isFaults } from './check-vault-mapping.ts'
import { askForCycle } from './run-asked-cycle.ts'
import { openMapping, storeMapping, type VaultMapping } from './vault-mapping.ts'
import { countVersions } from './vault-office-queries.ts'

type Endpoint = typeof vaultEndpoints.saveVaultMapping

/**
 * Sets how documents of the vault are read. It is held against what the vault itself says of its fields, and everything
 * wrong is told at once. It holds for what comes after: what is published stays as it was published, and its fields are
 * pinned anew at the next look. Throws `stale_revision` when somebody saved in between.
 */
export async function saveVaultMapping(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { reason, revision, ...words } = asked
  const mapping = await checkVaultMapping(deps, words)
  if (isFaults(mapping)) return { outcome: 'refused', faults: mapping }
  const { known } = await countVersions(deps.db)
  const refused = await transact(deps.db, (trx) => save(deps, trx, { me, mapping, revision, reason, known }))
  return refused ? { outcome: 'refused', faults: [{ field: 'vault', problem: refused }] } : { outcome: 'done' }
}

type Saved = { me: Session; mapping: VaultMapping; revision: number; reason: string; known: number }

/** Ids of one vault mean nothing in another: with anything known of one, it stays the one. */
async function save(deps: Deps, trx: Transaction<Database>, { me, mapping, revision, reason, known }: Saved) {
  const set = await lockMapping(trx)
  if (set.revision !== revision) throw new AppError('stale_revision')
  if (set.mapping && set.mapping.vaultId !== mapping.vaultId && known > 0) return 'other_vault'
  const at = deps.now()
  const change = {
    ...{ mapping: storeMapping(mapping), brakePerMinute: mapping.brakePerMinute, problem: null, fullAt: null },
    ...{ changedBy: me.personId, changedAt: at, revision: revision + 1 },
  }
  await trx.updateTable('vaultConnection').set(change).where('id', '=', 1).execute()
  await trx.updateTable('vaultVersion').set({ fieldsHash: null }).execute()
  await askForCycle(trx)
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'vault.mapping_changed', subjectId: 'vault', reason, before: set.mapping, after: mapping },
  })
  return undefined
}

/** The one row there is; the insert locks it, and makes it when it is the first. */
async function lockMapping(trx: Transaction<Database>) {
  await trx
    .insertInto('vaultConnection')
    .values({ id: 1, mapping: '', brakePerMinute: 0, changedAt: new Date(0) })
    .onDuplicateKeyUpdate({ id: 1 })
    .execute()
  const row = await trx
    .selectFrom('vaultConnection')
    .select(['mapping', 'revision'])
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { mapping: openMapping(row.mapping), revision: row.revision }
}
