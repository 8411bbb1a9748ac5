import type { Generated } from 'kysely'

/** A role that was asked for; `openKey` is of person and role while nobody decided. */
export type RoleChangeTable = {
  id: string
  requestId: string
  openKey: string | null
  personId: string
  role: string
  until: Date | null
  /** Codes with commas; only of a manager. */
  territories: Generated<string>
  reason: string
  proposedBy: string
  proposedAt: Date
  decision: 'approved' | 'declined' | 'taken_back' | null
  decidedBy: string | null
  decidedAt: Date | null
  answer: Generated<string>
}

/** Never changed. `reviewed` is about all roles, so its `role` is empty. */
export type RoleStepTable = {
  id: string
  personId: string
  role: string
  what: 'granted' | 'taken' | 'left' | 'reviewed'
  until: Date | null
  territories: Generated<string>
  at: Date
  proposedBy: string | null
  decidedBy: string | null
  changeId: string | null
  reason: Generated<string>
}
