import { utf8Length, type ContentClass, type VaultVersionFacts } from '@vouch/rules'
import { sha256 } from '../../secrets.ts'
import type { VaultRow } from '../../vault/vault.ts'
import { lookUp, mappedFields, type VaultMapping } from './vault-mapping.ts'

export type VaultWords = {
  title: string
  cardTitle: string
  cardDesc: string
  approvalNumber: string
  class: ContentClass
  product: string
  market: string
  language: string
  audience: string
  fileName: string
}

/** One version of the vault in our words. */
export type VaultReading = {
  id: number
  facts: VaultVersionFacts
  modifiedAt: Date | null
  /** Over everything that is mapped and over the source file's own hash, as the vault tells them. */
  fieldsHash: string
  /** First moment at which it may no longer be used. */
  expiresAt: Date | null
  effectiveAt: Date | null
  /** The first value that leads nowhere. */
  unmapped: string | null
  words: VaultWords
}

/** Reads a row of a query; undefined when it is no version at all. */
export function readVaultVersion(mapping: VaultMapping, row: VaultRow): VaultReading | undefined {
  const { id, major_version_number__v: major, minor_version_number__v: minor } = row
  if (typeof id !== 'number' || typeof major !== 'number' || typeof minor !== 'number') return undefined
  const { words, unmapped } = readWords(mapping, row)
  const { expiryField, expiryInclusive, withdrawalField, effectiveField } = mapping
  return {
    id,
    facts: {
      ...{ major, minor, state: textOf(row['status__v']) },
      ...{ binder: isTrue(row['binder__v']), crosslink: isTrue(row['crosslink__v']) },
      forChannel: isForChannel(mapping, row),
      withdrawsAt: dayOf(row[withdrawalField]),
    },
    modifiedAt: dayOf(row['version_modified_date__v']),
    fieldsHash: hashFields(mapping, row),
    expiresAt: dayOf(row[expiryField], expiryInclusive ? 1 : 0),
    effectiveAt: dayOf(row[effectiveField]),
    ...{ unmapped, words },
  }
}

function isForChannel({ channelField, channelValues, documentTypes }: VaultMapping, row: VaultRow): boolean {
  const ofType = documentTypes.length === 0 || listOf(row['type__v']).some((type) => documentTypes.includes(type))
  return ofType && listOf(row[channelField]).some((value) => channelValues.includes(value))
}

function readWords(mapping: VaultMapping, row: VaultRow): { words: VaultWords; unmapped: string | null } {
  let unmapped: string | null = null
  const mapped = (field: string, pairs: readonly string[]): string => {
    const values = listOf(row[field])
    const found = lookUp(pairs, values)
    if (found === undefined) unmapped ??= `${field} ${values.join(', ')}`.trim().slice(0, 120)
    return found ?? ''
  }
  const title = firstOf(row, [mapping.titleField, 'name__v']).slice(0, 200)
  const approvalNumber = firstOf(row, [mapping.approvalNumberField, 'document_number__v']).slice(0, 60)
  const words = {
    ...{ title, approvalNumber },
    cardTitle: mapping.cardTitleField ? textOf(row[mapping.cardTitleField]) : shortened(title, 128),
    cardDesc: mapping.cardDescField ? textOf(row[mapping.cardDescField]) : approvalNumber,
    class: mapped(mapping.classField, mapping.classes) as ContentClass, // its values were checked when they were set
    product: mapped(mapping.productField, mapping.products),
    market: mapped(mapping.marketField, mapping.markets),
    language: mapped(mapping.languageField, mapping.languages),
    audience: mapping.audienceField ? audienceOf(mapping, row, mapped) : '',
    fileName: textOf(row['filename__v']).slice(0, 200),
  }
  return { words, unmapped }
}

/** Every value must lead somewhere; one that leads to all makes it all. */
function audienceOf(
  { audienceField, audiences }: VaultMapping,
  row: VaultRow,
  mapped: (field: string, pairs: readonly string[]) => string,
): string {
  const values = listOf(row[audienceField])
  const strange = values.find((value) => lookUp(audiences, [value]) === undefined)
  if (strange !== undefined || values.length === 0) return mapped(audienceField, [])
  const found = values.map((value) => lookUp(audiences, [value]) ?? '')
  return found.includes('') ? '' : [...new Set(found)].join(',')
}

/** A state, a modification date or a flag of another part of the vault is no word of the piece. */
function hashFields(mapping: VaultMapping, row: VaultRow): string {
  const names = [...mappedFields(mapping).map(({ name }) => name), 'name__v', 'type__v', 'md5checksum__v', 'size__v']
  return sha256(JSON.stringify([...new Set(names)].toSorted().map((name) => [name, row[name] ?? null])))
}

/** A day begins at midnight in Shanghai; a moment is a moment. Null when it is neither. */
function dayOf(value: unknown, daysLater = 0): Date | null {
  if (typeof value !== 'string' || value === '') return null
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value)
  const at = Date.parse(isDay ? `${value}T00:00:00+08:00` : value)
  return Number.isNaN(at) ? null : new Date(at + (isDay ? daysLater * 86_400_000 : 0))
}

/** Cut between characters, with a sign that it was. */
function shortened(text: string, mostBytes: number): string {
  if (utf8Length(text) <= mostBytes) return text
  let kept = ''
  for (const character of text) {
    if (utf8Length(`${kept}${character}…`) > mostBytes) break
    kept += character
  }
  return `${kept}…`
}

function firstOf(row: VaultRow, fields: readonly string[]): string {
  return fields.map((field) => textOf(row[field]).trim()).find((text) => text !== '') ?? ''
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : listOf(value).join(', '))
/** The values of a field, be it one or several. */
export const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
    ['string', 'number', 'boolean'].includes(typeof one) ? [String(one)] : [],
  )
/** Truths come as strings too (vault-crm-platform.md 1.8). */
const isTrue = (value: unknown): boolean => value === true || value === 'true'
