import { policySettings, policyShape, type PolicySetting, type PolicySettings } from '@vouch/contract'
import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { PolicyTable } from '../db/tables/company.ts'

const columns = ['version', 'holdsFrom', ...policySettings] as const
type SettingRow = Pick<Selectable<PolicyTable>, (typeof columns)[number]>
export type VersionedSettings = { version: number; holdsFrom: Date; settings: PolicySettings }

const settingsOfRow = ({ version, holdsFrom, signInEveryTime, ...row }: SettingRow): VersionedSettings => ({
  ...{ version, holdsFrom },
  settings: { ...row, signInEveryTime: Boolean(signInEveryTime) },
})

/** The newest version, whether it holds already or not. */
export async function loadNewest(db: Kysely<Database>): Promise<VersionedSettings> {
  const row = await db
    .selectFrom('policy')
    .select(columns)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return settingsOfRow(row)
}

export async function loadInForce(db: Kysely<Database>, now: Date): Promise<VersionedSettings> {
  const row = await db
    .selectFrom('policy')
    .select(columns)
    .where('holdsFrom', '<=', now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return settingsOfRow(row)
}

/** Every version by its number, for decisions that were made under it. */
export async function findAllVersions(db: Kysely<Database>): Promise<Map<number, VersionedSettings>> {
  const rows = await db.selectFrom('policy').select(columns).execute()
  return new Map(rows.map((row) => [row.version, settingsOfRow(row)]))
}

/** Versions before a number, newest first. */
export async function findVersions(db: Kysely<Database>, before: number | undefined, limit: number) {
  const rows = await db
    .selectFrom('policy')
    .leftJoin('person as proposer', 'proposer.id', 'policy.changedBy')
    .leftJoin('person as approver', 'approver.id', 'policy.approvedBy')
    .select(columns.map((column) => `policy.${column}` as const))
    .select(['policy.reason', 'proposer.name as proposedBy', 'approver.name as approvedBy'])
    .$if(before !== undefined, (found) => found.where('policy.version', '<', before ?? 0))
    .orderBy('policy.version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ reason, proposedBy, approvedBy, ...row }) => ({
    ...settingsOfRow(row),
    ...{ reason, proposedBy: proposedBy ?? '', approvedBy: approvedBy ?? '' },
  }))
}

/** The settings in something that has more fields than these. */
export const settingsIn = (given: PolicySettings): PolicySettings =>
  Object.fromEntries(policySettings.map((setting) => [setting, given[setting]])) as PolicySettings // every setting there is

/** Settings kept as a snapshot; JSON comes parsed from MySQL and as text from MariaDB. */
export const readSettings = (kept: unknown): PolicySettings =>
  policyShape.parse(typeof kept === 'string' ? JSON.parse(kept) : kept)

export const changedSettings = (before: PolicySettings, after: PolicySettings): PolicySetting[] =>
  policySettings.filter((setting) => before[setting] !== after[setting])

export const differencesOf = (before: PolicySettings, after: PolicySettings) =>
  changedSettings(before, after).map((setting) => ({
    ...{ setting, before: asWord(before[setting]), after: asWord(after[setting]) },
  }))

/** Null is a setting that is off. */
const asWord = (value: PolicySettings[PolicySetting]): string => (value === null ? '' : String(value))
