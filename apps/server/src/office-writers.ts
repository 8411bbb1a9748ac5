import { roleNames, type Role } from '@vouch/rules'

const onlyLook: readonly Role[] = ['rep', 'manager', 'auditor']

/** Who of the office writes: reps are not of it, managers and auditors look (assurance.md A50). */
export const officeWriters: readonly Role[] = roleNames.filter((role) => !onlyLook.includes(role))
