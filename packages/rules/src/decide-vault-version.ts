import type {
  QuarantineReason,
  VaultEnding,
  VaultFacts,
  VaultStates,
  VaultVerdict,
  VaultVersionFacts,
} from './vault-types.ts'

const dayMs = 86_400_000

export type VaultDocumentDecision =
  | { sendable: true; version: VaultVersionFacts }
  /** For good: somebody in the vault withdrew it or let it run out. Otherwise it is put on hold, and may come back. */
  | { sendable: false; reason: VaultEnding; forGood: boolean }

/**
 * Which version of a document may be sent, from all its versions: never from a query for approved ones, which answers
 * 1.0 when 2.0 was withdrawn and 1.0 never left its state (vault-crm-platform.md 1.7). Whatever is unknown is a no.
 */
export function decideVaultDocument(
  versions: readonly VaultVersionFacts[],
  states: VaultStates,
  now: Date,
): VaultDocumentDecision {
  const [newest, ...older] = versions.toSorted((a, b) => b.major - a.major || b.minor - a.minor)
  if (!newest) return no('not_in_vault')
  const version = [newest, ...older].find(({ major, minor }) => major >= 1 && minor === 0)
  if (!version) return no('no_approved_version')
  if (!states.sendable.includes(version.state)) return no('state_not_sendable', states.blocked.includes(version.state))
  if (states.blocked.includes(newest.state)) return no('newest_not_usable', true)
  if (version.binder) return no('is_binder')
  if (version.crosslink) return no('is_crosslink')
  if (!version.forChannel) return no('not_for_channel')
  if (version.withdrawsAt && version.withdrawsAt <= now) return no('withdrawal_date_reached', true)
  return { sendable: true, version }
}

/** Whether a version that may be sent is believed: published, kept, ended, or put aside with the first reason that holds. */
export function decideVaultVersion(facts: VaultFacts, now: Date): VaultVerdict {
  const { pinned, highestPublished, major } = facts
  if (highestPublished !== null && major < highestPublished) return aside('lower_version', `${highestPublished}.0`)
  const published = pinned && decidePublished(facts, pinned, now)
  if (published) return published
  if (!facts.expiresAt) return aside('expiry_missing')
  if (facts.expiresAt <= now) return aside('approval_expired')
  if (facts.unmapped !== null) return aside('not_mapped', facts.unmapped)
  if (!facts.cardFits) return aside('card_not_fit')
  const unsigned = checkSignatures(facts, now)
  if (unsigned) return aside(unsigned)
  if (facts.fileUsable === false) return aside('file_not_usable')
  return facts.renditionHash === null ? { verdict: 'wait' } : { verdict: 'publish' }
}

/**
 * A published version is what it was on that day, to the byte; only its end comes by itself. Null when a person saw that
 * other words stand there now: these are then judged like a new version.
 */
function decidePublished(facts: VaultFacts, pinned: NonNullable<VaultFacts['pinned']>, now: Date): VaultVerdict | null {
  if (facts.expiresAt && facts.expiresAt <= now) return { verdict: 'end', reason: 'vault_expired' }
  if (pinned.ended) return aside('ended_before')
  if (!facts.expiresAt) return aside('expiry_missing')
  const { renditionHash, fieldsHash } = facts
  if (renditionHash !== null && pinned.renditionHash !== null && renditionHash !== pinned.renditionHash)
    return aside('bytes_changed')
  if (pinned.fieldsHash === null || fieldsHash === pinned.fieldsHash) return { verdict: 'keep' }
  return facts.released === 'fields_changed' ? null : aside('fields_changed')
}

/** Distinct people, each signature not too old. */
function checkSignatures({ signatures, approvers, signatureDays }: VaultFacts, now: Date): QuarantineReason | null {
  const counting =
    signatureDays === null
      ? signatures
      : signatures.filter(({ at }) => now.getTime() - at.getTime() < signatureDays * dayMs)
  const people = new Set(counting.map(({ person }) => person)).size
  if (people >= approvers) return null
  if (new Set(signatures.map(({ person }) => person)).size >= approvers) return 'signature_too_old'
  if (people === 0) return 'approvers_missing'
  return signatures.length >= approvers ? 'same_approver_twice' : 'one_approver_only'
}

/** Reasons that say the vault contradicts itself: they end only by a person's word. The others end when the vault is put right. */
export function needsPerson(reason: QuarantineReason): boolean {
  return ['lower_version', 'ended_before', 'bytes_changed', 'fields_changed', 'braked'].includes(reason)
}

const no = (reason: VaultEnding, forGood = false): VaultDocumentDecision => ({ sendable: false, reason, forGood })
const aside = (reason: QuarantineReason, about?: string): VaultVerdict => ({
  verdict: 'quarantine',
  reason,
  ...(about === undefined ? {} : { about }),
})
