import { readonly, ref } from 'vue'

const isOnline = ref(typeof navigator === 'undefined' || navigator.onLine !== false)
const wakers = new Set<() => void>()

/** Whether the server can be reached, as the last call or the browser saw it. One for the page. */
export const connection = {
  isOnline: readonly(isOnline),
  online(): void {
    if (isOnline.value) return
    isOnline.value = true
    for (const wake of wakers) wake()
  },
  offline(): void {
    isOnline.value = false
  },
  /** Called each time the network seems to be back. */
  onBack(wake: () => void): () => void {
    wakers.add(wake)
    return () => wakers.delete(wake)
  },
}

if (typeof window !== 'undefined') {
  window.addEventListener('offline', () => connection.offline())
  window.addEventListener('online', () => {
    for (const wake of wakers) wake()
  })
}
