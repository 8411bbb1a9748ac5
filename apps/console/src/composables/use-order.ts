import type { RouteLocationRaw } from 'vue-router'

/** In what order a list stands, in which it may, the plain one first, and where each is. Orders are words of the contract. */
export type Ordered = { by: string; among: readonly string[]; to: (order: string) => RouteLocationRaw }

export const columnOf = (order: string): string => order.replace(/^-/, '')
export const isBackwards = (order: string): boolean => order.startsWith('-')

export function sortedAs({ by }: Ordered, column: string): 'ascending' | 'descending' | undefined {
  if (columnOf(by) !== column) return undefined
  return isBackwards(by) ? 'descending' : 'ascending'
}

/** Where a press on the head of a column leads: through its orders, then back to the plain one. */
export function nextOrder(ordered: Ordered, column: string): string | undefined {
  const orders = ordered.among.filter((order) => columnOf(order) === column)
  if (orders.length === 0) return undefined
  return orders[orders.indexOf(ordered.by) + 1] ?? ordered.among[0]
}
