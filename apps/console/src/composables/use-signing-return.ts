import { onMounted, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { type Fault, faultOf, type SigningResult } from '../api.ts'
import { askResult } from './use-signing.ts'

/** Whoever comes back from WeCom is told how the signature went; the address then forgets it. */
export function useSigningReturn() {
  const route = useRoute()
  const router = useRouter()
  const result = shallowRef<SigningResult | null>(null)
  const fault = shallowRef<Fault | null>(null)

  async function read(): Promise<void> {
    const { signing, ...query } = route.query
    if (typeof signing !== 'string') return
    try {
      result.value = await askResult(signing)
      await router.replace({ query })
    } catch (reason) {
      fault.value = faultOf(reason)
    }
  }

  onMounted(() => void read())
  return { result, fault }
}
