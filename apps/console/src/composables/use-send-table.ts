import {
  columnVisibilityFeature,
  rowExpandingFeature,
  type ColumnDef,
  tableFeatures,
  useTable,
} from '@tanstack/vue-table'
import { computed, type Ref, watch } from 'vue'
import type { Send } from '../api.ts'
import { keep, take } from '../storage.ts'

export const columnIds = ['at', 'rep', 'contact', 'hospital', 'piece', 'way', 'outcome', 'policy'] as const
export type ColumnId = (typeof columnIds)[number]

/** Without time, piece and outcome a row says nothing. */
const always: readonly ColumnId[] = ['at', 'piece', 'outcome']
const key = 'vouch.columns'

const features = tableFeatures({ columnVisibilityFeature, rowExpandingFeature })
const columns: ColumnDef<typeof features, Send>[] = columnIds.map((id) => ({ id, enableHiding: !always.includes(id) }))

/** What the table knows beside its rows: which are unfolded, which columns show. */
export function useSendTable(sends: Ref<readonly Send[] | null>) {
  const table = useTable({
    features,
    columns,
    data: computed(() => [...(sends.value ?? [])]),
    getRowId: (send: Send) => send.sendId,
    getRowCanExpand: () => true,
    manualExpanding: true,
    initialState: {
      columnVisibility: take<Record<string, boolean>>('local', key) ?? {},
    },
  })

  watch(
    () => table.atoms.columnVisibility.get(),
    (chosen) => keep('local', key, chosen),
  )
  return table
}

export type SendTable = ReturnType<typeof useSendTable>
export type SendRow = ReturnType<SendTable['getRowModel']>['rows'][number]
export type SendColumn = ReturnType<SendTable['getAllLeafColumns']>[number]
