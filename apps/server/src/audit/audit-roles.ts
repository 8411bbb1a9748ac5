/** Who reads everything that everybody did. */
export const auditReaders = ['compliance_officer', 'compliance', 'auditor', 'security_admin'] as const
