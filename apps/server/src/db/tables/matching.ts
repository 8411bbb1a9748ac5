import type { Generated } from 'kysely'
import type { Truth } from './columns.ts'

/** A rep's word that a contact is an account. `waiting` for a second look, `in_force`, or how it ended. */
export type ContactMatchTable = {
  id: string
  requestId: string
  externalUserId: string
  accountId: string
  life: 'waiting' | 'in_force' | 'declined' | 'taken_back' | 'ended'
  /** The contact as long as it waits or holds: its key allows one. */
  liveFor: string | null
  /** What spoke for it when it was said, separated by commas. */
  reasons: string
  strong: Truth
  proposedBy: string
  proposedAt: Date
  reviewedBy: string | null
  reviewedAt: Date | null
  reviewReason: Generated<string>
  endedBy: string | null
  endedAt: Date | null
  endReason: Generated<string>
}

export type AccountChangeTable = {
  id: string
  requestId: string
  repId: string
  kind: 'new' | 'detail'
  externalUserId: string
  /** Whose detail is wrong, or who it turned out to be. */
  accountId: string | null
  name: string
  title: Generated<string>
  hospital: Generated<string>
  department: Generated<string>
  licenceNumber: Generated<string>
  note: Generated<string>
  photoHash: string | null
  photoMime: Generated<string>
  life: 'waiting' | 'created' | 'linked' | 'applied' | 'declined'
  openFor: string | null
  askedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decisionId: string | null
  reason: Generated<string>
  /** What stood there before it was applied, written by decide-change.ts. */
  was: Generated<string>
}
