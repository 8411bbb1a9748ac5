import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import * as z from 'zod'
import type { Config } from '../../../config.ts'

/** Loaded when somebody uses a passkey: it brings a third of a second of certificates along. */
export const library = () => import('@simplewebauthn/server')

/** Ed25519, P-256 and RSA: what every device has at least one of. */
export const algorithms = [-8, -7, -257]

/** The site a passkey is for: one that was made for another host is none of ours. */
export function siteOf({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): { origin: string; host: string } {
  const { origin, hostname } = new URL(PUBLIC_URL)
  return { origin, host: hostname }
}

const base64 = z.string().regex(/^[\w-]+$/)
const shown = z.object({
  id: base64.max(1_400),
  rawId: base64,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64 }).loose(),
})
const clientDataShape = z.object({ challenge: base64 })

export type ReadAnswer<Answer> = { answer: Answer; challenge: string }

/** What a browser answered and what it signed with it, or undefined when it cannot be read. The library checks the rest. */
export function readAnswer<Answer extends AuthenticationResponseJSON | RegistrationResponseJSON>(
  text: string,
): ReadAnswer<Answer> | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    const { clientDataJSON } = shown.parse(answer).response
    const { challenge } = clientDataShape.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()))
    return { answer: answer as Answer, challenge } // of the rest the library believes nothing
  } catch {
    return undefined
  }
}
