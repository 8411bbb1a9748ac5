import { readonly, ref } from 'vue'

const isOnline = ref(typeof navigator === 'undefined' || navigator.onLine !== false)

/** Whether the server can be reached, as the last call or the browser saw it. One for the page. */
export const connection = {
  isOnline: readonly(isOnline),
  online(): void {
    isOnline.value = true
  },
  offline(): void {
    isOnline.value = false
  },
}

if (typeof window !== 'undefined') {
  window.addEventListener('offline', () => connection.offline())
  window.addEventListener('online', () => connection.online())
}
