import type { Input, Output, vaultEndpoints, VaultMappingWords } from '@vouch/contract'
import { contentClasses, reviewSteps } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { VaultFault } from '../../vault/vault-fault.ts'
import { askForCycle } from './run-asked-cycle.ts'
import { fieldsToAsk, mappedFields, openMapping, storeMapping, valueOf, type VaultMapping } from './vault-mapping.ts'
import { requireAct } from './vault-office.ts'
import { countVersions } from './vault-office-queries.ts'

type Endpoint = typeof vaultEndpoints.saveVaultMapping
type Faults = { field: string; problem: string }[]
const languages = ['zh-CN', 'en-US']

/**
 * Sets how documents of the vault are read. It is held against what the vault itself says of its fields, and everything
 * wrong is told at once. It holds for what comes after: what is published stays as it was published, and its fields are
 * pinned anew at the next look.
 */
export async function saveVaultMapping(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireAct(deps, me, 'change_mapping')
  const { reason, ...words } = asked
  const told = await askVault(deps)
  if ('problem' in told) return { outcome: 'refused', faults: [{ field: 'vault', problem: told.problem }] }
  const faults = [...checkFields(words, told.visible), ...(await checkValues(deps, words))]
  if (faults.length > 0) return { outcome: 'refused', faults }

  const mapping = { ...words, vaultId: told.vaultId, fields: fieldsToAsk(words, told.visible) }
  const { known } = await countVersions(deps.db)
  const refused = await transact(deps.db, (trx) => save(deps, trx, { me, mapping, reason, known }))
  return refused ? { outcome: 'refused', faults: [{ field: 'vault', problem: refused }] } : { outcome: 'done' }
}

/** Which vault it is and which fields our user sees; asked before anything is locked. */
async function askVault({ vault }: Deps): Promise<{ vaultId: number; visible: string[] } | { problem: string }> {
  if (!vault) return { problem: 'not_connected' }
  try {
    return { vaultId: await vault.vaultId(), visible: await vault.properties() }
  } catch (fault) {
    if (fault instanceof VaultFault) return { problem: fault.message }
    throw fault
  }
}

function checkFields(words: VaultMappingWords, visible: readonly string[]): Faults {
  return mappedFields(words)
    .filter(({ name }) => !visible.includes(name))
    .map(({ setting }) => ({ field: setting, problem: 'not_in_vault' }))
}

async function checkValues({ db }: Deps, words: VaultMappingWords): Promise<Faults> {
  const products = await db.selectFrom('product').select('code').execute()
  const only = (field: keyof VaultMappingWords, pairs: readonly string[], known: readonly string[]): Faults =>
    pairs.some((pair) => !known.includes(valueOf(pair))) ? [{ field, problem: 'unknown_value' }] : []
  const both = words.sendableStates.some((state) => words.blockedStates.includes(state))
  return [
    ...only('products', words.products, ['', ...products.map(({ code }) => code)]),
    ...only('classes', words.classes, contentClasses),
    ...only('languages', words.languages, languages),
    ...only('signatureMeanings', words.signatureMeanings, reviewSteps),
    ...(words.markets.some((pair) => valueOf(pair) === '') ? [{ field: 'markets', problem: 'unknown_value' }] : []),
    ...(both ? [{ field: 'blockedStates', problem: 'also_sendable' }] : []),
  ]
}

type Saved = { me: Session; mapping: VaultMapping; reason: string; known: number }

/** Ids of one vault mean nothing in another: with anything known of one, it stays the one. */
async function save(deps: Deps, trx: Transaction<Database>, { me, mapping, reason, known }: Saved) {
  const before = await trx
    .selectFrom('vaultConnection')
    .select('mapping')
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirst()
  const set = before ? openMapping(before.mapping) : null
  if (set && set.vaultId !== mapping.vaultId && known > 0) return 'other_vault'
  const at = deps.now()
  const values = {
    ...{ mapping: storeMapping(mapping), brakePerMinute: mapping.brakePerMinute, problem: null, fullAt: null },
    ...{ changedBy: me.personId, changedAt: at },
  }
  await trx
    .insertInto('vaultConnection')
    .values({ id: 1, ...values })
    .onDuplicateKeyUpdate(values)
    .execute()
  await trx.updateTable('vaultVersion').set({ fieldsHash: null }).execute()
  await askForCycle(trx)
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'vault.mapping_changed', subjectId: 'vault', reason, before: set, after: mapping },
  })
  return undefined
}
