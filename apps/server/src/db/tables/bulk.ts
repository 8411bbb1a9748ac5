import type { Generated } from 'kysely'

export type BulkActTable = {
  id: string
  personId: string
  act: 'submit' | 'withdraw' | 'tag'
  reason: string
  /** One a line, of a change of tags. */
  tagsAdded: Generated<string>
  tagsRemoved: Generated<string>
  /** What it takes back; what each piece is to be again is written there. */
  undoes: string | null
  createdAt: Date
  stoppedAt: Date | null
  doneAt: Date | null
}

export type BulkActRowTable = {
  bulkId: string
  number: number
  contentItemId: string
  /** Of the piece when it was begun. */
  revision: number
  outcome: 'waiting' | 'done' | 'refused' | 'failed'
  /** JSON, as the rule gave them. */
  refusals: string
  problem: string
  /** One a line, where this changed them. */
  tagsBefore: string | null
  tagsAfter: string | null
  settledAt: Date | null
}
