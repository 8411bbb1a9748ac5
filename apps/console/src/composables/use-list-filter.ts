import { computed } from 'vue'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { longestQuery, useAddressFilter } from './use-address-filter.ts'
import type { Ordered } from './use-order.ts'

/** One thing a list is filtered by: what it is while nothing is asked for, and what an address may ask for. */
type Field<Value> = { plain: Value; read: (said: string) => Value | undefined }
type Asked = { query: string; order: string }
type Fields<Filter> = { [Name in Exclude<keyof Filter, keyof Asked>]: Field<Filter[Name]> }

/** One of the words known; the first is meant where none is said. */
export const oneOf = <Known extends string>(known: readonly Known[]): Field<Known> => ({
  plain: known[0]!, // there is no choice among nothing
  read: (said) => known.find((one) => one === said),
})

/** Whatever has this shape. */
export const shaped = (shape: RegExp): Field<string> => ({
  plain: '',
  read: (said) => (shape.test(said) ? said : undefined),
})

/**
 * How a filter and the order of its list stand in an address: as short as it can be, and what it does not know is as if it
 * were not there. The first of the orders is the plain one.
 */
export function addressOf<Filter extends Asked>(fields: Fields<Filter>, orders: readonly Filter['order'][]) {
  const known = Object.entries({ ...fields, order: oneOf(orders) }) as [keyof Filter & string, Field<unknown>][] // its own

  function read(address: LocationQuery): Filter {
    const { q } = address
    const chosen = known.map(([name, { plain, read: from }]) => {
      const said = address[name]
      return [name, (typeof said === 'string' ? from(said) : undefined) ?? plain]
    })
    const query = typeof q === 'string' ? q.trim().slice(0, longestQuery) : ''
    return { ...Object.fromEntries(chosen), query } as Filter // each by its own field
  }

  function write(before: LocationQuery, filter: Filter): LocationQueryRaw {
    const chosen = known.map(([name, { plain }]) => [name, filter[name] === plain ? undefined : String(filter[name])])
    return { ...before, ...Object.fromEntries(chosen), q: filter.query.trim() || undefined }
  }

  return { plain: read({}), orders, read, write }
}

/** A filter that lives in the address, and the way back to the whole list where anything is asked for. */
export function useListFilter<Filter extends Asked>(address: ReturnType<typeof addressOf<Filter>>) {
  const { plain, orders: among } = address
  const used = useAddressFilter(address)
  /** Nothing asked for; the order stays. */
  const cleared = computed(() => {
    const { order } = used.filter.value
    const nothing = { ...plain, order }
    return JSON.stringify(used.filter.value) === JSON.stringify(nothing) ? null : used.to(nothing)
  })
  const ordered = computed((): Ordered => ({
    ...{ by: used.filter.value.order, among },
    to: (order) => used.to({ order } as Partial<Filter>), // of its own orders
  }))
  return { ...used, plain, cleared, ordered }
}
export type ListFilter<Filter extends Asked> = ReturnType<typeof useListFilter<Filter>>
