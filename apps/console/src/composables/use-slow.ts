import { onBeforeUnmount, type Ref, ref, watch } from 'vue'

/** GEN-01: true once something has been loading for more than three seconds. */
export function useSlow(loading: Ref<boolean>, afterMs = 3_000): Ref<boolean> {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = (now: boolean): void => {
    clearTimeout(timer)
    slow.value = false
    if (now) timer = setTimeout(() => (slow.value = true), afterMs)
  }
  watch(loading, follow, { immediate: true })
  onBeforeUnmount(() => clearTimeout(timer))
  return slow
}
