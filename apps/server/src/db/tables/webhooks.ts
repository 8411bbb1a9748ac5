import type { WebhookAttempt } from '@vouch/contract'
import type { Generated } from 'kysely'

export type WebhookTable = {
  id: string
  requestId: string
  name: string
  url: string
  /** Separated by commas. */
  kinds: string
  life: 'on' | 'paused' | 'off' | 'ended'
  /** Why it was switched off. */
  problem: Generated<'' | 'gone' | 'gave_up'>
  revision: number
  /** The receiver asked to be left alone until then. */
  restUntil: Date
  /** Deliveries that had failed by then are sent again; null where nothing is asked for. */
  againBefore: Date | null
  madeBy: string
  madeAt: Date
}

export type WebhookSecretTable = {
  id: string
  webhookId: string
  sealed: string
  madeAt: Date
  /** Null for the newest. */
  endsAt: Date | null
}

export type WebhookDeliveryTable = {
  id: string
  webhookId: string
  /** What it tells, fixed by the record it tells of. */
  eventId: string
  kind: string
  subjectId: string
  body: string
  life: 'waiting' | 'delivered' | 'failed'
  /** Tries since it was owed, or asked for again. */
  attempts: Generated<number>
  runAt: Date
  owner: string | null
  ownedUntil: Date
  occurredAt: Date
  createdAt: Date
  settledAt: Date | null
}

export type WebhookAttemptTable = {
  id: string
  deliveryId: string
  at: Date
  status: number | null
  problem: Generated<WebhookAttempt['problem']>
  tookMs: number
  answer: string
}
