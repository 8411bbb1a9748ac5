import type { Input, Output, vaultEndpoints } from '@vouch/contract'
import { decideVaultVersion } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import type { VaultRow } from '../../vault/vault.ts'
import { newestChanges, versionsOf } from '../../vault/vql.ts'
import { approvalsIn } from './accept-vault-version.ts'
import { askVault, checkVaultMapping, isFaults, readVaultFields } from './check-vault-mapping.ts'
import { decideDocument, documentsOf, factsOf, type Looking } from './look-at-vault-documents.ts'
import { listOf, type VaultReading } from './read-vault-version.ts'
import type { VaultMapping } from './vault-mapping.ts'

type Endpoint = typeof vaultEndpoints.tryVaultMapping
type Answer = Extract<Output<Endpoint>, { outcome: 'done' }>
type Tried = Answer['rows'][number]

const versionsLooked = 200
const documentsShown = 50
const valuesShown = 40
/** Who signed costs a call a document: the first few show whether the meanings are the right ones. */
const signaturesLooked = 12
const longestMs = 8_000

/** Reads what changed last with a mapping that is not saved, and says what would become of it. Keeps nothing. */
export async function tryVaultMapping(deps: Deps, words: Input<Endpoint>): Promise<Output<Endpoint>> {
  const mapping = await checkVaultMapping(deps, words)
  if (isFaults(mapping)) return { outcome: 'refused', faults: mapping }
  const answer = await askVault(deps, (vault) => tryIt({ vault, mapping }, deps.now()))
  return isFaults(answer) ? { outcome: 'refused', faults: answer } : answer
}

/** The document fields our user sees, for whoever sets the mapping. */
export async function listVaultFields(deps: Deps): Promise<Output<typeof vaultEndpoints.vaultFields>> {
  const told = await askVault(deps, readVaultFields)
  if (isFaults(told)) return { outcome: 'refused', faults: told }
  return { outcome: 'done', vaultId: told.vaultId, fields: told.visible.toSorted() }
}

async function tryIt(looking: Looking, now: Date): Promise<Answer> {
  const { vault, mapping } = looking
  const endsAt = performance.now() + longestMs
  const { rows: changes } = await vault.firstPage(newestChanges(versionsLooked))
  const ids = [...new Set(changes.map(({ id }) => Number(id)))].filter(Number.isSafeInteger)
  const rows = ids.length === 0 ? [] : await vault.query(versionsOf(ids, mapping.fields))
  const documents = [...documentsOf(mapping, rows).values()]
  const flagged = documents.filter((readings) => readings.some(({ facts }) => facts.forChannel))
  const tried: Tried[] = []
  const meanings = new Set<string>()
  for (const readings of flagged.slice(0, documentsShown)) {
    const look = tried.length < signaturesLooked && performance.now() < endsAt
    tried.push(await tryDocument(looking, { readings, look, meanings, now }))
  }
  const values = [...valuesOf(mapping, rows), { setting: 'signatureMeanings', values: [...meanings] }]
  return { outcome: 'done', looked: documents.length, rows: tried, values }
}

type Trial = { readings: VaultReading[]; look: boolean; meanings: Set<string>; now: Date }

async function tryDocument(looking: Looking, { readings, look, meanings, now }: Trial): Promise<Tried> {
  const decision = decideDocument(looking, readings, now)
  const reading = (decision.sendable && readings.find(({ facts }) => facts === decision.version)) || newestOf(readings)
  const { facts, words, id } = reading
  const shown = {
    ...{ vaultId: id, version: `${facts.major}.${facts.minor}`, title: words.title, stateLabel: facts.state },
    ...{ about: '', signaturesSeen: false },
  }
  if (!decision.sendable) return { ...shown, verdict: 'not_taken', reason: decision.reason }
  const trail = look ? await looking.vault.auditTrail(id) : []
  for (const { signatureMeaning } of trail) if (signatureMeaning !== null) meanings.add(signatureMeaning)
  const approvals = approvalsIn(trail, looking.mapping, reading)
  const { approvers, signatureDays } = looking.mapping
  const signatures = approvals.map(({ person, at }) => ({ person, at }))
  const verdict = decideVaultVersion(
    factsOf(
      { reading, mine: unknownVersion(reading), known: [] },
      { signatures, approvers: look ? approvers : 0, signatureDays, renditionHash: '-', fileUsable: true },
    ),
    now,
  )
  if (verdict.verdict !== 'quarantine') return { ...shown, verdict: 'publish', reason: '', signaturesSeen: look }
  const { reason, about = '' } = verdict
  return { ...shown, verdict: 'quarantine', reason, about, signaturesSeen: look }
}

function newestOf(readings: readonly VaultReading[]): VaultReading {
  const [newest] = readings.toSorted((a, b) => b.facts.major - a.facts.major || b.facts.minor - a.facts.minor)
  return newest! // a document has a version
}

const unknownVersion = ({ id, facts: { major, minor } }: VaultReading) => ({
  ...{ vaultId: id, major, minor, contentItemId: null, renditionHash: null, fieldsHash: null, quarantine: null },
  ...{ releasedBy: null, state: null, heldReason: null },
})

/** What stands in the fields of lists, so that nobody has to know the ids of products by heart. */
function valuesOf(mapping: VaultMapping, rows: readonly VaultRow[]): Answer['values'] {
  const fields: Record<string, string> = {
    ...{ channelValues: mapping.channelField, documentTypes: 'type__v', sendableStates: 'status__v' },
    ...{ blockedStates: 'status__v', products: mapping.productField, markets: mapping.marketField },
    ...{ languages: mapping.languageField, classes: mapping.classField, audiences: mapping.audienceField },
  }
  return Object.entries(fields).map(([setting, field]) => ({
    setting,
    values: [...new Set(rows.flatMap((row) => listOf(row[field])))].filter(Boolean).slice(0, valuesShown),
  }))
}
