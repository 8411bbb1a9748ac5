import type { ViewList } from '@vouch/contract'

/** A view of a list, of the person who keeps it. */
export type SavedViewTable = {
  id: string
  personId: string
  list: ViewList
  name: string
  /** Fields of the list’s address with their values, as an address writes them; nothing that names a doctor. */
  asks: string
  savedAt: Date
}
