import { policyEndpoints, type PolicyPreview } from '@vouch/contract'
import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'

const lookAgainMs = 1_000

/** Follows a preview while it is counted; it names no doctor, so looking leaves no entry. */
export function usePolicyPreview() {
  const preview = shallowRef<PolicyPreview | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const following = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false

  async function look(): Promise<void> {
    clearTimeout(timer)
    const previewId = following.value
    if (!previewId) return
    try {
      const found = await call(policyEndpoints.lookAtPolicyPreview, { previewId })
      if (gone || following.value !== previewId) return
      preview.value = found
      fault.value = null
      if (found.stage === 'running') timer = setTimeout(() => void look(), lookAgainMs)
    } catch (reason) {
      if (following.value === previewId) fault.value = faultOf(reason)
    }
  }

  function follow(previewId: string | null): void {
    if (previewId !== following.value) preview.value = null
    fault.value = null
    following.value = previewId
    void look()
  }

  onBeforeUnmount(() => {
    gone = true
    clearTimeout(timer)
  })
  return { preview, fault, following, follow, look }
}
