import { listOrders, type AskedInput, type sendEndpoints } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { Show } from '../api.ts'
import { longestQuery, useAddressFilter } from './use-address-filter.ts'

type Asked = Omit<AskedInput<typeof sendEndpoints.listSends>, 'cursor' | 'show' | 'query'>
/** `after`: where the page that is looked at begins. What is not asked for is not there. */
export type SendFilter = { show: Show; query: string; after?: string } & {
  [Field in keyof Asked]?: NonNullable<Asked[Field]>
}

/** Newest first unless it is said otherwise. */
export const orderOf = ({ order }: SendFilter) => order ?? listOrders.sends[0]

export const shows: readonly Show[] = ['all', 'sent', 'unknown', 'refused']

const id = /^[\w-]{1,40}$/
const day = /^20\d{2}-\d{2}-\d{2}$/
const texts = {
  ...{ doctor: id, rep: id, piece: id, product: id, hospital: id, from: day, until: day },
  ...{ outcome: /^[A-Z_]{1,24}$/, reason: /^[a-z_]{1,40}$/, after: /^-?at\.[\w.-]{1,55}$/ },
}
type TextField = keyof typeof texts
const versions = ['consentVersion', 'policyVersion'] as const
/** What is asked for besides the tabs and the search. */
export const filterFields = [...(Object.keys(texts) as TextField[]), ...versions] // the keys of the object above

/** The filter an address asks for; anything else it says is as if it were not there. */
export function readFilter(query: LocationQuery): SendFilter {
  const { show, q } = query
  const filter: SendFilter = {
    show: shows.find((known) => known === show) ?? 'all',
    query: typeof q === 'string' ? q.trim().slice(0, longestQuery) : '',
  }
  for (const [field, shape] of Object.entries(texts) as [TextField, RegExp][]) {
    const given = query[field]
    if (typeof given === 'string' && shape.test(given)) filter[field] = given
  }
  for (const field of versions) {
    const given = query[field]
    if (typeof given === 'string' && /^[1-9]\d{0,5}$/.test(given)) filter[field] = Number(given)
  }
  if (query['order'] === 'at') filter.order = 'at'
  // A place in another order is none in this one.
  if (filter.after && !filter.after.startsWith(`${orderOf(filter)}.`)) delete filter.after
  return filter
}

/** The address of a filter, as short as it can be; what else stood in the address stays. */
export function writeFilter(before: LocationQuery, filter: SendFilter): LocationQueryRaw {
  const { show, query, order } = filter
  const fields = filterFields.map((field) => [field, filter[field] ? String(filter[field]) : undefined])
  return {
    ...before,
    ...{ show: show === 'all' ? undefined : show, q: query.trim() || undefined },
    ...Object.fromEntries(fields),
    order: order === 'at' ? order : undefined,
  }
}

/** Another filter begins at its first page. */
export function useSendFilter() {
  const { to, ...used } = useAddressFilter<SendFilter>({ read: readFilter, write: writeFilter })
  return { ...used, to: (change: Partial<SendFilter>) => to({ after: '', ...change }) }
}
