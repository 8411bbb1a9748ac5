/** Who sees what the company is called and chooses from, and who says it. */
export const companyReaders = ['system_admin', 'security_admin', 'compliance', 'compliance_officer', 'auditor'] as const
export const companyWriters = ['system_admin'] as const
