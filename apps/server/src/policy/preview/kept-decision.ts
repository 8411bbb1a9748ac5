import type { KeptDecision, PastSend, Policy, RefusalReason } from '@vouch/rules'
import * as z from 'zod/mini'

const maybeDate = z.optional(z.nullable(z.coerce.date()))
const quietHours = z.nullable(z.object({ quietFrom: z.number(), quietUntil: z.number() }))
/** What the gate keeps of the facts it weighed, as far as settings are held against it; see sends/authorise-send.ts. */
const weighedShape = z.object({
  rep: z.optional(z.object({ employmentProvedAt: maybeDate })),
  contact: z.optional(z.object({ provedAt: maybeDate })),
  account: z.optional(
    z.nullable(
      z.object({
        wishes: z.optional(
          z.object({ unwanted: z.array(z.string()), mostPerMonth: z.nullable(z.number()), quietHours }),
        ),
      }),
    ),
  ),
  consent: z.optional(
    z.object({
      newest: z.optional(
        z.nullable(
          z.object({
            purpose: z.literal('receive'),
            statement: z.enum(['opted_in', 'declined', 'opted_out']),
            textVersion: z.number(),
            statedAt: z.coerce.date(),
          }),
        ),
      ),
    }),
  ),
  content: z.optional(z.object({ provedAt: maybeDate })),
  earlierSends: z.optional(z.number()),
  again: z.optional(z.boolean()),
  welcome: z.optional(z.boolean()),
  refusals: z.optional(z.array(z.object({ reason: z.string() }))),
})

/** A decision as its row tells it, the piece beside it. */
export type DecisionRow = {
  sendId: string
  repId: string
  externalUserId: string
  accountId: string | null
  documentId: string
  class: KeptDecision['content']['class']
  market: string
  source: 'own' | 'vault'
  outcome: 'authorised' | 'refused'
  policyVersion: number
  weighed: unknown
  decidedAt: Date
}

/** Reads a record back into what was decided on. A field that an older record has not, or not so, counts as not kept. */
export function readKept(row: DecisionRow, policy: Policy, pastSends: readonly PastSend[]): KeptDecision {
  const parsed = weighedShape.safeParse(typeof row.weighed === 'string' ? JSON.parse(row.weighed) : row.weighed)
  const kept = parsed.success ? parsed.data : {}
  const { documentId, class: pieceClass, market, source } = row
  return {
    ...{ decidedAt: row.decidedAt, policy, pastSends, invitedAt: null },
    // Written from refusals of the rule, which have no other reasons.
    reasons: row.outcome === 'authorised' ? [] : ((kept.refusals ?? []).map(({ reason }) => reason) as RefusalReason[]),
    employmentProvedAt: kept.rep?.employmentProvedAt,
    contactProvedAt: kept.contact?.provedAt,
    account: row.accountId === null ? null : { wishes: kept.account?.wishes },
    newestConsent: kept.consent?.newest,
    content: { documentId, class: pieceClass, market, source, provedAt: kept.content?.provedAt },
    ...{ again: kept.again ?? false, welcome: kept.welcome ?? false },
    pastKnown: kept.earlierSends === pastSends.length,
  }
}
