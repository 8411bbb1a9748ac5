/** Who sees the company's doctors, and who puts them right. A manager sees those of their own territories. */
export const accountReaders = ['compliance', 'compliance_officer', 'system_admin', 'auditor', 'manager'] as const
export const accountWriters = ['compliance', 'compliance_officer', 'system_admin'] as const

export const mayWriteAccounts = (roles: readonly string[]): boolean =>
  accountWriters.some((role) => roles.includes(role))
