import type { SendFacts } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { asAccountFacts, asRepFacts, findChat } from './queries.ts'

/** Everything the rule weighs but the piece, for the pages of one chat. Undefined when this rep never followed them. */
export async function readChat(
  { db, now }: Deps,
  rep: { personId: string; name: string },
  externalUserId: string,
  group: boolean,
) {
  const at = now()
  const found = await findChat(db, rep.personId, externalUserId, at)
  if (!found) return undefined
  const { contact, around, shown } = found
  const { policy, pastSends } = around
  const facts: Omit<SendFacts, 'content' | 'asked'> = {
    rep: asRepFacts(contact, around),
    contact: { followed: Boolean(contact.following), provedAt: contact.provedAt, group },
    account: asAccountFacts(contact),
    consent: around.consent,
    pastSends,
    policy,
  }
  return {
    at,
    contact,
    facts,
    around: { facts, pastSends, names: { doctor: contact.accountName ?? '', rep: rep.name } },
    account: contact.accountId ? { id: contact.accountId, specialty: contact.specialty ?? '', asks: shown.asks } : null,
    favourites: shown.favourites,
    rep: { id: rep.personId, products: around.products, market: policy.market },
  }
}

export type Chat = NonNullable<Awaited<ReturnType<typeof readChat>>>
export type Around = Chat['around']
