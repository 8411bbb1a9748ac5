import { onMounted, shallowRef } from 'vue'
import { call, type ContentChoices, endpoints } from '../api.ts'
import { useText } from '../text/index.ts'

const kept = shallowRef<ContentChoices | null>(null)

/** What forms and filters choose from, read once. Without it codes are shown as they are. */
export function useChoices() {
  const t = useText()

  async function read(): Promise<void> {
    if (kept.value) return
    kept.value = await call(endpoints.contentChoices, {}).catch(() => null)
  }

  function productName(code: string): string {
    const product = kept.value?.products.find((one) => one.code === code)
    if (!product) return code || '-'
    return t.value.language.code === 'zh' ? product.nameEn : product.name
  }

  onMounted(() => void read())
  return { choices: kept, productName }
}
