export type BulkActTable = {
  id: string
  personId: string
  act: 'submit' | 'withdraw'
  reason: string
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
  settledAt: Date | null
}
