/** Who sees the codes of everybody, and who acts on them. */
export const codeReaders = ['system_admin', 'compliance', 'compliance_officer', 'auditor'] as const
export const codeWriters = ['system_admin', 'compliance', 'compliance_officer'] as const

export const mayChange = (roles: readonly string[]): boolean => codeWriters.some((role) => roles.includes(role))
