import type { ColumnType, Generated } from 'kysely'
import type { Json } from './columns.ts'

/** A change of the policy: asked for by one person, decided by another. */
export type PolicyChangeTable = {
  id: string
  requestId: string
  /** 1 while nobody has decided; the key on it lets one change be open. */
  openMark: number | null
  baseVersion: number
  /** All settings as they would be. */
  settings: Json
  reason: string
  /** Null: from the moment it is approved. */
  holdsFrom: Date | null
  proposedBy: string
  proposedAt: Date
  decision: 'approved' | 'declined' | 'taken_back' | null
  decidedBy: string | null
  decidedAt: Date | null
  answer: Generated<string>
  /** The version of the policy it became. */
  version: number | null
  previewId: string | null
}

/** A count in the background of what settings would have blocked and allowed. */
export type PolicyPreviewTable = {
  id: string
  requestId: string
  askedBy: string
  baseVersion: number
  settings: Json
  fromAt: Date
  untilAt: Date
  stage: 'running' | 'done'
  doctors: number
  doctorsDone: Generated<number>
  /** Where it goes on: the last doctor looked at, then the last send to nobody known. */
  cursorValue: Generated<string>
  counts: ColumnType<unknown, string, string>
  examples: ColumnType<unknown, string, string>
  createdAt: Date
  doneAt: Date | null
}
