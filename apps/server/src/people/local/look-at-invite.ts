import type { localEndpoints, Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { describeCodeSecret } from './one-time-codes.ts'
import { findInvite } from './local-queries.ts'

/** What somebody with the link needs to set up their authenticator. Throws `link_over`. */
export async function lookAtInvite(deps: Deps, token: string): Promise<Output<typeof localEndpoints.lookAtInvite>> {
  const { db, now, secrets, config } = deps
  const invite = await findInvite(db, token, now()).executeTakeFirst()
  if (!invite) throw new AppError('link_over')
  const person = invite.personId
    ? await db.selectFrom('person').select('name').where('id', '=', invite.personId).executeTakeFirstOrThrow()
    : undefined
  const secret = secrets.unseal(invite.codeSealed)
  const { address, picture } = describeCodeSecret(secret, new URL(config.PUBLIC_URL).hostname)
  return { name: person?.name ?? '', role: invite.role, secret, address, picture, endsAt: invite.endsAt }
}
