import { computed, type Ref, shallowRef, watch } from 'vue'
import type { ContentRow } from '../api.ts'

/**
 * Rows that are chosen of those a list shows and something may be done with. Nothing stays chosen that is not shown: what
 * is begun is what one sees.
 */
export function useRowChoice(rows: Readonly<Ref<readonly ContentRow[] | null>>) {
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  let last = ''

  const able = computed(() => (rows.value ?? []).filter((row) => row.may.length > 0))
  const chosen = computed(() => able.value.filter((row) => ids.value.has(row.contentItemId)))
  const isChosen = (contentItemId: string): boolean => ids.value.has(contentItemId)

  function set(those: readonly string[], on: boolean): void {
    const next = new Set(ids.value)
    for (const id of those) {
      if (on) next.add(id)
      else next.delete(id)
    }
    ids.value = next
  }

  /** `through`: and every row between the last one that was chosen and this. */
  function choose(contentItemId: string, on: boolean, through: boolean): void {
    const all = able.value.map((row) => row.contentItemId)
    const to = all.indexOf(contentItemId)
    if (to < 0) return
    const from = through && all.includes(last) ? all.indexOf(last) : to
    set(all.slice(Math.min(from, to), Math.max(from, to) + 1), on)
    last = contentItemId
  }

  function chooseAll(on: boolean): void {
    ids.value = on ? new Set(able.value.map((row) => row.contentItemId)) : new Set()
  }

  watch(rows, (shown) => shown === null && chooseAll(false))
  return { able, chosen, isChosen, choose, chooseAll }
}
export type RowChoice = ReturnType<typeof useRowChoice>
