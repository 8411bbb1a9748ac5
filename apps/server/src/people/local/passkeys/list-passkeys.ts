import type { localEndpoints, Output } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import type { Session } from '../../sessions.ts'

/** One's own passkeys, the newest first. */
export async function listPasskeys({ db }: Deps, me: Session): Promise<Output<typeof localEndpoints.listPasskeys>> {
  const passkeys = await db
    .selectFrom('localPasskey')
    .select(['id as passkeyId', 'name', 'addedAt', 'usedAt'])
    .where('personId', '=', me.personId)
    .orderBy('id', 'desc')
    .execute()
  return { passkeys }
}
