import type { localEndpoints, Output } from '@vouch/contract'
import type { Deps } from '../../../deps.ts'
import { type Attempt, keepChallenge } from './challenges.ts'
import { library, siteOf } from './passkey-library.ts'

/**
 * What the browser is asked with for a passkey, whoever's it is: no name is asked for, so none can be tried. Whoever
 * answers must have shown the device a finger, a face or its PIN.
 */
export async function askForPasskey(
  deps: Deps,
  attempt: Attempt,
): Promise<Output<typeof localEndpoints.askForPasskey>> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({
    ...{ rpID: siteOf(deps.config).host, userVerification: 'required' },
  })
  await keepChallenge(deps, options.challenge, attempt)
  return { options: { ...options } }
}
