import { accountWriters } from '../accounts/account-roles.ts'
import { holdsOne } from '../../people/role-queries.ts'

/** Who looks at matches a second time, and who sees them. */
export const matchReviewers = ['compliance', 'compliance_officer'] as const
export const matchReaders = [...matchReviewers, 'auditor'] as const
/** Who sees what reps ask of the list of doctors; whoever puts accounts right decides it. */
export const changeReaders = [...accountWriters, 'auditor'] as const

export const mayReview = (roles: readonly string[]): boolean => holdsOne(roles, matchReviewers)
