import { vaultMappingShape, type VaultMappingWords } from '@vouch/contract'
import { isFieldName } from '../../vault/vql.ts'

/** The mapping as it is kept: what was set, which vault it was set for, and the fields to ask for. */
export type VaultMapping = VaultMappingWords & { vaultId: number; fields: string[] }

/** Asked for whatever is mapped; a vault that hides one of those after the first five is read without it. */
const always = ['id', 'major_version_number__v', 'minor_version_number__v', 'status__v', 'version_modified_date__v']
const useful = [
  ...['name__v', 'title__v', 'type__v', 'binder__v', 'crosslink__v', 'document_number__v'],
  ...['filename__v', 'md5checksum__v', 'size__v'],
]

/** Every field the mapping names. */
export function mappedFields(words: VaultMappingWords): { setting: string; name: string }[] {
  return Object.entries(words).flatMap(([setting, name]) =>
    setting.endsWith('Field') && typeof name === 'string' && name !== '' ? [{ setting, name }] : [],
  )
}

/** What queries ask for: all that is mapped, and of the rest what our user may see. */
export function fieldsToAsk(words: VaultMappingWords, visible: readonly string[]): string[] {
  const names = [
    ...always,
    ...useful.filter((name) => visible.includes(name)),
    ...mappedFields(words).map(({ name }) => name),
  ]
  return [...new Set(names)].filter(isFieldName)
}

/** Reads what `storeMapping` wrote; null when nothing was set yet. */
export function openMapping(stored: string): VaultMapping | null {
  if (stored === '') return null
  const { vaultId, fields, ...words } = JSON.parse(stored) as VaultMapping
  const read = vaultMappingShape.safeParse(words)
  return read.success ? { ...read.data, vaultId, fields } : null
}

export const storeMapping = (mapping: VaultMapping): string => JSON.stringify(mapping)

/** What a value of the vault is here: of the pairs, the first whose left side is among the values. */
export function lookUp(pairs: readonly string[], values: readonly string[]): string | undefined {
  const found = pairs.find((pair) => values.includes(keyOf(pair)))
  return found && valueOf(found)
}

export const keyOf = (pair: string): string => pair.slice(0, pair.indexOf('='))
export const valueOf = (pair: string): string => pair.slice(pair.indexOf('=') + 1)
