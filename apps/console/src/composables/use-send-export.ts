import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { downloadAsked, endpoints, type Fault, faultOf } from '../api.ts'
import { day } from '../text/format.ts'
import { language } from '../text/index.ts'
import type { SendFilter } from './use-send-filter.ts'

/** Saves what the list shows, every row of it. A table without its last line broke off and is not saved. */
export function useSendExport(filter: () => SendFilter) {
  const busy = ref(false)
  const bytes = ref(0)
  const rows = ref<number | null>(null)
  const fault = shallowRef<Fault | 'broken' | null>(null)
  const running = new AbortController()

  async function take(why: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    bytes.value = 0
    rows.value = null
    fault.value = null
    try {
      const { after: _after, ...asked } = filter()
      const table = await downloadAsked(
        endpoints.exportSends.path,
        { ...asked, language: language.value, why },
        { signal: running.signal, came: (so) => (bytes.value = so) },
      )
      const end = /"(?:完|end)","(\d+)"/.exec(await table.slice(-200).text())
      if (!end) fault.value = 'broken'
      else save(table, Number(end[1]))
    } catch (reason) {
      if (!running.signal.aborted) fault.value = faultOf(reason)
    } finally {
      busy.value = false
    }
    return fault.value === null
  }

  function save(table: Blob, count: number): void {
    const href = URL.createObjectURL(table)
    Object.assign(document.createElement('a'), { href, download: `vouch-sends-${day(new Date())}.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(href), 60_000)
    rows.value = count
  }

  onBeforeUnmount(() => running.abort())
  return { busy, bytes, rows, fault, take }
}
