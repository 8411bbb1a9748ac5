import type { RegistrationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server'
import type { Input, localEndpoints, Output } from '@vouch/contract'
import { appendAudit } from '../../../audit/append-audit.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import { requireFreshProof } from '../../fresh-proof.ts'
import type { Session } from '../../sessions.ts'
import { spendChallenge } from './challenges.ts'
import { algorithms, library, readAnswer, type ReadAnswer, siteOf } from './passkey-library.ts'

type Endpoint = typeof localEndpoints.addPasskey

/** Adds a passkey to one's own login. The challenge counts once, and a passkey belongs to one person alone. */
export async function addPasskey(
  deps: Deps,
  me: Session,
  { name, passkey }: Input<Endpoint>,
): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const read = readAnswer<RegistrationResponseJSON>(passkey)
  const made = read && (await verify(deps, read))
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const attempt = { to: 'add' as const, from: me.tokenHash }
    const asked = read !== undefined && (await spendChallenge(trx, { challenge: read.challenge, attempt, at }))
    const passkeyId = deps.newId()
    const added =
      asked && made
        ? await trx
            .insertInto('localPasskey')
            .ignore()
            .values({
              ...{ id: passkeyId, personId: me.personId, credentialId: made.id, counter: made.counter, name },
              ...{ publicKey: Buffer.from(made.publicKey).toString('base64url'), addedAt: at, usedAt: null },
            })
            .executeTakeFirst()
        : undefined
    const outcome = added?.numInsertedOrUpdatedRows === 1n ? ('added' as const) : ('refused' as const)
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: outcome === 'added' ? 'passkey.added' : 'passkey.refused', subjectId: me.personId },
      detail: outcome === 'added' ? { passkeyId, name } : { to: 'add' },
    })
    return { outcome }
  })
}

/** The passkey a browser made, or null when the library finds anything wrong. */
async function verify(
  deps: Deps,
  { answer, challenge }: ReadAnswer<RegistrationResponseJSON>,
): Promise<WebAuthnCredential | null> {
  const { verifyRegistrationResponse } = await library()
  const { origin, host } = siteOf(deps.config)
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      ...{ response: answer, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: host },
      ...{ requireUserVerification: true, supportedAlgorithmIDs: algorithms },
    })
    const made = registrationInfo?.credential
    return made?.id === answer.id ? made : null
  } catch {
    return null // the library throws whatever is wrong with an answer
  }
}
