import {
  consentPurposes,
  consentState,
  type ConsentPurpose,
  type ConsentState,
  type ConsentStatement,
} from '@vouch/rules'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { loadPolicy } from '../policy/queries.ts'
import { findRecordIds, stillSaid } from '../merged-records.ts'
import { asKinds, factKinds, neverLeft } from '../sends/became-of-queries.ts'
import { activeVersion, findMaterial, findTextHeads } from './consent-queries.ts'

export type ConsentHistoryRow = {
  id: string
  statement: ConsentStatement
  textVersion: number
  textHash: string
  language: string
  channel: string
  identity: string
  evidence: string
  statedAt: Date
  recordedAt: Date
}

export type Standing = {
  purpose: ConsentPurpose
  standing: ConsentState
  /** The text in force now; 0 when this purpose has none. */
  activeVersion: number
  /** Newest first. */
  history: ConsentHistoryRow[]
}

/** Where an HCP stands on each purpose, with everything they ever stated about it. */
export async function loadStanding(db: Kysely<Database>, accountId: string, now: Date): Promise<Standing[]> {
  const [rows, invitedAt] = await Promise.all([findHistory(db, accountId), findInvitation(db, accountId)])
  return standingsOf(db, { rows, invitedAt }, now)
}

type Said = { rows: readonly (ConsentHistoryRow & { purpose: ConsentPurpose })[]; invitedAt: Date | null }

/** The same from rows that are at hand, newest first, whoever they are about. */
export async function standingsOf(db: Kysely<Database>, { rows, invitedAt }: Said, now: Date): Promise<Standing[]> {
  const [texts, policy, material] = await Promise.all([findTextHeads(db), loadPolicy(db, now), findMaterial(db, now)])
  return consentPurposes.map((purpose) => {
    const history = rows.filter((row) => row.purpose === purpose)
    const active = activeVersion(texts, purpose, now)
    const facts = {
      statements: history,
      textVersion: active,
      oldestValidVersion: material[purpose] ?? 0,
      invitedAt: purpose === 'receive' ? invitedAt : null,
    }
    return { purpose, standing: consentState(facts, policy, now, purpose), activeVersion: active, history }
  })
}

const findHistory = (db: Kysely<Database>, accountId: string) =>
  db
    .selectFrom('consent')
    .select(['id', 'purpose', 'statement', 'textVersion', 'textHash', 'language', 'channel', 'identity', 'evidence'])
    .select(['statedAt', 'recordedAt'])
    .where('accountId', '=', accountId)
    .where(stillSaid('consent'))
    .orderBy('statedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

const invitationsLookedAt = 20

/** When the HCP was last invited, by any rep. */
async function findInvitation(db: Kysely<Database>, accountId: string): Promise<Date | null> {
  const rows = await db
    .selectFrom('send')
    .select(['id', 'decidedAt'])
    .select(factKinds.as('kinds'))
    .where('accountId', 'in', await findRecordIds(db, accountId))
    .where('class', '=', 'consent')
    .where('outcome', '=', 'authorised')
    .orderBy('decidedAt', 'desc')
    .limit(invitationsLookedAt)
    .execute()
  return rows.find((row) => !neverLeft(asKinds(row.kinds)))?.decidedAt ?? null
}
