import { onMounted, reactive, ref, shallowRef } from 'vue'
import { call, type ContentChoices, endpoints } from '../api.ts'
import { called, useText } from '../text/index.ts'

const kept = shallowRef<ContentChoices | null>(null)
/** What documents are called, as far as somebody here saw them. */
const titles = reactive(new Map<string, string>())
const unread = ref(false)
let reading: Promise<void> | null = null

/** Fields that hold codes, and the list that says what they are called. */
const lists = {
  product: 'products',
  audience: 'specialties',
  territories: 'territories',
  repGroups: 'repGroups',
} as const
type Coded = keyof typeof lists
const isCoded = (field: string): field is Coded => field in lists

/** The lists are other ones now: whoever chooses next reads them again. */
export function forgetChoices(): void {
  kept.value = null
}

/** Once for everybody who asks at the same time; again when it did not work out. */
function read(): Promise<void> {
  if (kept.value) return Promise.resolve()
  reading ??= call(endpoints.contentChoices, {})
    .then((found) => {
      kept.value = found
      unread.value = false
    })
    .catch(() => void (unread.value = true))
    .finally(() => (reading = null))
  return reading
}

/** What forms and filters choose from, and what codes are called. Without it codes are shown as they are. */
export function useChoices() {
  const t = useText()

  /** The name of one entry of a field; of a field without codes, the entry in words. */
  function nameOf(field: string, entry: string): string {
    if (field === 'hospitalGrades') return t.value.content.grade(entry)
    if (field === 'ways') return t.value.send.ways[entry as keyof typeof t.value.send.ways] ?? entry
    if (field === 'scriptPieces') return titles.get(entry) ?? entry
    if (!isCoded(field)) return entry
    const found = kept.value?.[lists[field]].find((one) => one.code === entry)
    return found ? called(found) : entry
  }

  const productName = (code: string): string => (code === '' ? '-' : nameOf('product', code))

  onMounted(() => void read())
  function remember(documents: readonly { documentId: string; title: string }[]): void {
    for (const { documentId, title } of documents) titles.set(documentId, title)
  }

  return { choices: kept, remember, unread, readChoices: () => void read(), nameOf, productName }
}
