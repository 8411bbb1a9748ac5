export * from './types.ts'
export * from './consent-types.ts'
export * from './content-types.ts'
export * from './vault-types.ts'
export { checkAccount } from './check-account.ts'
export { checkCard, hidesSigns } from './check-card.ts'
export { checkConsent, checkInvitation } from './check-consent.ts'
export { checkContact } from './check-contact.ts'
export { checkApproval, checkAudience, checkClass, checkProof } from './check-content.ts'
export { checkCap, checkPause, checkQuietHours, checkRepetition } from './check-frequency.ts'
export { checkMessage, utf8Length } from './check-message.ts'
export { checkPhrase } from './check-phrase.ts'
export { checkProduct, checkRep } from './check-rep.ts'
export { checkSecondPerson, type SecondPersonRefusal } from './check-second-person.ts'
export { codeTakers, nextSwitch, type CodeHours, type CodeRep } from './code-takers.ts'
export { carryConsent } from './carry-consent.ts'
export { consentState, newestStatement } from './consent-state.ts'
export { countingSends, countTowardsCap, monthlyLimit, remainingThisMonth } from './count-towards-cap.ts'
export { decideBrake } from './decide-brake.ts'
export { decideConsent } from './decide-consent.ts'
export { decideContentStep } from './decide-content-step.ts'
export {
  decideGrant,
  decideTaking,
  roleNames,
  type AskedRole,
  type Role,
  type RoleHolder,
  type RoleRefusal,
} from './decide-role.ts'
export { decideSend } from './decide-send.ts'
export {
  consentLanguages,
  decideTextStep,
  type TextAction,
  type TextLife,
  type TextRefusal,
  type TextRefusalReason,
  type TextStepDecision,
  type TextStepFacts,
} from './decide-text-step.ts'
export {
  decideVaultDocument,
  decideVaultVersion,
  needsPerson,
  type VaultDocumentDecision,
} from './decide-vault-version.ts'
export { needsSecondLook, weighMatch, type MatchFacts, type MatchReason, type MatchReview } from './match-contact.ts'
export { replaySend, type KeptDecision, type Replay } from './replay-send.ts'
export { quietHoursEnd, shanghaiDay, startOfShanghaiDay, startOfShanghaiMonth } from './shanghai-time.ts'
export {
  endedSince,
  isReplaced,
  lastDay,
  linkState,
  type LinkFacts,
  type LinkState,
  type NextVersion,
} from './link-state.ts'
export { accountMissed, checkReach, reachesAccount, reachesRep } from './reach.ts'
export { nextSafetyCall, safetyClock, type SafetyRule, type SafetySeriousness } from './safety-clock.ts'
export { scriptSince, standingOf, type Standing } from './standing-of.ts'
export { sendClass, sendClasses, type SendClass } from './send-class.ts'
export { stepsOf } from './steps-of.ts'
export { approvalsOf, type VaultAuditRow } from './vault-signatures.ts'
export { verdict } from './verdict.ts'
