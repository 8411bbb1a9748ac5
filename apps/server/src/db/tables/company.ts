import type { DisclaimerMode, MatchReview } from '@vouch/rules'
import type { Generated } from 'kysely'
import type { DefaultTruth } from './columns.ts'

/** One row with id 1. */
export type CompanyTable = {
  id: number
  name: string
  nameEn: string
  safetyPhone: Generated<string>
  safetyEmail: Generated<string>
  privacyEmail: Generated<string>
  /** Who is told of adverse reactions first; null: every compliance officer. */
  safetyOwnerId: string | null
  safetySeriousDays: Generated<number>
  safetyOtherDays: Generated<number>
}

export type ProductTable = {
  code: string
  name: string
  nameEn: string
}

export type SpecialtyTable = {
  code: string
  name: string
  nameEn: Generated<string>
}

export type TerritoryTable = {
  code: string
  name: string
  nameEn: Generated<string>
}

export type HospitalTable = {
  id: string
  name: string
  shortName: string
  nameEn: Generated<string>
  grade: Generated<string>
  city: Generated<string>
}

export type PolicyTable = {
  version: number
  sendsPerMonth: number
  quietFrom: number
  quietUntil: number
  sameItemDays: number
  askAgainDays: number
  ticketSeconds: number
  unknownAfterSeconds: number
  employmentProofMinutes: number
  contactProofHours: number
  consentDays: number | null
  disclaimerMode: Generated<DisclaimerMode>
  matchReview: Generated<MatchReview>
  market: string
  signInEveryTime: DefaultTruth
  /** A version from the vault proved longer ago is not sent; null: while the vault is down, all stay sendable. */
  vaultProofMinutes: number | null
  reason: string
  changedBy: string | null
  approvedBy: string | null
  holdsFrom: Date
}
