import { checkAccount } from './check-account.ts'
import { checkConsent, checkInvitation } from './check-consent.ts'
import { checkContact } from './check-contact.ts'
import { checkApproval, checkAudience, checkClass, checkProof } from './check-content.ts'
import {
  checkCap,
  checkOwnCap,
  checkOwnQuietHours,
  checkPause,
  checkQuietHours,
  checkRepetition,
  checkTopic,
} from './check-frequency.ts'
import { checkMessage } from './check-message.ts'
import { checkProduct, checkRep } from './check-rep.ts'
import { checkReach } from './reach.ts'
import type { SendDecision, SendFacts } from './types.ts'

/**
 * The one place that says whether a send may happen. It gives every reason, not the first, in the order of
 * `refusalReasons` (assurance.md 2.4 rule 1). Checks that need an account are silent while none is matched.
 */
export function decideSend(facts: SendFacts, now: Date): SendDecision {
  const refusals = [
    ...checkRep(facts, now),
    ...checkProduct(facts),
    ...checkReach(facts),
    ...checkContact(facts, now),
    ...checkAccount(facts),
    ...checkConsent(facts, now),
    ...checkApproval(facts.content, now),
    ...checkProof(facts, now),
    ...checkAudience(facts),
    ...checkClass(facts.content),
    ...checkMessage(facts),
    ...checkPause(facts, now),
    ...checkTopic(facts),
    ...checkCap(facts, now),
    ...checkOwnCap(facts, now),
    ...checkQuietHours(facts, now),
    ...checkOwnQuietHours(facts, now),
    ...checkRepetition(facts, now),
    ...checkInvitation(facts, now),
  ]
  return refusals.length === 0 ? { allowed: true } : { allowed: false, refusals }
}
