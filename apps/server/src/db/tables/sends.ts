import type { ContentClass, FactKind, MessageKind, Verdict } from '@vouch/rules'
import type { Generated } from 'kysely'
import type { DefaultTruth, Json } from './columns.ts'

export type SendTable = {
  id: string
  requestId: string
  bodyHash: string
  repId: string
  externalUserId: string
  accountId: string | null
  contentItemId: string
  documentId: string
  class: ContentClass
  kind: MessageKind
  outcome: 'authorised' | 'refused'
  mediaId: string | null
  messageDigest: string | null
  policyVersion: number
  weighed: Json
  decidedAt: Date
}

export type FactTable = {
  sendId: string
  kind: FactKind
  factId: string
  author: string
  at: Date
  clientAt: Date | null
  late: DefaultTruth
  code: Generated<string>
  seenExternalUserId: string | null
}

export type LinkRevocationTable = {
  sendId: string
  revokedBy: string
  revokedAt: Date
}

/** A send as the office filters by it; always what index-sends.ts makes of its row and facts. */
export type SendRowTable = {
  sendId: string
  decidedAt: Date
  /** Its verdict, or that it was refused. */
  cameTo: Verdict | 'REFUSED'
  repId: string
  accountId: string | null
  contentItemId: string
  policyVersion: number
  /** Of the doctor's newest word on receiving. */
  consentVersion: number | null
  /** Reasons of refusal between commas: `,a,b,`. */
  reasons: string
}
