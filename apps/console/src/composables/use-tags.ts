import { computed, onMounted, ref, shallowRef } from 'vue'
import { call, endpoints, type FoundTags } from '../api.ts'
import { useAsking } from './use-asking.ts'

/** A change of tags that somebody is putting together, beside what these versions are tagged with. */
export function useTags(contentItemIds: readonly string[]) {
  const { busy, fault, asking } = useAsking()
  const found = shallowRef<FoundTags | null>(null)
  const typed = ref('')
  const add = ref<string[]>([])
  const remove = ref<string[]>([])

  async function look(): Promise<void> {
    found.value = (await asking(() => call(endpoints.findTags, { contentItemIds: [...contentItemIds] }))) ?? null
  }

  /** What was typed, several with commas between; what is added is not taken away. */
  function take(): void {
    const words = typed.value.split(/[,，、;；]/).flatMap((word) => word.trim() || [])
    typed.value = ''
    add.value = [...new Set([...add.value, ...words])]
    remove.value = remove.value.filter((tag) => !words.includes(tag))
  }
  const drop = (tag: string): void => void (add.value = add.value.filter((one) => one !== tag))

  const some = computed(() => add.value.length + remove.value.length > 0)
  onMounted(() => void look())
  return { found, busy, fault, look, typed, add, remove, take, drop, some }
}
export type Tags = ReturnType<typeof useTags>
