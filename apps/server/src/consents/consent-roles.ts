/** Who sees what doctors said, and who acts on it. */
export const consentReaders = ['compliance', 'compliance_officer', 'auditor'] as const
export const consentWriters = ['compliance', 'compliance_officer'] as const

export const mayAct = (roles: readonly string[]): boolean => consentWriters.some((role) => roles.includes(role))
