import type { localEndpoints, Output } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import { requireFreshProof } from '../../fresh-proof.ts'
import type { Session } from '../../sessions.ts'
import { keepChallenge } from './challenges.ts'
import { algorithms, library, siteOf } from './passkey-library.ts'

/** What the browser is asked with to make a passkey: one that the device keeps, finds by itself and guards. */
export async function beginPasskey(deps: Deps, me: Session): Promise<Output<typeof localEndpoints.beginPasskey>> {
  await requireFreshProof(deps, me)
  const had = await deps.db
    .selectFrom('localPasskey')
    .select('credentialId as id')
    .where('personId', '=', me.personId)
    .execute()
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    ...{ rpName: 'Vouch', rpID: siteOf(deps.config).host, userName: me.name, userDisplayName: me.name },
    ...{ userID: new TextEncoder().encode(me.personId), attestationType: 'none', excludeCredentials: had },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
  await keepChallenge(deps, options.challenge, { to: 'add', from: me.tokenHash })
  return { options: { ...options } }
}
