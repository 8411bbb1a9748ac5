import { computed } from 'vue'
import { useText } from './index.ts'
import { proof as en } from './proof.en.ts'
import { proof as zh } from './proof.zh.ts'

/** Words of a sheet that is loaded when it is needed, in the language now shown. */
export function useProofText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
