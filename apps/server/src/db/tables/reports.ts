import type { Generated } from 'kysely'
import type { Truth } from './columns.ts'

/** What is counted by itself: the whole (by product and territory alone), pieces, versions, reps, hospitals, specialties. */
export type ReportDimension = 'whole' | 'document' | 'version' | 'rep' | 'hospital' | 'specialty'

export type ReportCountTable = {
  dimension: ReportDimension
  /** A Shanghai day, in days since 1970. */
  day: number
  member: string
  product: string
  territory: string
  /** See reports/measures.ts. */
  measure: string
  n: number
}

export type ReportReaderTable = {
  dimension: ReportDimension
  day: number
  member: string
  product: string
  territory: string
  accountId: string
}

export type ReportContactTable = {
  day: number
  accountId: string
  product: string
  /** Sends that count towards the limit. */
  counted: number
  /** Of what reached them: 3 proven, 2 opened, 1 said by the client, 0 none. */
  evidence: number
}

export type ReportDoctorTable = {
  accountId: string
  /** Of everything that the counts of their days depend on. */
  fingerprint: string
  /** Active, and not merged into another record. */
  counts: Truth
  hospitalId: string
  specialty: string
  territory: string
  standing: string
}

export type ReportDueTable = {
  day: number
  mark: string
}

export type ReportProgressTable = {
  name: 'facts' | 'counted' | 'doctors' | 'check'
  until: Date
  said: Generated<string>
}

/** What the sends of a version came to over all its days, so that a list of versions reads few rows. */
export type ReportVersionTable = {
  contentItemId: string
  territory: string
  proven: number
  opened: number
  client: number
  unknown: number
  links: number
  linksOpened: number
}
