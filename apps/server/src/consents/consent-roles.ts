import { holdsOne } from '../people/role-queries.ts'

/** Who sees what doctors said, who of them sees papers and lists of every territory, and who acts on it. */
export const consentReaders = ['compliance', 'compliance_officer', 'auditor'] as const
/** A manager sees it of the doctors of their own territories. */
export const statementReaders = [...consentReaders, 'manager'] as const
export const consentWriters = ['compliance', 'compliance_officer'] as const

export const mayAct = (roles: readonly string[]): boolean => holdsOne(roles, consentWriters)
