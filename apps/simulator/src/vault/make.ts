import { createHash } from 'node:crypto'
import { plainPdf } from './plain-pdf.ts'
import {
  newestOf,
  vaultTime,
  type VaultDocument,
  type VaultSite,
  type VaultVersion,
  type AuditRow,
  type DeletionType,
} from './site.ts'
import { approvedLabel, stateOf } from './states.ts'

export type Signer = { userName: string; fullName: string; meaning: string }
export const usualSigners: Signer[] = [
  { userName: 'med.review@zhunxin.example', fullName: '周静', meaning: 'Medical approval' },
  { userName: 'legal.review@zhunxin.example', fullName: '吴勇', meaning: 'Legal approval' },
]

type Given = {
  /** A document that is there gets a new version. */
  id?: number
  fields?: Record<string, unknown>
  bytes?: Buffer
  signers?: Signer[]
  /** Older steady versions become superseded, as lifecycles that are set up so do. */
  supersedes?: boolean
  renditionReady?: boolean
}

/** A draft that was reviewed and signed becomes the next major version in the steady state. */
export function publish(site: VaultSite, given: Given): VaultDocument {
  const { signers = usualSigners, supersedes = true } = given
  const version = addDraft(site, given)
  const document = loadDocument(site, version.document)
  const draft = version.version
  for (const signer of signers) addAudit(site, document.id, { ...signed(signer), version: numberOf(draft) })
  const from = { major: draft.major, minor: draft.minor }
  draft.major = Math.max(...document.versions.map(({ major }) => major)) + 1
  draft.minor = 0
  draft.fields['version_creation_date__v'] = vaultTime(site.now())
  addDeletion(site, document.id, 'version_change__sys', from)
  for (const older of document.versions)
    if (supersedes && older !== draft && stateOf(older.fields['status__v'])?.type === 'steady')
      setState(site, document.id, older, 'Superseded')
  setState(site, document.id, draft, approvedLabel)
  return document
}

/** A new draft on top of what is there, or a new document. */
export function addDraft(site: VaultSite, given: Given): { document: number; version: VaultVersion } {
  const id = given.id ?? (site.nextId += 1)
  const document = site.documents.get(id) ?? { id, versions: [], visible: true, archived: false }
  site.documents.set(id, document)
  site.nextId = Math.max(site.nextId, id)
  const newest = newestOf(document)
  const [major, minor] = newest ? [newest.major, newest.minor + 1] : [0, 1]
  const bytes = given.bytes ?? plainPdf([`Document ${id}, draft ${major}.${minor}`, String(given.fields?.['name__v'])])
  const version: VaultVersion = {
    ...{ major, minor, source: bytes, rendition: bytes, renditionReady: given.renditionReady ?? true },
    fields: { ...fieldsOf(site, id, bytes), ...newest?.fields, ...fileFields(bytes), ...given.fields },
  }
  version.fields['status__v'] = 'Draft'
  document.versions.push(version)
  touch(site, version)
  return { document: id, version }
}

/** Another state label of a version; the audit trail says so. */
export function setState(site: VaultSite, id: number, version: VaultVersion, label: string): void {
  const oldValue = String(version.fields['status__v'])
  version.fields['status__v'] = label
  touch(site, version)
  addAudit(site, id, {
    ...{ userName: 'qa.lead@zhunxin.example', fullName: '周静', action: 'Workflow', version: numberOf(version) },
    ...{ fieldName: 'Status', oldValue, newValue: label, signatureMeaning: null },
  })
}

/** Takes a document or one version away; only the list of deletions tells. */
export function remove(site: VaultSite, id: number, only?: { major: number; minor: number }): void {
  const document = loadDocument(site, id)
  if (!only) {
    site.documents.delete(id)
    return addDeletion(site, id, 'document__sys', { major: '', minor: '' })
  }
  document.versions = document.versions.filter(({ major, minor }) => major !== only.major || minor !== only.minor)
  addDeletion(site, id, 'document_version__sys', only)
}

/** The daily job: of each document the newest version only, if it is steady and its day has come (1.14). */
export function runExpiryJob(site: VaultSite): number {
  const today = vaultTime(site.now()).slice(0, 10)
  let expired = 0
  for (const document of site.documents.values()) {
    const newest = newestOf(document)
    const day = newest?.fields['expiration_date__c']
    if (!newest || typeof day !== 'string' || day > today || stateOf(newest.fields['status__v'])?.type !== 'steady')
      continue
    setState(site, document.id, newest, 'Expired')
    expired += 1
  }
  return expired
}

export function loadDocument(site: VaultSite, id: number): VaultDocument {
  const document = site.documents.get(id)
  if (!document) throw new Error(`no document ${id}`)
  return document
}

/** The date the incremental sync of a client lives by. */
export function touch(site: VaultSite, version: VaultVersion): void {
  version.fields['version_modified_date__v'] = vaultTime(site.now())
}

export const numberOf = ({ major, minor }: { major: number; minor: number }): string => `${major}.${minor}`

function addAudit(site: VaultSite, docId: number, row: Omit<AuditRow, 'id' | 'at' | 'docId'>): void {
  site.audit.push({ docId, id: 88_000 + site.audit.length, at: site.now(), ...row })
}

function signed({ userName, fullName, meaning }: Signer): Omit<AuditRow, 'id' | 'at' | 'docId' | 'version'> {
  return {
    ...{ userName, fullName, action: 'Electronic Signature', fieldName: null, oldValue: null, newValue: null },
    signatureMeaning: meaning,
  }
}

function addDeletion(
  site: VaultSite,
  docId: number,
  type: DeletionType,
  { major, minor }: { major: number | ''; minor: number | '' },
): void {
  site.deletions.push({ docId, major, minor, at: site.now(), type })
}

function fieldsOf(site: VaultSite, id: number, bytes: Buffer): Record<string, unknown> {
  const now = vaultTime(site.now())
  const inAYear = vaultTime(site.now() + 365 * 86_400_000).slice(0, 10)
  return {
    ...{ document_number__v: `CN-PM-${String(id).padStart(5, '0')}`, name__v: `资料 ${id}`, title__v: '' },
    ...{ description__v: '', type__v: 'Promotional Piece', subtype__v: 'Healthcare Practitioner Resources' },
    ...{ classification__v: 'Digital Leave Piece', lifecycle__v: 'Promotional Piece', status__v: 'Draft' },
    ...{ product__v: ['00P000000000Z01'], country__v: ['00C000000000CN1'], language__v: ['Chinese (Simplified)'] },
    ...{ audience__c: 'Healthcare Provider', channel__c: ['WeCom'], content_class__c: 'Promotional' },
    ...{ expiration_date__c: inAYear, withdrawal_effective_date__c: null, approved_for_use_date__c: null },
    ...{ approval_code__c: `SFJ-${id}`, may_forward__c: null, external_id__v: null },
    ...{ global_id__sys: `${site.vaultId}_${id}`, locked__v: false, suppress_rendition__v: 'false' },
    ...{ binder__v: false, crosslink__v: false, document_creation_date__v: now, version_creation_date__v: now },
    ...{ created_by__v: 30_402, version_created_by__v: 30_402, last_modified_by__v: 30_399 },
    ...fileFields(bytes),
  }
}

/** Of the source file, never of the rendition. */
function fileFields(source: Buffer): Record<string, unknown> {
  return {
    ...{ filename__v: 'piece.pdf', format__v: 'application/pdf', size__v: source.length, pages__v: 1 },
    md5checksum__v: createHash('md5').update(source).digest('hex'),
  }
}
