import type { SafetySeriousness } from '@vouch/rules'
import type { Generated } from 'kysely'

export type LinkVisitTable = {
  id: string
  sendId: string
  visitor: 'addressee' | 'rep' | 'other' | 'stranger' | 'snapshot' | 'unknown' | 'preview'
  visitedAt: Date
  /** What was shown; null: what was sent. */
  contentItemId: string | null
}

export type PageViewTable = {
  sendId: string
  page: number
  viewId: string
  visibleMs: number
  viewedAt: Date
  /** What was shown; null: what was sent. */
  contentItemId: string | null
}

/** What a doctor asks of the company on their own page. */
export type HcpRequestTable = {
  id: string
  requestId: string
  receipt: string
  kind: 'erasure' | 'complaint'
  life: 'waiting' | 'done' | 'refused'
  accountId: string | null
  externalUserId: string
  wording: Generated<string>
  /** Who asks, while an erasure is open: one at a time. */
  openFor: string | null
  filedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decisionId: string | null
  answer: Generated<string>
  /** How much was erased, by kind. */
  erased: Generated<string>
}

export type SafetyReportTable = {
  id: string
  requestId: string
  bodyHash: string
  receipt: string
  /** When the company became aware: the arrival. */
  awareAt: Date
  happened: string
  product: string
  occurred: string
  seriousness: SafetySeriousness
  contact: string
  language: string
  /** `none` also when the reporter asked not to be named. */
  identity: 'addressee' | 'contact' | 'none'
  externalUserId: string | null
  accountId: string | null
  /** The link it was reported from. */
  sendId: string | null
  contentItemId: string | null
}

export type SafetyStepTable = {
  id: string
  reportId: string
  step: 'viewed' | 'acknowledged' | 'handed_over' | 'reminded' | 'escalated'
  once: string
  personId: string | null
  toPerson: string | null
  reason: Generated<string>
  at: Date
}

export type SafetyTaskTable = {
  reportId: string
  awareAt: Date
  ownerId: string | null
  viewedAt: Date | null
  acknowledgedAt: Date | null
  /** When somebody is told next unless it is acknowledged before. */
  nextAt: Date
}
