/** Who sees the people here and what they may do. */
export const peopleReaders = ['security_admin', 'system_admin', 'compliance', 'compliance_officer', 'auditor'] as const
/** Who grants roles; whoever sets policy does not (design.md section 4). */
export const roleGranters = ['security_admin'] as const
/** Who brings in colleagues; they may do nothing before a role is granted. */
export const peopleAdders = ['security_admin', 'system_admin'] as const
/** Who says what a rep sells, where, and how they are filed. */
export const repEntitlers = ['system_admin', 'compliance', 'compliance_officer'] as const
