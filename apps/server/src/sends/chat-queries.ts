import type { SendFacts } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import * as q from './queries.ts'

/** How far back a page looks for "sent before", in days. */
const lookBackDays = 90

/** Everything the rule weighs but the piece: three statements, the last two side by side. */
export async function readChat(
  { db, now }: Deps,
  rep: { personId: string; name: string },
  externalUserId: string,
  group: boolean,
) {
  const at = now()
  const contact = await q.findContact(db, rep.personId, externalUserId)
  if (!contact) return undefined
  const [row, pastSends] = await Promise.all([
    q.loadAround(db, rep.personId, contact.accountId, at),
    contact.accountId ? q.findPastSends(db, contact.accountId, new Date(at.getTime() - lookBackDays * 86_400_000)) : [],
  ])
  const policy = q.asPolicy(row)
  const facts: Omit<SendFacts, 'content' | 'asked'> = {
    rep: q.asRepFacts(contact, row),
    contact: { followed: Boolean(contact.following), provedAt: contact.provedAt, group },
    account: q.asAccountFacts(contact),
    consent: q.asConsentFacts(row, pastSends),
    pastSends,
    policy,
  }
  const around = { facts, pastSends, names: { doctor: contact.accountName ?? '', rep: rep.name } }
  const account = contact.accountId ? { id: contact.accountId, specialty: contact.specialty ?? '' } : null
  return {
    at,
    contact,
    facts,
    around,
    account,
    rep: { id: rep.personId, products: [...facts.rep.products], market: policy.market },
  }
}

export type Chat = NonNullable<Awaited<ReturnType<typeof readChat>>>
export type Around = Chat['around']
