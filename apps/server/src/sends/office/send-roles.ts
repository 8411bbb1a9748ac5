/** Who sees every attempt to send. A manager sees those to doctors of their own territories. */
export const sendReaders = ['compliance', 'compliance_officer', 'auditor', 'system_admin', 'manager'] as const
/** Who takes a link back that somebody else sent. */
export const linkRevokers = ['compliance', 'compliance_officer'] as const
