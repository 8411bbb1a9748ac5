import { minutesAfter } from './shanghai-time.ts'
import type { ContentFacts, Refusal, RepFacts, SendFacts } from './types.ts'

/** The rep works here, lately proven, and is filed with the authority for whatever is sent. */
export function checkRep({ rep, policy }: Pick<SendFacts, 'rep' | 'policy'>, now: Date): Refusal[] {
  const refusals: Refusal[] = []
  if (!rep.active) refusals.push({ reason: 'rep_inactive' })

  const provedUntil = rep.employmentProvedAt && minutesAfter(rep.employmentProvedAt, policy.employmentProofMinutes)
  if (!provedUntil) refusals.push({ reason: 'employment_proof_stale' })
  if (provedUntil && now > provedUntil) refusals.push({ reason: 'employment_proof_stale', since: provedUntil })

  if (!rep.filingNumber?.trim()) refusals.push({ reason: 'rep_not_entitled' })
  else if (rep.filedUntil && rep.filedUntil <= now) {
    refusals.push({ reason: 'rep_not_entitled', since: rep.filedUntil })
  }
  return refusals
}

/** A piece about a product needs a rep who has that product; invitations and company pieces need none. */
export function checkProduct({
  rep,
  content,
}: {
  rep: Pick<RepFacts, 'products'>
  content: Pick<ContentFacts, 'class' | 'product'>
}): Refusal[] {
  if (content.class === 'consent' || content.product === '') return []
  return rep.products.includes(content.product) ? [] : [{ reason: 'product_not_assigned', about: content.product }]
}
