/** Who looks at what readings of all relations found, and who has one begun. */
export const syncReaders = ['system_admin', 'compliance', 'compliance_officer', 'auditor'] as const
export const syncStarters = ['system_admin'] as const
