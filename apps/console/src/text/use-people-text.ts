import { computed } from 'vue'
import { useText } from './index.ts'
import { people as en } from './people.en.ts'
import { people as zh } from './people.zh.ts'

/** Words of the pages about people and roles, loaded with them. */
export function usePeopleText() {
  const t = useText()
  // The language that can be switched to is the one not shown.
  return computed(() => (t.value.language.code === 'en' ? zh : en))
}
