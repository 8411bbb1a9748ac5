import { hoursAfter } from './shanghai-time.ts'
import type { Refusal, SendFacts } from './types.ts'

/** The external contact follows this rep, lately proven, and the chat is between the two of them. */
export function checkContact({ contact, policy }: Pick<SendFacts, 'contact' | 'policy'>, now: Date): Refusal[] {
  const refusals: Refusal[] = []
  if (!contact.followed) refusals.push({ reason: 'contact_not_yours' })

  const provedUntil = contact.provedAt && hoursAfter(contact.provedAt, policy.contactProofHours)
  if (!provedUntil) refusals.push({ reason: 'contact_proof_stale' })
  if (provedUntil && now > provedUntil) refusals.push({ reason: 'contact_proof_stale', since: provedUntil })

  if (contact.group) refusals.push({ reason: 'group_chat' })
  return refusals
}
