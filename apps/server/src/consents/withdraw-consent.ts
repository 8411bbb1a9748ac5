import type { consentEndpoints, Input, Output } from '@vouch/contract'
import type { Deps } from '../deps.ts'
import { requireFreshProof } from '../people/fresh-proof.ts'
import type { Session } from '../people/sessions.ts'
import { findInFlightAt } from './in-flight.ts'
import { loadStanding } from './load-standing.ts'
import { stateConsents } from './state-consents.ts'

type Endpoint = typeof consentEndpoints.withdrawConsent

/** Withdraws because the doctor asked the company; said is how they asked and why. The same request is one withdrawal. */
export async function withdrawConsent(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  await requireFreshProof(deps, me)
  const { accountId, requestId, reason } = asked
  const purposes = [...new Set(asked.purposes)].toSorted()
  const newest = new Map(
    (await loadStanding(deps.db, accountId, deps.now())).map((one) => [one.purpose, one.history.at(0)]),
  )
  const { accepted } = await stateConsents(
    deps,
    { kind: 'admin', id: me.personId },
    {
      ...{ accountId, requestId, channel: 'company', identity: 'on_request', language: 'zh-CN' },
      evidence: { asked: asked.asked, reason, enteredBy: me.personId },
      statements: purposes.map((purpose) => ({
        ...{ purpose, statement: 'opted_out' as const },
        textVersion: newest.get(purpose)?.textVersion ?? 0,
      })),
    },
  )
  const receive = accepted.find((one) => one.purpose === 'receive')
  const inFlight = receive
    ? await findInFlightAt(deps.db, accountId, [{ id: receive.id, recordedAt: receive.statedAt }])
    : new Map()
  return {
    withdrawn: accepted.map(({ id, purpose, statedAt }) => ({ consentId: id, purpose, statedAt })),
    inFlight: receive ? (inFlight.get(receive.id) ?? []) : [],
  }
}
