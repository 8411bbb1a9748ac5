import { viewFields, type ViewList } from '@vouch/contract'
import type { LocationQuery, LocationQueryRaw } from 'vue-router'

/** What a view of this list keeps of an address, and which columns it hides, always written in one order. */
export function asksOf(list: ViewList, address: LocationQuery, hidden: readonly string[]): string {
  const kept = viewFields[list]
    .filter((field) => field !== 'hide')
    .map((field) => [field, address[field]])
    .filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '')
  return new URLSearchParams([...kept, ['hide', hidden.join(',')]]).toString()
}

/** Where a view is opened. */
export const addressIn = (asks: string): { query: LocationQueryRaw } => ({
  query: Object.fromEntries(new URLSearchParams(asks)),
})

/** Asked for now, and never part of a view: words, a single doctor, a single object of the trail. */
export const leavesOut = (list: ViewList, address: LocationQuery): boolean =>
  ['q', 'doctor', 'subject'].some((field) => address[field] && !viewFields[list].some((kept) => kept === field))
