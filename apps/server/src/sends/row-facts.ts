import { lastDay, type AccountFacts, type ContentFacts, type MessageKind, type RepFacts } from '@vouch/rules'
import { listOf, type readAround } from './around-queries.ts'
import type { Gate } from './gate-queries.ts'
import type { ContactRow } from './queries.ts'

export type ContentRow = Pick<
  Gate['pieces'][number],
  | 'contentItemId'
  | 'documentId'
  | 'class'
  | 'state'
  | 'product'
  | 'market'
  | 'audience'
  | 'ways'
  | 'effectiveAt'
  | 'expiresAt'
  | 'endedAt'
  | 'supersededBy'
  | 'fileHash'
  | 'approvedHash'
  | 'fileBytes'
  | 'cardTitle'
  | 'cardDesc'
  | 'hospitalGrades'
  | 'territories'
  | 'repGroups'
  | 'source'
  | 'heldReason'
  | 'expiredAt'
  | 'provedAt'
>

type Around = Pick<ReturnType<typeof readAround>, 'products' | 'territories' | 'groups'>
type RepRow = Pick<Gate['contacts'][number], 'status' | 'employmentProvedAt' | 'filingNumber' | 'filedUntil'>

export function asRepFacts(person: RepRow, { products, territories, groups }: Around): RepFacts {
  const { employmentProvedAt, filingNumber, filedUntil } = person
  const active = person.status === 'active'
  return { active, employmentProvedAt, filingNumber, filedUntil, products, territories, groups }
}

export function asContentFacts(row: ContentRow): ContentFacts {
  const { contentItemId, documentId, state, product, market, cardTitle, cardDesc } = row
  return {
    ...{ contentItemId, documentId, class: row.class, state, product, market, cardTitle, cardDesc },
    bytesMatch: row.fileHash === row.approvedHash,
    audience: listOf(row.audience),
    hospitalGrades: listOf(row.hospitalGrades),
    territories: listOf(row.territories),
    repGroups: listOf(row.repGroups),
    source: row.source,
    held: row.heldReason !== null,
    provedAt: row.provedAt,
    effectiveAt: row.effectiveAt,
    expiresAt: lastDay(row),
    withdrawnAt: row.endedAt,
    supersededBy: row.supersededBy,
    kinds: listOf(row.ways) as MessageKind[],
    fileBytes: Number(row.fileBytes),
  }
}

export function asAccountFacts(row: ContactRow): AccountFacts | null {
  if (!row.accountId) return null
  return {
    active: Boolean(row.active),
    hcpVerified: Boolean(row.hcpVerified),
    territory: row.territory ?? '',
    specialty: row.specialty ?? '',
    hospitalGrade: row.hospitalGrade ?? '',
    pausedUntil: row.pausedUntil,
    wishes: {
      unwanted: listOf(row.unwanted),
      mostPerMonth: row.mostPerMonth,
      quietHours:
        row.quietFrom === null || row.quietUntil === null
          ? null
          : { quietFrom: row.quietFrom, quietUntil: row.quietUntil },
    },
  }
}
