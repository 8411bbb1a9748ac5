import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { download, type Fault, faultOf } from '../api.ts'

/** A table that the server writes, saved as a file; what goes wrong is said on the page and not saved. */
export function useDownload() {
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  const running = new AbortController()

  async function save(path: string, name: string): Promise<void> {
    if (busy.value) return
    busy.value = true
    fault.value = null
    try {
      const address = URL.createObjectURL(await download(path, running.signal))
      const link = Object.assign(document.createElement('a'), { href: address, download: name })
      link.click()
      setTimeout(() => URL.revokeObjectURL(address), 60_000)
    } catch (reason) {
      if (!running.signal.aborted) fault.value = faultOf(reason)
    } finally {
      busy.value = false
    }
  }

  onBeforeUnmount(() => running.abort())
  return { busy, fault, save }
}
