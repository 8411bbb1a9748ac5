import { ref } from 'vue'
import { day } from '../text/format.ts'
import { language, type Language } from '../text/index.ts'
import { useAsking } from './use-asking.ts'

type Table = { csv: string; rows: number; cut: boolean }
export type TableExport = {
  name: string
  ask: (language: Language) => Promise<Table>
  words: () => { export: string; exportFailed: string; exported: (rows: number, cut: boolean) => string }
}

/** Saves what a list shows as a table. What is searched for is asked in the body of a request, not in an address. */
export function useTableExport({ name, ask, words }: TableExport) {
  const said = ref('')
  const { busy, fault, asking } = useAsking()

  async function take(): Promise<void> {
    said.value = ''
    const table = await asking(() => ask(language.value))
    if (!table) return
    const href = URL.createObjectURL(new Blob([table.csv], { type: 'text/csv;charset=utf-8' }))
    Object.assign(document.createElement('a'), { href, download: `${name}-${day(new Date())}.csv` }).click()
    setTimeout(() => URL.revokeObjectURL(href), 60_000)
    said.value = words().exported(table.rows, table.cut)
  }

  return { busy, said, fault, take }
}
