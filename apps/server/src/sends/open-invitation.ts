import { linkState } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { findLink } from '../evidence/queries.ts'

/**
 * The link of this rep's newest invitation to a contact, while it waits for an answer; to be shown in person. Null when
 * there is none, when it was answered since, or when it does not stand any more: then the gate decides about a new one.
 */
export async function openInvitation(
  deps: Deps,
  repId: string,
  asked: { externalUserId: string },
): Promise<string | null> {
  const newest = await deps.db
    .selectFrom('externalContact')
    // What went to a record that was merged since counts for the doctor.
    .innerJoin('account as record', (join) =>
      join.on((eb) =>
        eb.or([
          eb('record.id', '=', eb.ref('externalContact.accountId')),
          eb('record.mergedInto', '=', eb.ref('externalContact.accountId')),
        ]),
      ),
    )
    .innerJoin('send', 'send.accountId', 'record.id')
    .select('send.id')
    .where('externalContact.externalUserId', '=', asked.externalUserId)
    .where('send.externalUserId', '=', asked.externalUserId)
    .where('send.repId', '=', repId)
    .where('send.class', '=', 'consent')
    .where('send.outcome', '=', 'authorised')
    .orderBy('send.decidedAt', 'desc')
    .orderBy('send.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const link = newest && (await findLink(deps.db, newest.id))
  if (!link || linkState(link, deps.now()) !== 'live') return null
  if (link.receiveStatedAt && link.receiveStatedAt >= link.sentAt) return null
  // Told apart from a card that was tapped.
  return `${deps.config.PUBLIC_URL}/l/${deps.secrets.linkTokenOf(link.sendId)}?qr`
}
