import type { SendFacts } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { findReading, readAround, readScope, readShown } from './around-queries.ts'
import { findChat } from './queries.ts'
import { asAccountFacts, asRepFacts } from './row-facts.ts'

/** Everything the rule weighs but the piece, for the pages of one chat. Undefined when this rep never followed them. */
export async function readChat(
  { db, now, shelf }: Deps,
  rep: { personId: string; name: string },
  externalUserId: string,
  group: boolean,
) {
  const at = now()
  const [scope, { contact, saidRows, sendRows }] = await Promise.all([
    shelf.scope(rep.personId, at),
    findChat(db, { repId: rep.personId, externalUserId }, at),
  ])
  if (!contact) return undefined
  const around = readAround(scope, saidRows, sendRows)
  const reading = await findReading(
    db,
    around.pastSends.filter((send) => send.facts.includes('O')).map((send) => send.sendId),
  )
  const { policy, pastSends } = around
  const facts: Omit<SendFacts, 'content' | 'asked'> = {
    rep: asRepFacts(scope, around),
    contact: {
      ...{ followed: Boolean(contact.following), provedAt: contact.provedAt, group },
      matchWaits: contact.waitingMatchId !== null,
    },
    account: asAccountFacts(contact),
    consent: around.consent,
    pastSends,
    policy,
  }
  const { favourites, asks } = readShown(contact)
  return {
    ...{ at, contact, facts, favourites, invitation: scope.invitation },
    around: { facts, pastSends, reading, names: { doctor: contact.accountName ?? '', rep: rep.name } },
    account: contact.accountId ? { id: contact.accountId, specialty: contact.specialty ?? '', asks } : null,
    rep: scopeOf(rep.personId, around),
  }
}

export type Chat = NonNullable<Awaited<ReturnType<typeof readChat>>>
export type Around = Chat['around']

/** Policy and reach of a rep who is in no chat. */
export async function readReach({ now, shelf }: Deps, rep: { personId: string }) {
  const scope = readScope(await shelf.scope(rep.personId, now()))
  return { policy: scope.policy, rep: scopeOf(rep.personId, scope) }
}

/** What decides which pieces a rep is shown. */
function scopeOf(id: string, { products, territories, groups, policy }: ReturnType<typeof readScope>) {
  return { id, products, territories, groups, market: policy.market }
}
