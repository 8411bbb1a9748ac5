import { vaultMappingShape } from '@vouch/contract'
import type { VaultMappingWords, VaultSetting } from './api.ts'

export type Pair = { from: string; to: string }

/** How a setting is written in the form. Fields are names of the vault's, lines are one value a line. */
export const settingKinds = {
  channelField: 'field',
  channelValues: 'lines',
  documentTypes: 'lines',
  sendableStates: 'lines',
  blockedStates: 'lines',
  titleField: 'field',
  cardTitleField: 'field',
  cardDescField: 'field',
  approvalNumberField: 'field',
  productField: 'field',
  products: 'pairs',
  marketField: 'field',
  markets: 'pairs',
  languageField: 'field',
  languages: 'pairs',
  classField: 'field',
  classes: 'pairs',
  audienceField: 'field',
  audiences: 'pairs',
  effectiveField: 'field',
  expiryField: 'field',
  expiryInclusive: 'truth',
  withdrawalField: 'field',
  rendition: 'field',
  protectedRendition: 'truth',
  ways: 'ways',
  signatureMeanings: 'pairs',
  approvers: 'number',
  signatureDays: 'number',
  brakePerMinute: 'number',
} as const satisfies Record<VaultSetting, string>
type Written = { field: string; lines: string; pairs: Pair[]; truth: boolean; ways: string[]; number: string }
export type MappingForm = { [S in VaultSetting]: Written[(typeof settingKinds)[S]] }

export const settings = Object.keys(settingKinds) as VaultSetting[] // its own keys

/** In the order in which they are thought of. */
export const settingGroups = {
  which: ['channelField', 'channelValues', 'documentTypes', 'sendableStates', 'blockedStates'],
  words: ['titleField', 'cardTitleField', 'cardDescField', 'approvalNumberField'],
  days: ['effectiveField', 'expiryField', 'expiryInclusive', 'withdrawalField'],
  file: ['rendition', 'protectedRendition', 'ways'],
  match: [
    ...(['productField', 'products', 'marketField', 'markets', 'languageField', 'languages'] as const),
    ...(['classField', 'classes', 'audienceField', 'audiences'] as const),
  ],
  guard: ['signatureMeanings', 'approvers', 'signatureDays', 'brakePerMinute'],
} as const satisfies Record<string, readonly VaultSetting[]>

/** Names that most vaults have, to begin with; what only this customer has is left open. */
const usual: Partial<VaultMappingWords> = {
  ...{ titleField: 'title__v', productField: 'product__v', marketField: 'country__v', languageField: 'language__v' },
  ...{ expiryField: 'expiration_date__c', rendition: 'viewable_rendition__v', protectedRendition: true },
  ...{ blockedStates: ['Withdrawn', 'Expired', 'Obsolete'], ways: ['news'], approvers: 2, brakePerMinute: 30 },
}

/** The form of a mapping, or of what most vaults have when none was set. */
export function formOf(mapping: VaultMappingWords | null): MappingForm {
  const known = mapping ?? usual
  return Object.fromEntries(settings.map((setting) => [setting, written(setting, known[setting])])) as MappingForm // every setting by its kind
}

function written(setting: VaultSetting, value: unknown): unknown {
  const many = Array.isArray(value) ? (value as string[]) : []
  const kind = settingKinds[setting]
  if (kind === 'lines') return many.join('\n')
  if (kind === 'ways') return [...many]
  if (kind === 'truth') return value === true
  if (kind !== 'pairs') return value === null || value === undefined ? '' : String(value as string | number)
  return many.map((pair) => ({ from: pair.slice(0, pair.indexOf('=')), to: pair.slice(pair.indexOf('=') + 1) }))
}

/** The form as the server takes it. Lines and pairs that were left empty are as if they were not there. */
export function mappingOf(form: MappingForm): Record<VaultSetting, unknown> {
  return Object.fromEntries(settings.map((setting) => [setting, told(setting, form[setting])])) as Record<
    VaultSetting,
    unknown
  >
}

function told(setting: VaultSetting, value: MappingForm[VaultSetting]): unknown {
  const kind = settingKinds[setting]
  if (kind === 'number') return value === '' ? null : Number(value)
  if (kind === 'lines')
    return String(value as string)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  if (kind === 'pairs')
    return (value as Pair[])
      .filter(({ from }) => from.trim() !== '')
      .map(({ from, to }) => `${from.trim()}=${to.trim()}`)
  return typeof value === 'string' ? value.trim() : value
}

export type SettingFaults = Partial<Record<VaultSetting, string>>

/** The mapping when its shape is right, or the settings that are missing or not of the right form. */
export function readForm(form: MappingForm): { words: VaultMappingWords } | { faults: SettingFaults } {
  const read = vaultMappingShape.safeParse(mappingOf(form))
  if (read.success) return { words: read.data }
  return { faults: Object.fromEntries(read.error.issues.map(({ path }) => [String(path[0]), 'bad_shape'])) }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Settings in which two forms say another thing. */
export function differing(one: MappingForm, other: MappingForm): VaultSetting[] {
  const [mine, theirs] = [mappingOf(one), mappingOf(other)]
  return settings.filter((setting) => !same(mine[setting], theirs[setting]))
}

/** What the server has now, with what was typed over what was there before. */
export function merged(form: MappingForm, base: MappingForm, now: MappingForm): MappingForm {
  return { ...now, ...Object.fromEntries(differing(form, base).map((setting) => [setting, form[setting]])) }
}
