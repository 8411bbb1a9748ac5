import type { Generated } from 'kysely'
import type { Json } from './columns.ts'

export type AuditEntryTable = {
  id: string
  at: Date
  actorKind: 'rep' | 'hcp' | 'admin' | 'system'
  actorId: string
  event: string
  subjectId: string
  accountId: string | null
  reason: string | null
  detail: Json
}

export type JobTable = {
  name: string
  owner: string | null
  ownedUntil: Date
  runAt: Date
  lastDoneAt: Date | null
  problem: string | null
  cursorValue: Generated<string>
}

export type OutboxTable = {
  id: string
  kind: string
  toPerson: string
  subjectId: string
  body: string
  runAt: Date
  attempts: Generated<number>
  owner: string | null
  ownedUntil: Date
  createdAt: Date
  sentAt: Date | null
  problem: string | null
  /** The message that tells it together with others; it is settled with that one. */
  batchId: string | null
  /** How many notices a message tells; each of them is a row of its own. */
  members: Generated<number>
  /** Since when WeCom may have it in these words; null while it surely has not. */
  triedAt: Date | null
}

/** How somebody wants to be told of a kind; without a row, as things come. */
export type NoticeChoiceTable = {
  personId: string
  kind: string
  pace: 'now' | 'daily' | 'off'
  changedAt: Date
}

export type WecomCredentialTable = {
  name: 'access_token' | 'corp_ticket' | 'app_ticket'
  sealedValue: string
  expiresAt: Date
  refreshingBy: string | null
  refreshingUntil: Date
  blockedUntil: Date
  problem: string | null
}

/** What was last noticed, e.g. a callback that was refused; overwritten by the next time. */
export type SetupNoteTable = {
  name: string
  at: Date
  said: string
}

/** Served at the root of our address; `body` is all it holds. */
export type VerifyFileTable = {
  name: string
  body: string
  setBy: string
  setAt: Date
}

/** A key of earlier times, sealed: what it proved, such as a link in a chat, still opens. */
export type KeptKeyTable = {
  id: string
  proves: 'link' | 'ticket' | 'cookie'
  sealedKey: string
  keptAt: Date
}
