import type { Input, vaultEndpoints } from '@vouch/contract'
import { needsPerson, quarantineReasons } from '@vouch/rules'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { findHolders } from '../../people/role-queries.ts'

type QuarantineShow = Input<typeof vaultEndpoints.listQuarantine>['show']
/** Keeps in its cursor where the comparison with everything in the vault stands; empty when none is under way. */
export const wholeComparison = 'full-vault'

/** How many versions there are, by what became of them. */
export async function countVersions(db: Kysely<Database>) {
  const row = await db
    .selectFrom('vaultVersion')
    .leftJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select([
      sql<number>`count(*)`.as('known'),
      sql<number>`count(distinct vault_id)`.as('documents'),
      sql<number>`coalesce(sum(state = 'approved' and held_reason is not null), 0)`.as('held'),
      sql<number>`coalesce(sum(state in ('withdrawn', 'expired', 'superseded')), 0)`.as('ended'),
      sql<number>`coalesce(sum(state = 'approved'), 0)`.as('published'),
      sql<number>`coalesce(sum(content_item_id is null and quarantine is null), 0)`.as('waiting'),
      sql<number>`coalesce(sum(quarantine is not null and quarantine <> 'braked'), 0)`.as('quarantined'),
      sql<number>`coalesce(sum(quarantine = 'braked'), 0)`.as('braked'),
      sql<Date | null>`min(if(state = 'approved', proved_at, null))`.as('oldestProofAt'),
    ])
    .executeTakeFirstOrThrow()
  const { oldestProofAt, ...counts } = row
  const number = (name: keyof typeof counts): number => Number(counts[name])
  return {
    ...{ known: number('known'), documents: number('documents'), published: number('published') },
    ...{ held: number('held'), ended: number('ended'), waiting: number('waiting') },
    ...{ quarantined: number('quarantined'), braked: number('braked'), oldestProofAt },
  }
}

type Place = { at: Date; vaultId: number; major: number; minor: number }
type Asked = { show: QuarantineShow; reason: string; vaultId: number | null }

const persons = quarantineReasons.filter((reason) => needsPerson(reason) && reason !== 'braked')

/** What was put aside, the newest first; what only waits for the brake is shown when it is asked for. */
export function findQuarantined(
  db: Kysely<Database>,
  { show, reason, vaultId }: Asked,
  { most, after }: { most: number; after: Place | undefined },
) {
  let rows = db
    .selectFrom('vaultVersion')
    .leftJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .leftJoin('person', 'person.id', 'vaultVersion.releasedBy')
    .select(['vaultVersion.vaultId', 'vaultVersion.major', 'vaultVersion.minor', 'vaultVersion.contentItemId'])
    .select(['quarantine', 'quarantinedAt', 'releasedBy', 'releasedReason', 'differences', 'person.name as releaser'])
    .select(['vaultVersion.title as titleThere', 'contentItem.title'])
    .where('quarantine', 'is not', null)
    .where('quarantinedAt', 'is not', null)
    .orderBy('quarantinedAt', 'desc')
    .orderBy('vaultVersion.vaultId', 'desc')
    .orderBy('vaultVersion.major', 'desc')
    .orderBy('vaultVersion.minor', 'desc')
    .limit(most)
  rows = show === 'braked' ? rows.where('quarantine', '=', 'braked') : rows.where('quarantine', '!=', 'braked')
  if (show === 'person') rows = rows.where('quarantine', 'in', persons)
  if (show === 'vault') rows = rows.where('quarantine', 'not in', persons)
  if (show === 'released') rows = rows.where('releasedBy', 'is not', null)
  if (reason !== '') rows = rows.where('quarantine', '=', reason)
  if (vaultId !== null) rows = rows.where('vaultVersion.vaultId', '=', vaultId)
  if (!after) return rows.execute()
  const { at, vaultId: id, major, minor } = after
  return rows
    .where(sql<boolean>`(quarantined_at, vault_id, major, minor) < (${at}, ${id}, ${major}, ${minor})`)
    .execute()
}

const cycles = ['sync-vault', 'asked-vault-cycle']

/** When the next cycle is, whether one runs or was asked for, and whether a whole comparison is under way. */
export async function findCycles(db: Kysely<Database>, now: Date) {
  const rows = await db
    .selectFrom('job')
    .select(['name', 'owner', 'ownedUntil', 'runAt', 'cursorValue'])
    .where('name', 'in', [...cycles, wholeComparison])
    .execute()
  const find = (name: string) => rows.find((row) => row.name === name)
  return {
    nextAt: find('sync-vault')?.runAt ?? null,
    running: rows.some(({ name, owner, ownedUntil }) => cycles.includes(name) && owner !== null && ownedUntil > now),
    asked: find('asked-vault-cycle')?.cursorValue === 'asked',
    comparing: (find(wholeComparison)?.cursorValue ?? '') !== '',
  }
}

/** What happened to the connection, the newest first. */
export function findVaultTrail(db: Kysely<Database>, most: number, before: string | undefined) {
  return db
    .selectFrom('auditEntry')
    .leftJoin('person', 'person.id', 'auditEntry.actorId')
    .select(['auditEntry.id', 'auditEntry.at', 'auditEntry.actorKind', 'auditEntry.event', 'auditEntry.reason'])
    .select(['auditEntry.detail', 'person.name'])
    .where('subjectId', '=', 'vault')
    .$if(before !== undefined, (rows) => rows.where('auditEntry.id', '<', before ?? ''))
    .orderBy('auditEntry.id', 'desc')
    .limit(most)
    .execute()
}

/** Versions first seen within the last minute that no person has let through, published or not. */
export async function countRecent(db: Kysely<Database>, now: Date) {
  const row = await db
    .selectFrom('vaultVersion')
    .select([
      sql<number>`coalesce(sum(content_item_id is null), 0)`.as('waiting'),
      sql<number>`coalesce(sum(content_item_id is not null), 0)`.as('published'),
    ])
    .where('seenAt', '>', new Date(now.getTime() - 60_000))
    .where('releasedBy', 'is', null)
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), published: Number(row.published) }
}

/** Who may release what was put aside. */
export const findOfficers = (db: Kysely<Database>, now: Date): Promise<string[]> =>
  findHolders(db, ['compliance_officer'], now)
