import { computed } from 'vue'
import type { VaultSetting } from '../api.ts'
import { called, useText } from '../text/index.ts'
import { useChoices } from './use-choices.ts'

export type Option = { value: string; label: string }

/** What a value of the vault can be here. A market is a code that is typed. */
export function useMappingOptions() {
  const t = useText()
  const { choices } = useChoices()

  return computed((): Partial<Record<VaultSetting, Option[]>> => {
    const { content, vault } = t.value
    const words = (map: Record<string, string>): Option[] =>
      Object.entries(map).map(([value, label]) => ({ value, label }))
    const products = (choices.value?.products ?? []).map((one) => ({ value: one.code, label: called(one) }))
    const specialties = (choices.value?.specialties ?? []).map((one) => ({ value: one.code, label: called(one) }))
    return {
      products: [...products, { value: '', label: vault.mapping.nobody }],
      ...{ languages: words(content.languages), classes: words(content.classes) },
      audiences: [{ value: '', label: vault.mapping.unlimited }, ...specialties],
      signatureMeanings: words(content.steps),
    }
  })
}
