import { holdsOne } from '../people/role-queries.ts'

/**
 * Who sees the policy, who asks for a change of it, and who may be the second person. Whoever grants roles is not among
 * those: otherwise two of them could make themselves judges of what may be sent.
 */
export const policyReaders = ['compliance_officer', 'compliance', 'security_admin', 'system_admin', 'auditor'] as const
export const policyWriters = ['compliance_officer', 'compliance'] as const

export const mayChangePolicy = (roles: readonly string[]): boolean => holdsOne(roles, policyWriters)

/** One of the two who change the policy answers for compliance. */
export const isOfficer = (roles: readonly string[]): boolean => roles.includes('compliance_officer')
