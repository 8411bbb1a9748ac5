/** A row of a query, as Vault delivers it. */
export type VaultRow = Record<string, unknown>

/** `version` is null when the whole document is gone. `renumbered`: a draft became a major version, nothing is lost. */
export type VaultDeletion = { id: number; version: { major: number; minor: number } | null; renumbered: boolean }

export type VaultAuditEntry = {
  at: Date
  userName: string
  fullName: string
  version: string
  signatureMeaning: string | null
}

export type VaultFile = { id: number; major: number; minor: number; rendition: string; protectedCopy: boolean }

/** How much Vault lets us ask, as it last told; null where it did not. */
export type Allowance = { most: number | null; left: number | null; restsUntil: Date | null }

/** Veeva Vault as the connector needs it, read only. Every function throws VaultFault when Vault cannot be asked. */
export type Vault = {
  /** The vault our session is for; signs in when need be. */
  vaultId: () => Promise<number>
  /** All rows, page after page. */
  query: (q: string) => Promise<VaultRow[]>
  /** The first page only, however large Vault makes it. */
  firstPage: (q: string) => Promise<{ rows: VaultRow[]; more: boolean }>
  /** At most 30 days back. */
  deletions: (from: Date, until: Date) => Promise<VaultDeletion[]>
  auditTrail: (id: number) => Promise<VaultAuditEntry[]>
  /** Writes the rendition of one version to `path`; null while Vault has none. */
  download: (file: VaultFile, path: string) => Promise<{ sha256: string; bytes: number } | null>
  /** Names of the document fields our user may see. */
  properties: () => Promise<string[]>
  /** Asks nothing. */
  allowance: () => Allowance
}
