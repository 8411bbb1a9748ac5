import { holdsOne } from '../../people/role-queries.ts'

/** Who sees the company's doctors, and who puts them right. A manager sees those of their own territories. */
export const accountReaders = ['compliance', 'compliance_officer', 'system_admin', 'auditor', 'manager'] as const
export const accountWriters = ['compliance', 'compliance_officer', 'system_admin'] as const
/** A list holds doctors of every territory: a manager does not see it. */
export const importReaders = [...accountWriters, 'auditor'] as const

export const mayWriteAccounts = (roles: readonly string[]): boolean => holdsOne(roles, accountWriters)
