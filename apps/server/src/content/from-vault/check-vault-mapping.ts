import type { VaultMappingWords } from '@vouch/contract'
import { contentClasses, reviewSteps } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import { VaultFault } from '../../vault/vault-fault.ts'
import type { Vault } from '../../vault/vault.ts'
import { fieldsToAsk, mappedFields, valueOf, type VaultMapping } from './vault-mapping.ts'

export type MappingFaults = { field: string; problem: string }[]
const languages = ['zh-CN', 'en-US']

/** Asks the vault; what keeps it from answering is a fault of no setting. */
export async function askVault<T>({ vault }: Deps, ask: (vault: Vault) => Promise<T>): Promise<T | MappingFaults> {
  if (!vault) return [{ field: 'vault', problem: 'not_connected' }]
  try {
    return await ask(vault)
  } catch (fault) {
    if (fault instanceof VaultFault) return [{ field: 'vault', problem: fault.message }]
    throw fault
  }
}

export const isFaults = (answer: unknown): answer is MappingFaults => Array.isArray(answer)

/** Which vault it is and which fields our user sees there. */
export async function readVaultFields(vault: Vault): Promise<{ vaultId: number; visible: string[] }> {
  return { vaultId: await vault.vaultId(), visible: await vault.properties() }
}

/** The mapping as it would be kept, or everything that is wrong with it at once. Asks the vault, so outside of locks. */
export async function checkVaultMapping(deps: Deps, words: VaultMappingWords): Promise<VaultMapping | MappingFaults> {
  const told = await askVault(deps, readVaultFields)
  if (isFaults(told)) return told
  const faults = [...checkFields(words, told.visible), ...(await checkValues(deps, words))]
  if (faults.length > 0) return faults
  return { ...words, vaultId: told.vaultId, fields: fieldsToAsk(words, told.visible) }
}

function checkFields(words: VaultMappingWords, visible: readonly string[]): MappingFaults {
  return mappedFields(words)
    .filter(({ name }) => !visible.includes(name))
    .map(({ setting }) => ({ field: setting, problem: 'not_in_vault' }))
}

async function checkValues({ db }: Deps, words: VaultMappingWords): Promise<MappingFaults> {
  const products = await db.selectFrom('product').select('code').execute()
  const only = (field: keyof VaultMappingWords, pairs: readonly string[], known: readonly string[]): MappingFaults =>
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
