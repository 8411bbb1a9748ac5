import {
  columnVisibilityFeature,
  rowExpandingFeature,
  type ColumnDef,
  tableFeatures,
  useTable,
} from '@tanstack/vue-table'
import { computed, type Ref } from 'vue'
import type { Send } from '../api.ts'
import { columnsOf, type ColumnOf } from '../columns.ts'
import type { Columns } from './use-columns.ts'

export type ColumnId = ColumnOf<'sends'>

const features = tableFeatures({ columnVisibilityFeature, rowExpandingFeature })
const columnDefs: ColumnDef<typeof features, Send>[] = columnsOf.sends.map((id) => ({ id }))

/** What the table knows beside its rows: which are unfolded, which columns show. */
export function useSendTable(sends: Ref<readonly Send[] | null>, { all, shows }: Columns<ColumnId>) {
  return useTable({
    features,
    columns: columnDefs,
    data: computed(() => [...(sends.value ?? [])]),
    getRowId: (send: Send) => send.sendId,
    getRowCanExpand: () => true,
    manualExpanding: true,
    state: computed(() => ({ columnVisibility: Object.fromEntries(all.map((id) => [id, shows(id)])) })),
  })
}

export type SendTable = ReturnType<typeof useSendTable>
export type SendRow = ReturnType<SendTable['getRowModel']>['rows'][number]
