/** Who sees the settings, the webhooks and what was delivered, and who changes them. */
export const settingsReaders = [
  'system_admin',
  'security_admin',
  'compliance',
  'compliance_officer',
  'auditor',
] as const
export const webhookWriters = ['system_admin'] as const
