import type { Generated } from 'kysely'
import type { Json } from './columns.ts'

export type AccountAssignmentTable = {
  accountId: string
  territory: string
  /** Empty: nobody serves the territory yet. */
  repId: string
  productLine: string
  /** Shanghai's days, as 2026-11-21. */
  fromDay: string | null
  untilDay: string | null
}

/** A list of doctors: looked at first, then written when a person says so. */
export type AccountImportTable = {
  id: string
  personId: string
  uploadId: string
  csvHash: string
  fileName: string
  stage: 'checking' | 'checked' | 'writing' | 'done' | 'failed' | 'cancelled'
  /** Why the list as a whole cannot be read. */
  problem: Generated<string>
  about: Generated<string>
  rowCount: number | null
  rowsDone: Generated<number>
  rowsNew: Generated<number>
  rowsChanged: Generated<number>
  rowsUnchanged: Generated<number>
  rowsFailed: Generated<number>
  /** Rows of which something was left as it is, whatever else became of them. */
  rowsKept: Generated<number>
  createdAt: Date
  releasedBy: string | null
  releasedAt: Date | null
  doneAt: Date | null
  requestId: string
}

export type AccountImportRowTable = {
  runId: string
  stage: 'checking' | 'writing'
  number: number
  line: number
  outcome: 'new' | 'changed' | 'unchanged' | 'failed'
  field: Generated<string>
  problem: Generated<string>
  /** What was left as it is and why, as `kept:title`, separated by commas. */
  notes: Generated<string>
  accountId: string | null
}

/** Two accounts that may be one doctor; the smaller id stands first. */
export type AccountPairTable = {
  oneId: string
  otherId: string
  /** Why, most telling first, separated by commas. */
  reasons: string
  points: number
  foundAt: Date
  settled: 'different' | 'merged' | null
  settledBy: string | null
  settledAt: Date | null
  reason: Generated<string>
}

export type AccountMergeTable = {
  id: string
  survivorId: string
  mergedId: string
  reason: string
  /** What undoing gives back, see contacts/accounts/merge-rows.ts. */
  was: Json
  mergedBy: string
  mergedAt: Date
  requestId: string
  undoneBy: string | null
  undoneAt: Date | null
  undoReason: Generated<string>
}

export type AccountMergeRowTable = {
  mergeId: string
  kind: 'contact' | 'record' | 'consent'
  rowId: string
}

export type UndoneConsentTable = {
  consentId: string
  mergeId: string
  undoneAt: Date
}
