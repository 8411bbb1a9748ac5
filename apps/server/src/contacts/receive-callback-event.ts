import type { WeComEvent } from '@vouch/wecom'
import type { Deps } from '../deps.ts'
import { sha256 } from '../secrets.ts'

/**
 * Stores what WeCom told us, durably and once: the same message delivered again, to whichever instance, is the same row
 * (assurance.md F16). Ids only; the text itself is not kept.
 */
export async function receiveCallbackEvent({ db, now }: Deps, xml: string, told: WeComEvent): Promise<void> {
  const at = now()
  await db
    .insertInto('callbackEvent')
    .ignore()
    .values({
      digest: sha256(xml),
      event: told.event === 'other' ? told.name : told.event,
      changeType: told.changeType,
      userId: told.event === 'other' ? '' : told.userId,
      newUserId: told.event === 'change_contact' ? told.newUserId : '',
      externalUserId: told.event === 'change_external_contact' ? told.externalUserId : '',
      occurredAt: told.occurredAt,
      receivedAt: at,
      settledAt: null,
      outcome: null,
      runAt: at,
    })
    .execute()
}
