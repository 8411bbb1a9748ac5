import { ref } from 'vue'
import { day } from '../text/format.ts'
import { useText } from '../text/index.ts'
import { useAsking } from './use-asking.ts'

type Table = { csv: string; rows: number; cut: boolean }
type Export = {
  name: string
  ask: (language: 'zh' | 'en') => Promise<Table>
  words: () => { exported: (rows: number, cut: boolean) => string }
}

/** Saves what a list shows as a table. What is searched for is asked in the body of a request, not in an address. */
export function useTableExport({ name, ask, words }: Export) {
  const t = useText()
  const said = ref('')
  const { busy, fault, asking } = useAsking()

  async function take(): Promise<void> {
    said.value = ''
    // The switch offers the other language.
    const table = await asking(() => ask(t.value.language.code === 'en' ? 'zh' : 'en'))
    if (!table) return
    const href = URL.createObjectURL(new Blob([table.csv], { type: 'text/csv;charset=utf-8' }))
    Object.assign(document.createElement('a'), { href, download: `${name}-${day(new Date())}.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(href), 60_000)
    said.value = words().exported(table.rows, table.cut)
  }

  return { busy, said, fault, take }
}
