import { randomBytes } from 'node:crypto'
import type { Query } from './vql-parse.ts'

/** One version of a document. `fields` are as the API delivers them: labels, arrays of ids, string booleans. */
export type VaultVersion = {
  major: number
  minor: number
  fields: Record<string, unknown>
  /** The source file, and the viewable rendition once Vault has made it. */
  source: Buffer
  rendition: Buffer
  renditionReady: boolean
}

export type VaultDocument = {
  id: number
  versions: VaultVersion[]
  /** False: the API user lost the permission, and for them the document is not there. */
  visible: boolean
  /** Left `documents` for `archived_documents`. */
  archived: boolean
}

export type AuditRow = {
  docId: number
  id: number
  at: number
  userName: string
  fullName: string
  action: string
  version: string
  fieldName: string | null
  oldValue: string | null
  newValue: string | null
  signatureMeaning: string | null
}

export type DeletionType = 'document__sys' | 'document_version__sys' | 'version_change__sys'
export type Deletion = { docId: number; major: number | ''; minor: number | ''; at: number; type: DeletionType }

/** Which calls a fault can meet; `page` is the second and any later page of a query. */
export const callKinds = [
  ...(['auth', 'query', 'page', 'document', 'file', 'audit', 'deletions', 'metadata'] as const),
  'other',
] as const
export type CallKind = (typeof callKinds)[number]

/** `session` ends the session first, `links` the pages of queries; `json` is the envelope where bytes were asked for; `cut` breaks the connection. */
export const faultKinds = [
  ...(['session', 'links', 'limit', '429', '503', 'exception', 'race', 'configuration'] as const),
  ...(['json', 'cut', 'html', 'warning', 'locked'] as const),
] as const
export type FaultKind = (typeof faultKinds)[number]
export type Fault = { on: CallKind | 'any'; kind: FaultKind; skip: number; times: number }

export const usualSwitches = {
  /** The user may no longer use this vault: signing in gives a session of another one, and says SUCCESS. */
  otherVault: false,
  idleMinutes: 20,
  burstLimit: 2_000,
  /** Of a delayed call, in ms. */
  burstDelayMs: 500,
  loginLimit: 20,
  /** Largest page of a query, and by how much each further page is smaller. */
  pageSize: 200,
  pageShrinks: 0,
  latencyMs: 0,
  /** Warnings are spelt in two ways. */
  warningSpelling: 'warning_type' as 'warning_type' | 'type',
  retryAfterSeconds: 1,
}
export type VaultSwitches = typeof usualSwitches

export type VaultSession = { id: string; startedAt: number; usedAt: number; vaultId: number }
export type SavedQuery = { query: Query; usedAt: number; pageSize: number }
type Window = { from: number; used: number }

export type VaultSite = {
  now: () => number
  documents: Map<number, VaultDocument>
  deletions: Deletion[]
  audit: AuditRow[]
  sessions: Map<string, VaultSession>
  queries: Map<string, SavedQuery>
  faults: Fault[]
  switches: VaultSwitches
  /** How often each kind of call came, and what each said. */
  calls: { kind: CallKind; path: string; at: number; authorized: boolean }[]
  burst: Window
  logins: Window
  user: string
  password: string
  vaultId: number
  nextId: number
}

export const otherVaultId = 5103

/** An empty vault; `now` is its clock in ms. */
export function createVaultSite(now: () => number, account = { user: 'svc.vouch@zhunxin.example', password: 'demo' }) {
  const site: VaultSite = {
    now,
    documents: new Map(),
    deletions: [],
    audit: [],
    sessions: new Map(),
    queries: new Map(),
    faults: [],
    switches: { ...usualSwitches },
    calls: [],
    burst: { from: 0, used: 0 },
    logins: { from: 0, used: 0 },
    ...account,
    vaultId: 5102,
    nextId: 4100,
  }
  return site
}

/** Back to an empty vault with its usual behaviour; sessions end. */
export function emptyVault(site: VaultSite): void {
  const { now, user, password } = site
  Object.assign(site, createVaultSite(now, { user, password }))
}

export const newSessionId = (): string => randomBytes(64).toString('hex').toUpperCase()

/** The documents the API user may see. */
export function visibleDocuments(site: VaultSite): VaultDocument[] {
  return [...site.documents.values()].filter(({ visible, archived }) => visible && !archived)
}

/** The newest version: the highest major, then the highest minor. */
export function newestOf({ versions }: VaultDocument): VaultVersion | undefined {
  return versions.toSorted((a, b) => b.major - a.major || b.minor - a.minor)[0]
}

export function findVersion(site: VaultSite, id: number, major: number, minor: number): VaultVersion | undefined {
  const document = visibleDocuments(site).find((one) => one.id === id)
  return document?.versions.find((one) => one.major === major && one.minor === minor)
}

/** As Vault writes a DateTime: UTC with milliseconds. */
export const vaultTime = (ms: number): string => new Date(ms).toISOString()
