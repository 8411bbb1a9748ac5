import type { VaultDifference } from '@vouch/contract'
import { checkCard, type QuarantineReason, type VaultAuditRow, type VaultFacts } from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { VaultReading } from './read-vault-version.ts'
import type { VaultMapping } from './vault-mapping.ts'
import type { KnownVersion } from './vault-queries.ts'

/** The verdict that put it aside, with everything it was reached from. */
type Judged = {
  reason: QuarantineReason
  about?: string | undefined
  facts: VaultFacts
  mapping: VaultMapping
  reading: VaultReading
  mine: KnownVersion
  approvals?: readonly VaultAuditRow[]
  now: Date
}

/** What should be and what is, for whoever has to decide about a version that was put aside. */
export async function findDifferences(db: Kysely<Database>, judged: Judged): Promise<VaultDifference[]> {
  const { reason, about = '', facts, mapping, reading, mine } = judged
  if (reason === 'fields_changed') return findChangedWords(db, judged)
  if (reason === 'lower_version')
    return [differs('version', `${facts.highestPublished}.0`, `${facts.major}.${reading.facts.minor}`)]
  if (reason === 'ended_before') return [differs('lifeState', mine.state ?? '', reading.facts.state)]
  if (reason === 'bytes_changed')
    return [differs('fileHash', facts.pinned?.renditionHash ?? '', facts.renditionHash ?? '')]
  if (reason === 'expiry_missing') return [differs('expiryField', mapping.expiryField, '')]
  if (reason === 'approval_expired')
    return [differs('expiresAfter', judged.now.toISOString(), timeOf(reading.expiresAt))]
  if (reason === 'not_mapped') return [differs('mapping', '', about)]
  if (reason === 'file_not_usable') return [differs('fileProblem', '', about)]
  if (reason === 'card_not_fit') return cardDifferences(reading)
  return signatureDifferences(judged)
}

const differs = (what: string, expected: string, found: string): VaultDifference => ({ what, expected, found })
const timeOf = (at: Date | null): string => at?.toISOString() ?? ''

/** Each problem of the card's words, and the words themselves. */
function cardDifferences({ words: { title, cardTitle, cardDesc } }: VaultReading): VaultDifference[] {
  const texts: Record<string, string> = { title, card_title: cardTitle, card_desc: cardDesc }
  return checkCard({ title, cardTitle, cardDesc, body: '', kind: 'document' }).map(({ about = '' }) => {
    const part = Object.keys(texts).find((name) => about.startsWith(`${name}_`)) ?? ''
    return differs(`card:${about}`, '', (texts[part] ?? '').slice(0, 300))
  })
}

/** How many people should have signed, and each signature that counts for this version. */
function signatureDifferences({ reason, facts, mapping, approvals = [] }: Judged): VaultDifference[] {
  const people = new Set(approvals.map(({ person }) => person)).size
  const count = differs('approvers', String(facts.approvers), String(people))
  const days = differs('signatureDays', String(mapping.signatureDays ?? ''), '')
  return [
    ...(reason === 'signature_too_old' ? [days] : [count]),
    ...approvals.map(({ name, meaning, at }) => differs('signature', meaning ?? '', `${name} ${at.toISOString()}`)),
  ]
}

/** The words of the piece against what stands in the vault now; other mapped fields are known by their hash alone. */
async function findChangedWords(db: Kysely<Database>, { mine, reading }: Judged): Promise<VaultDifference[]> {
  const { words } = reading
  const piece = await db
    .selectFrom('contentItem')
    .select(['title', 'cardTitle', 'cardDesc', 'approvalNumber', 'class', 'product', 'market', 'language'])
    .select(['audience', 'fileName', 'effectiveAt', 'expiresAt'])
    .where('id', '=', mine.contentItemId)
    .executeTakeFirst()
  if (!piece) return []
  const { effectiveAt, expiresAt, ...before } = piece
  const names = Object.keys(before) as (keyof typeof before)[] // the columns named above
  const found = [
    ...names.map((name) => differs(name, before[name], words[name])),
    differs('effectiveAt', timeOf(effectiveAt), timeOf(reading.effectiveAt)),
    differs('expiresAt', timeOf(expiresAt), timeOf(reading.expiresAt)),
  ].filter(({ expected, found: now }) => expected !== now)
  return found.length > 0 ? found : [differs('otherFields', '', '')]
}

export const storeDifferences = (differences: readonly VaultDifference[]): string => JSON.stringify(differences)

/** Reads what `storeDifferences` wrote. */
export function openDifferences(stored: string | null): VaultDifference[] {
  return stored === null ? [] : (JSON.parse(stored) as VaultDifference[])
}
