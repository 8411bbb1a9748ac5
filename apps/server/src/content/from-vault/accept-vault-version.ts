import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { approvalsOf, decideVaultVersion, type VaultAuditRow } from '@vouch/rules'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { contentName } from '../../files/file-names.ts'
import { askRendition } from '../renditions/ask-rendition.ts'
import { mimeOf, type FileFormat } from '../inspect/file-format.ts'
import { findDifferences } from './differences.ts'
import { decideDocument, factsOf, idsAtOnce, readDocuments, type Looking } from './look-at-vault-documents.ts'
import { publishVaultVersion, type StoredVaultFile } from './publish-vault-version.ts'
import type { VaultReading } from './read-vault-version.ts'
import { RenditionError } from '../renditions/rendition.ts'
import { believeAgain, endPublished, forget, quarantine } from './settle-vault-version.ts'
import type { VaultAuditEntry } from '../../vault/vault.ts'
import { keyOf, type VaultMapping } from './vault-mapping.ts'
import { findKnown, findWaiting, markLooked, type KnownVersion } from './vault-queries.ts'

/**
 * Looks closely at what waits: who signed it, and its bytes. What is believed is stored, drawn and, once its pages are
 * there, published; the rest is put aside with the reason. Ends at `endsAt` (performance.now()); the next cycle goes on.
 */
export async function acceptVaultVersions(
  deps: Deps,
  looking: Looking,
  { braked, endsAt }: { braked: boolean; endsAt: number },
): Promise<void> {
  const waiting = await findWaiting(deps.db, { now: deps.now(), braked, most: idsAtOnce })
  if (waiting.length === 0) return
  const ids = [...new Set(waiting.map(({ vaultId }) => vaultId))]
  const documents = await readDocuments(looking, ids)
  const known = await findKnown(deps.db, ids)
  for (const mine of waiting) {
    if (performance.now() > endsAt) return
    const ofThis = known.filter(({ vaultId }) => vaultId === mine.vaultId)
    await acceptOne(deps, looking, { mine, known: ofThis, readings: documents.get(mine.vaultId) ?? [] })
    await markLooked(deps.db, mine, deps.now())
  }
}

type Candidate = { mine: KnownVersion; known: KnownVersion[]; readings: VaultReading[] }

async function acceptOne(deps: Deps, looking: Looking, { mine, known, readings }: Candidate): Promise<void> {
  const decision = decideDocument(looking, readings, deps.now())
  const reading = readings.find(({ facts }) => facts.major === mine.major && facts.minor === mine.minor)
  if (!decision.sendable || !reading || reading.facts !== decision.version) return forget(deps, mine)

  if ((await findDrawn(deps, mine)) === 'waiting') return
  const { approvers, signatureDays } = looking.mapping
  const approvals = await findApprovals(looking, reading)
  const signatures = approvals.map(({ person, at }) => ({ person, at }))
  const factsWith = (found: { renditionHash: string | null; fileUsable?: boolean }) =>
    factsOf({ reading, mine, known }, { signatures, approvers, signatureDays, ...found })
  const judged = { mapping: looking.mapping, reading, mine, approvals, now: deps.now() }

  const atFirst = factsWith({ renditionHash: null })
  const early = decideVaultVersion(atFirst, judged.now)
  if (early.verdict === 'quarantine') return putAside(deps, { ...judged, ...early, facts: atFirst })
  if (early.verdict === 'end') return endPublished(deps, mine, { reason: early.reason, label: reading.facts.state })
  const file = await fetchVaultFile(deps, looking, mine)
  if (file === 'not_there') return
  if ('problem' in file)
    return putAside(deps, { ...judged, facts: atFirst, reason: 'file_not_usable', about: file.problem })
  const facts = factsWith({ renditionHash: file.fileHash, fileUsable: true })
  const verdict = decideVaultVersion(facts, judged.now)
  if (verdict.verdict === 'quarantine') return putAside(deps, { ...judged, ...verdict, facts })
  if (verdict.verdict === 'keep') return believeAgain(deps, mine)
  if (verdict.verdict !== 'publish') return
  await remember(deps, mine, file)
  const drawn = await findDrawn(deps, { ...mine, renditionHash: file.fileHash })
  if (drawn === 'failed') return putAside(deps, { ...judged, facts, reason: 'file_not_usable', about: 'not_drawn' })
  const believed = { mapping: looking.mapping, reading, approvals, file, replaces: mine.contentItemId }
  if (drawn === 'done') return publishVaultVersion(deps, believed)
  if (mine.quarantine && !mine.contentItemId) await believeAgain(deps, mine) // what was missing has come; its pages will
}

async function putAside(deps: Deps, judged: Parameters<typeof findDifferences>[1]): Promise<void> {
  const { mine, reason, about } = judged
  await quarantine(deps, mine, { reason, about, differences: await findDifferences(deps.db, judged) })
}

/** Whoever signed this version, by what the document's own history says. */
async function findApprovals({ vault, mapping }: Looking, reading: VaultReading): Promise<VaultAuditRow[]> {
  return approvalsIn(await vault.auditTrail(reading.id), mapping, reading)
}

/** The approvals of this version among everything in its document's history. */
export function approvalsIn(
  trail: readonly VaultAuditEntry[],
  mapping: VaultMapping,
  { facts }: VaultReading,
): VaultAuditRow[] {
  const rows = trail.map(({ version, userName, fullName, signatureMeaning, at }) => ({
    ...{ version, person: userName.toLowerCase(), name: fullName, meaning: signatureMeaning, at },
  }))
  return approvalsOf(rows, facts.major, mapping.signatureMeanings.map(keyOf))
}

/** Fetches the rendition anew before it is published: what was seen once is no proof of what is there. */
export async function fetchVaultFile(
  deps: Deps,
  { vault, mapping }: Looking,
  { vaultId: id, major, minor, ...mine }: KnownVersion,
): Promise<StoredVaultFile | 'not_there' | { problem: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'vouch-vault-'))
  try {
    const path = join(folder, 'file')
    const asked = { id, major, minor, rendition: mapping.rendition, protectedCopy: mapping.protectedRendition }
    const got = await vault.download(asked, path)
    if (!got) return 'not_there'
    const { format, seconds } = await lookAtFile(deps, path)
    const kind = kindOf(format)
    if (!kind) return { problem: 'not_supported' }
    const file = { fileHash: got.sha256, bytes: got.bytes, mime: mimeOf(format), kind, seconds }
    const isNew = mine.renditionHash !== got.sha256 || mine.quarantine === 'file_not_usable' // drawn once more then
    if (!mine.contentItemId && isNew) await store(deps, { path, file, format })
    return file
  } catch (fault) {
    if (fault instanceof RenditionError) return { problem: fault.problem }
    throw fault
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** In a process of its own: a vault may be compromised, and its files are strangers' files. */
function lookAtFile({ renditions }: Deps, path: string) {
  if (!renditions) throw new Error('there is nothing to look at files with')
  return renditions.inspect(path)
}

function kindOf(format: FileFormat): StoredVaultFile['kind'] | undefined {
  if (format === 'mp4') return 'video'
  if (format === 'png' || format === 'jpeg') return 'image'
  return format === 'pdf' ? 'document' : undefined
}

type Stored = { path: string; file: StoredVaultFile; format: FileFormat }

/** Written, verified, then referred to. */
async function store(deps: Deps, { path, file, format }: Stored): Promise<void> {
  const { fileHash, bytes, mime } = file
  await deps.files.putFrom(contentName(fileHash), createReadStream(path), { sha256: fileHash, bytes })
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    await trx
      .insertInto('storedFile')
      .ignore()
      .values({ fileHash, bytes, mime, kind: format, storedAt: at, storedBy: 'vault' })
      .execute()
    await askRendition(trx, at, fileHash)
  })
}

/** Which bytes are being drawn; of what is published they never change. */
async function remember({ db }: Deps, { vaultId, major, minor }: KnownVersion, { fileHash }: StoredVaultFile) {
  await transact(db, (trx) =>
    trx
      .updateTable('vaultVersion')
      .set({ renditionHash: fileHash })
      .where('vaultId', '=', vaultId)
      .where('major', '=', major)
      .where('minor', '=', minor)
      .where('contentItemId', 'is', null)
      .execute(),
  )
}

/** How far the pages of its bytes are; `waiting` while a job draws them. */
async function findDrawn({ db }: Deps, { renditionHash }: KnownVersion): Promise<'waiting' | 'done' | 'failed' | null> {
  if (renditionHash === null) return null
  const row = await db.selectFrom('rendition').select('state').where('fileHash', '=', renditionHash).executeTakeFirst()
  if (!row) return null
  return row.state === 'done' || row.state === 'failed' ? row.state : 'waiting'
}
