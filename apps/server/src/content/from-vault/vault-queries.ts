import { needsPerson, quarantineReasons } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { openMapping } from './vault-mapping.ts'

/** How long the gate may live without the vault's word when no policy says, and half of what one says (trap of F29). */
const usualProofMs = 10 * 60_000
/** What was put aside for something missing is looked at again this often. */
const lookAgainMs = 60 * 60_000

/** The one connection there is; undefined until a mapping was set. */
export async function findConnection(db: Kysely<Database>) {
  const row = await db
    .selectFrom('vaultConnection')
    .select(['mapping', 'brakePerMinute', 'cursorAt', 'fullAt', 'cycleAt', 'problem', 'brakedAt', 'brakeReason'])
    .select(['revision', 'callsMost', 'callsLeft', 'restsUntil'])
    .where('id', '=', 1)
    .executeTakeFirst()
  return row && { ...row, mapping: openMapping(row.mapping) }
}
export type Connection = NonNullable<Awaited<ReturnType<typeof findConnection>>>

const versionColumns = [
  'vaultVersion.vaultId',
  'vaultVersion.major',
  'vaultVersion.minor',
  'vaultVersion.contentItemId',
  'vaultVersion.renditionHash',
  'vaultVersion.fieldsHash',
  'vaultVersion.quarantine',
  'vaultVersion.releasedBy',
  'contentItem.state',
  'contentItem.heldReason',
] as const

/** All we know of these documents, with the pieces that were made of them. */
export function findKnown(db: Kysely<Database>, ids: readonly number[]) {
  return db
    .selectFrom('vaultVersion')
    .leftJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select(versionColumns)
    .where('vaultVersion.vaultId', 'in', ids)
    .execute()
}
export type KnownVersion = Awaited<ReturnType<typeof findKnown>>[number]

/**
 * What has to be looked at closely: new, released by a person, or put aside for something that may have come since; with
 * the brake on only what a person released. Those that were looked at longest ago come first, so that none waits behind
 * one that cannot move.
 */
export function findWaiting(db: Kysely<Database>, { now, braked, most }: { now: Date; braked: boolean; most: number }) {
  const rows = db
    .selectFrom('vaultVersion')
    .leftJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select(versionColumns)
    .orderBy('provedAt')
    .limit(most)
  if (braked)
    return rows
      .where('releasedBy', 'is not', null)
      .where((eb) => eb.or([eb('quarantine', 'is not', null), eb('vaultVersion.contentItemId', 'is', null)]))
      .execute()
  return rows
    .where((eb) =>
      eb.or([
        eb.and([eb('vaultVersion.contentItemId', 'is', null), eb('quarantine', 'is', null)]),
        eb.and([eb('quarantine', 'is not', null), eb('releasedBy', 'is not', null)]),
        eb.and([
          eb('vaultVersion.contentItemId', 'is', null),
          eb('quarantine', 'not in', quarantineReasons.filter(needsPerson)),
          eb('provedAt', '<', new Date(now.getTime() - lookAgainMs)),
        ]),
      ]),
    )
    .execute()
}

/** Published versions whose proof grows old, the oldest first. */
export function findUnproved(db: Kysely<Database>, before: Date, most: number) {
  return db
    .selectFrom('vaultVersion')
    .innerJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select(['vaultVersion.vaultId'])
    .where('vaultVersion.provedAt', '<', before)
    .where('contentItem.state', '=', 'approved')
    .orderBy('vaultVersion.provedAt')
    .limit(most)
    .execute()
}

/** Before this a proof is old: half the policy's age, so that the gate never waits for us, at most ten minutes. */
export async function proofBorder(db: Kysely<Database>, now: Date): Promise<Date> {
  const { vaultProofMinutes: asked } = await loadPolicy(db, now)
  const age = asked === null ? usualProofMs : Math.min(usualProofMs, asked * 30_000)
  return new Date(now.getTime() - age)
}

type Named = { vaultId: number; major: number; minor: number }

/** The vault was asked just now about all that is published of these documents. */
export async function markProved(db: Kysely<Database>, ids: readonly number[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await transact(db, (trx) =>
    trx
      .updateTable('vaultVersion')
      .set({ provedAt: at })
      .where('vaultId', 'in', ids)
      .where('contentItemId', 'is not', null)
      .execute(),
  )
}

/** It was looked at: others come before it next time. */
export async function markLooked(db: Kysely<Database>, { vaultId, major, minor }: Named, at: Date): Promise<void> {
  await transact(db, (trx) =>
    trx
      .updateTable('vaultVersion')
      .set({ provedAt: at })
      .where('vaultId', '=', vaultId)
      .where('major', '=', major)
      .where('minor', '=', minor)
      .execute(),
  )
}

/** Locks one version of the vault, and with it everything that may be decided about it. */
export function lockVersion(trx: Transaction<Database>, { vaultId, major, minor }: Named) {
  return trx
    .selectFrom('vaultVersion')
    .select(['contentItemId', 'quarantine', 'releasedBy', 'renditionHash', 'fieldsHash', 'differences'])
    .where('vaultId', '=', vaultId)
    .where('major', '=', major)
    .where('minor', '=', minor)
    .forUpdate()
    .executeTakeFirst()
}

/** Documents of which something is published and that lie in this range of ids, the first left out. */
export async function findPublishedBetween(db: Kysely<Database>, after: number, until: number): Promise<number[]> {
  const rows = await db
    .selectFrom('vaultVersion')
    .innerJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select('vaultVersion.vaultId')
    .distinct()
    .where('vaultVersion.vaultId', '>', after)
    .where('vaultVersion.vaultId', '<=', until)
    .where('contentItem.state', '=', 'approved')
    .execute()
  return rows.map(({ vaultId }) => Number(vaultId))
}

const publishedVersions = (db: Kysely<Database>) =>
  db
    .selectFrom('vaultVersion')
    .innerJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .where('contentItem.state', '=', 'approved')
    .where('vaultVersion.quarantine', 'is', null)

/** What is published of these documents and not put aside. */
export async function findPublished(db: Kysely<Database>, ids: readonly number[]) {
  if (ids.length === 0) return []
  return publishedVersions(db)
    .select(['vaultVersion.vaultId', 'vaultVersion.major', 'vaultVersion.minor', 'vaultVersion.renditionHash'])
    .where('vaultVersion.vaultId', 'in', ids)
    .execute()
}

/** The next published documents in the order of their ids. */
export async function findNextPublished(db: Kysely<Database>, after: number, most: number): Promise<number[]> {
  const rows = await publishedVersions(db)
    .select('vaultVersion.vaultId')
    .distinct()
    .where('vaultVersion.vaultId', '>', after)
    .orderBy('vaultVersion.vaultId')
    .limit(most)
    .execute()
  return rows.map(({ vaultId }) => Number(vaultId))
}

/** What was put aside of these documents is looked at with the next cycle: they changed. */
export async function lookAgainAt(db: Kysely<Database>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await transact(db, (trx) =>
    trx
      .updateTable('vaultVersion')
      .set({ provedAt: new Date(0) })
      .where('vaultId', 'in', ids)
      .where('contentItemId', 'is', null)
      .where('quarantine', 'is not', null)
      .execute(),
  )
}
