import { computed, reactive, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '../state/session.ts'
import { keep, take } from '../storage.ts'

/** As a table and its chooser need them. */
export type Columns<Id extends string = string> = {
  readonly all: readonly Id[]
  readonly shown: readonly Id[]
  /** What each is called. */
  readonly heads: Readonly<Record<Id, string>>
  shows(id: Id): boolean
  mayHide(id: Id): boolean
  turn(id: Id): void
}

type Known<Id extends string> = {
  ids: () => readonly Id[]
  heads: () => Readonly<Record<Id, string>>
  /** Without these a row says nothing; where none are named, what it begins with. */
  always?: readonly Id[]
}

/**
 * Which columns of a list show: as its address says in `hide`, so that a view can be kept and handed on, else as whoever
 * works here left them on this computer. What the address says is changed there.
 */
export function useColumns<Id extends string>(list: string, { ids, heads, always }: Known<Id>): Columns<Id> {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const key = computed(() => `vouch.columns.${list}.${session.me?.personId ?? ''}`)
  const chosen = shallowRef<readonly string[] | null>(null)

  const asked = computed(() => (typeof route.query['hide'] === 'string' ? route.query['hide'].split(',') : null))
  const hidden = computed(() => asked.value ?? chosen.value ?? take<string[]>('local', key.value) ?? [])
  const mayHide = (id: Id): boolean => !(always ?? ids().slice(0, 1)).includes(id)
  const shows = (id: Id): boolean => !mayHide(id) || !hidden.value.includes(id)

  function turn(id: Id): void {
    const others = hidden.value.filter((one) => one !== id)
    const next = shows(id) ? [...others, id] : others
    if (asked.value) return void router.replace({ query: { ...route.query, hide: next.join(',') } })
    chosen.value = next
    keep('local', key.value, next)
  }

  const columns = { all: computed(ids), shown: computed(() => ids().filter(shows)), heads: computed(heads) }
  return reactive({ ...columns, shows, mayHide, turn }) as Columns<Id> // `reactive` unwraps what is computed
}
