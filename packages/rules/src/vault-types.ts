/** One version of a document as Veeva Vault tells it, dates already read in the market's time zone. */
export type VaultVersionFacts = {
  major: number
  minor: number
  /** The label of its lifecycle state. */
  state: string
  binder: boolean
  crosslink: boolean
  /** Flagged for WeCom, and of a type that is synchronised. */
  forChannel: boolean
  withdrawsAt: Date | null
}

/** What a document's versions are read with: labels of states, as the mapping names them. */
export type VaultStates = { sendable: readonly string[]; blocked: readonly string[] }

/** Why a document of the vault may not be sent, and what was sent of it ends here. Nothing is asked of a person. */
export const vaultEndings = [
  'no_approved_version',
  'state_not_sendable',
  'newest_not_usable',
  'is_binder',
  'is_crosslink',
  'not_for_channel',
  'withdrawal_date_reached',
  'vault_expired',
  'not_in_vault',
] as const
export type VaultEnding = (typeof vaultEndings)[number]

/** Why a version that the vault calls approved is not believed. */
export const quarantineReasons = [
  'lower_version',
  'ended_before',
  'bytes_changed',
  'fields_changed',
  'expiry_missing',
  'approval_expired',
  'not_mapped',
  'approvers_missing',
  'one_approver_only',
  'same_approver_twice',
  'signature_too_old',
  'card_not_fit',
  'file_not_usable',
  'braked',
] as const
export type QuarantineReason = (typeof quarantineReasons)[number]

export type VaultSignature = { person: string; at: Date }

/** Everything a version is judged by once its document may be sent. */
export type VaultFacts = {
  major: number
  /** The highest major version ever published here; null when there was none. */
  highestPublished: number | null
  /** What was fixed when this version was published; null before. A null hash takes what comes now. */
  pinned: { renditionHash: string | null; fieldsHash: string | null; ended: boolean } | null
  fieldsHash: string
  /** Null: there is no rendition yet, or nobody looked. */
  renditionHash: string | null
  /** First moment at which it may no longer be used. */
  expiresAt: Date | null
  /** The first value that leads nowhere in the mapping, e.g. `product__v 00P…9`. */
  unmapped: string | null
  cardFits: boolean
  /** The bytes are of a kind that can be shown; null while they were not looked at. */
  fileUsable: boolean | null
  signatures: readonly VaultSignature[]
  approvers: number
  /** Days a signature counts; null: for ever. */
  signatureDays: number | null
  /** The reason a person released this version from. */
  released: QuarantineReason | null
}

export type VaultVerdict =
  | { verdict: 'publish' }
  /** Published, and all as it was. */
  | { verdict: 'keep' }
  /** All is well but the rendition, which comes minutes after an approval. */
  | { verdict: 'wait' }
  | { verdict: 'end'; reason: VaultEnding }
  | { verdict: 'quarantine'; reason: QuarantineReason; about?: string }
