import {
  checkCard,
  decideVaultDocument,
  decideVaultVersion,
  needsPerson,
  type QuarantineReason,
  type VaultDocumentDecision,
  type VaultFacts,
} from '@vouch/rules'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import type { Vault, VaultRow } from '../../vault/vault.ts'
import { versionsOf } from '../../vault/vql.ts'
import { findDifferences } from './differences.ts'
import { readVaultVersion, type VaultReading } from './read-vault-version.ts'
import { believeAgain, endPublished, forget, hold, quarantine } from './settle-vault-version.ts'
import type { VaultMapping } from './vault-mapping.ts'
import { findKnown, markProved, type KnownVersion } from './vault-queries.ts'

export const idsAtOnce = 100

export type Looking = {
  vault: Vault
  mapping: VaultMapping
  /** Documents that the vault says are deleted, not only out of our sight. */
  deleted?: ReadonlySet<number>
}

/**
 * Asks for all versions of these documents and settles what needs no bytes and no signatures: what is published is
 * confirmed, put on hold, put aside or ended; what is new is written down to be looked at closely. Only then does what
 * is published count as proved: what the vault did not confirm rests or has ended by that moment.
 */
export async function lookAtVaultDocuments(deps: Deps, looking: Looking, ids: readonly number[]): Promise<void> {
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = ids.slice(from, from + idsAtOnce)
    const documents = await readDocuments(looking, some)
    const known = await findKnown(deps.db, some)
    for (const id of some) {
      const ofThis = known.filter(({ vaultId }) => vaultId === id)
      await settleDocument(deps, looking, { id, readings: documents.get(id) ?? [], known: ofThis })
    }
    await markProved(deps.db, some, deps.now())
  }
}

/** All versions of each document. Rows may come twice: nothing promises that pages are of one moment. */
export async function readDocuments(
  { vault, mapping }: Looking,
  ids: readonly number[],
): Promise<Map<number, VaultReading[]>> {
  return documentsOf(mapping, await vault.query(versionsOf(ids, mapping.fields)))
}

/** The versions of each document, from the rows of a query. */
export function documentsOf(mapping: VaultMapping, rows: readonly VaultRow[]): Map<number, VaultReading[]> {
  const documents = new Map<number, VaultReading[]>()
  const seen = new Set<string>()
  for (const row of rows) {
    const reading = readVaultVersion(mapping, row)
    const name = reading && `${reading.id} ${reading.facts.major}.${reading.facts.minor}`
    if (!reading || !name || seen.has(name)) continue
    seen.add(name)
    documents.set(reading.id, [...(documents.get(reading.id) ?? []), reading])
  }
  return documents
}

export const decideDocument = ({ mapping }: Looking, readings: readonly VaultReading[], now: Date) =>
  decideVaultDocument(
    readings.map(({ facts }) => facts),
    { sendable: mapping.sendableStates, blocked: mapping.blockedStates },
    now,
  )

type Seen = { id: number; readings: VaultReading[]; known: KnownVersion[] }

async function settleDocument(deps: Deps, looking: Looking, seen: Seen): Promise<void> {
  const { readings, known } = seen
  const decision = decideDocument(looking, readings, deps.now())
  if (!decision.sendable) return endDocument(deps, looking, seen, decision)
  const { major, minor } = decision.version
  const reading = readings.find(({ facts }) => facts === decision.version)
  const mine = known.find((one) => one.major === major && one.minor === minor)
  for (const other of known)
    if (other !== mine) await settleOther(deps, other, { major, published: mine?.contentItemId })
  if (!reading) return
  if (!mine) return noteNew(deps, reading)
  return settlePublished(deps, looking, { reading, mine, known })
}

async function endDocument(
  deps: Deps,
  { deleted }: Looking,
  { id, readings, known }: Seen,
  decision: Extract<VaultDocumentDecision, { sendable: false }>,
): Promise<void> {
  const gone = deleted?.has(id) && readings.length === 0
  const label = readings.toSorted((a, b) => b.facts.major - a.facts.major)[0]?.facts.state ?? ''
  for (const version of known) {
    if (!version.contentItemId) await forget(deps, version)
    else if (gone) await endPublished(deps, version, { reason: 'deleted_in_vault', label: 'Deleted' })
    else if (decision.forGood) await endPublished(deps, version, { reason: decision.reason, label })
    else await hold(deps, version, decision.reason)
  }
}

/**
 * Another version of a document than the one that may be sent. An older one rests until the newer is published, which
 * then takes its place, at once or on its first day.
 */
async function settleOther(
  deps: Deps,
  other: KnownVersion,
  { major, published }: { major: number; published: string | null | undefined },
): Promise<void> {
  if (!other.contentItemId) return forget(deps, other)
  if (other.major > major) return hold(deps, other, 'not_in_vault')
  if (!published) await hold(deps, other, 'newer_in_vault')
}

async function noteNew({ db, now }: Deps, { id, facts, words: { title } }: VaultReading): Promise<void> {
  const at = now()
  await transact(db, (trx) =>
    trx
      .insertInto('vaultVersion')
      .ignore()
      .values({
        ...{ vaultId: id, major: facts.major, minor: facts.minor, stateLabel: facts.state.slice(0, 120) },
        ...{ seenAt: at, provedAt: new Date(0), title },
      })
      .execute(),
  )
}

type Published = { reading: VaultReading; mine: KnownVersion; known: KnownVersion[] }

async function settlePublished(deps: Deps, { mapping }: Looking, published: Published): Promise<void> {
  const { reading, mine } = published
  if (!mine.contentItemId) return
  const now = deps.now()
  const facts = factsOf(published, { signatures: [], renditionHash: null })
  const verdict = decideVaultVersion(facts, now)
  if (verdict.verdict === 'end') await endPublished(deps, mine, { reason: verdict.reason, label: reading.facts.state })
  if (mine.releasedBy !== null && mine.quarantine !== null) return // looked at closely, bytes and signatures as well
  if (verdict.verdict === 'quarantine') {
    const differences = await findDifferences(deps.db, { ...verdict, facts, mapping, reading, mine, now })
    await quarantine(deps, mine, { ...verdict, differences })
  }
  if (verdict.verdict !== 'keep') return
  if (mine.fieldsHash === null) await pinFields(deps, reading)
  const lifted = mine.quarantine ?? mine.heldReason
  if (lifted !== null && !needsPerson(lifted as QuarantineReason)) await believeAgain(deps, mine)
}

/** After a change of the mapping the fields are other ones: what they say now is what is held against later. */
async function pinFields({ db }: Deps, { id, facts, fieldsHash }: VaultReading): Promise<void> {
  await transact(db, (trx) =>
    trx
      .updateTable('vaultVersion')
      .set({ fieldsHash })
      .where('vaultId', '=', id)
      .where('major', '=', facts.major)
      .where('minor', '=', facts.minor)
      .execute(),
  )
}

const endedStates: readonly (string | null)[] = ['withdrawn', 'expired', 'superseded']

/** What a version is judged by, from what is known of its document and what was found out about it. */
export function factsOf(
  { reading, mine, known }: Published,
  found: Pick<VaultFacts, 'signatures' | 'renditionHash'> & Partial<VaultFacts>,
): VaultFacts {
  const published = known.filter(({ contentItemId }) => contentItemId !== null).map(({ major }) => major)
  const { renditionHash, fieldsHash, state } = mine
  const { title, cardTitle, cardDesc } = reading.words
  return {
    ...{ major: reading.facts.major, highestPublished: published.length > 0 ? Math.max(...published) : null },
    pinned: mine.contentItemId ? { renditionHash, fieldsHash, ended: endedStates.includes(state) } : null,
    ...{ fieldsHash: reading.fieldsHash, expiresAt: reading.expiresAt, unmapped: reading.unmapped },
    cardFits: checkCard({ title, cardTitle, cardDesc, body: '', kind: 'document' }).length === 0,
    ...{ fileUsable: null, approvers: 1, signatureDays: null },
    released: mine.releasedBy === null ? null : (mine.quarantine as QuarantineReason | null), // written from that list
    ...found,
  }
}
