import { holdsOne } from '../../people/role-queries.ts'

/** Who sees the codes of everybody, and who acts on them. */
export const codeReaders = ['system_admin', 'compliance', 'compliance_officer', 'auditor'] as const
export const codeWriters = ['system_admin', 'compliance', 'compliance_officer'] as const

export const mayChange = (roles: readonly string[]): boolean => holdsOne(roles, codeWriters)

/** Who may be the second person for what every new contact is told. */
export const welcomeApprovers = ['compliance', 'compliance_officer'] as const

export const mayApprove = (roles: readonly string[]): boolean => holdsOne(roles, welcomeApprovers)
