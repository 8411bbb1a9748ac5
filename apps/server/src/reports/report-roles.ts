import type { ReportBy, ReportKind } from '@vouch/contract'

/** Who sees figures; a manager those of their own territories. */
export const reportReaders = ['compliance', 'compliance_officer', 'manager', 'auditor'] as const

/** Tables in which a row is a doctor or a rep: who is shown one is on record, and taking it away needs a fresh proof. */
export const isAboutPeople = (kind: ReportKind, by: ReportBy): boolean => kind === 'contacted' || by === 'rep'
