import { computed, type ComputedRef } from 'vue'
import { consents as en } from './consents.en.ts'
import { consents as zh, type ConsentWords } from './consents.zh.ts'
import { useText } from './index.ts'

/** The words of the consent pages, which come with these pages and not before. */
export function useConsentText(): ComputedRef<ConsentWords> {
  const t = useText()
  // The switch offers the other language.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}

export type { Purpose } from './consents.zh.ts'
