/** Who looks at matches a second time, and who sees them. */
export const matchReviewers = ['compliance', 'compliance_officer'] as const
export const matchReaders = [...matchReviewers, 'auditor'] as const

export const mayReview = (roles: readonly string[]): boolean => matchReviewers.some((role) => roles.includes(role))
