import type { ContentClass, FactKind, MessageKind } from '@vouch/rules'
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
