import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'

/** How many versions there are, by what became of them. */
export async function countVersions(db: Kysely<Database>) {
  const row = await db
    .selectFrom('vaultVersion')
    .leftJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select([
      sql<number>`count(*)`.as('known'),
      sql<number>`coalesce(sum(state = 'approved'), 0)`.as('published'),
      sql<number>`coalesce(sum(content_item_id is null and quarantine is null), 0)`.as('waiting'),
      sql<number>`coalesce(sum(quarantine is not null and quarantine <> 'braked'), 0)`.as('quarantined'),
      sql<number>`coalesce(sum(quarantine = 'braked'), 0)`.as('braked'),
      sql<Date | null>`min(if(state = 'approved', proved_at, null))`.as('oldestProofAt'),
    ])
    .executeTakeFirstOrThrow()
  const { known, published, waiting, quarantined, braked, oldestProofAt } = row
  return {
    ...{ known: Number(known), published: Number(published), waiting: Number(waiting) },
    ...{ quarantined: Number(quarantined), braked: Number(braked), oldestProofAt },
  }
}

type Place = { at: Date; vaultId: number; major: number; minor: number }

/** What was put aside, the newest first; what only waits for the brake is not. */
export function findQuarantined(db: Kysely<Database>, most: number, after: Place | undefined) {
  const rows = db
    .selectFrom('vaultVersion')
    .leftJoin('contentItem', 'contentItem.id', 'vaultVersion.contentItemId')
    .select(['vaultVersion.vaultId', 'vaultVersion.major', 'vaultVersion.minor', 'vaultVersion.contentItemId'])
    .select(['quarantine', 'quarantinedAt', 'releasedBy', 'contentItem.title'])
    .where('quarantine', 'is not', null)
    .where('quarantine', '!=', 'braked')
    .orderBy('quarantinedAt', 'desc')
    .orderBy('vaultVersion.vaultId', 'desc')
    .orderBy('vaultVersion.major', 'desc')
    .orderBy('vaultVersion.minor', 'desc')
    .limit(most)
  if (!after) return rows.execute()
  const { at, vaultId, major, minor } = after
  return rows
    .where(sql<boolean>`(quarantined_at, vault_id, major, minor) < (${at}, ${vaultId}, ${major}, ${minor})`)
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
export async function findOfficers(db: Kysely<Database>, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    .where('personRole.role', '=', 'compliance_officer')
    .where('person.status', '=', 'active')
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .execute()
  return rows.map(({ id }) => id)
}
