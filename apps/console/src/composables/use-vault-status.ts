import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf, type VaultStatus } from '../api.ts'
import { isOver, type Progress, progressOf } from '../vault-progress.ts'

const lookAgainMs = 1_500

/** How the connection to the vault stands. It is asked again by itself only while a check runs that was asked for here. */
export function useVaultStatus() {
  const status = shallowRef<VaultStatus | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const readAt = shallowRef<Date | null>(null)
  const loading = ref(false)
  const progress = shallowRef<Progress | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  async function reload(): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    loading.value = true
    fault.value = null
    try {
      const found = await call(endpoints.vaultStatus, {}, { signal })
      if (signal.aborted) return
      status.value = found
      readAt.value = new Date()
    } catch (reason) {
      if (!signal.aborted) fault.value = faultOf(reason)
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  /** Follows a check to its end; whatever is lost on the way is asked again. */
  function follow(): void {
    const before = status.value
    if (!before) return
    clearTimeout(timer)
    const begun = performance.now()
    progress.value = { kind: 'asked' }
    const look = async (): Promise<void> => {
      await reload()
      if (status.value && !fault.value) progress.value = progressOf(before, status.value, performance.now() - begun)
      if (progress.value && !isOver(progress.value)) timer = setTimeout(() => void look(), lookAgainMs)
    }
    timer = setTimeout(() => void look(), lookAgainMs)
  }

  onMounted(() => void reload())
  onBeforeUnmount(() => {
    clearTimeout(timer)
    running?.abort()
  })

  return { status, fault, readAt, loading, progress, reload, follow }
}
