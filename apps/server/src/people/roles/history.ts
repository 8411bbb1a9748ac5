import type { RoleStep } from '@vouch/contract'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { readCodes } from './role-rows.ts'

/** More than that nobody has; the newest are shown. */
const mostSteps = 500

/** What became of somebody's roles, in its order. */
export async function findHistory(db: Kysely<Database>, personId: string): Promise<RoleStep[]> {
  const rows = await stepsOf(db, [personId]).orderBy('roleStep.id', 'desc').limit(mostSteps).execute()
  return rows.reverse().map(asStep)
}

/** The same of several people, by person. */
export async function findHistories(
  db: Kysely<Database>,
  personIds: readonly string[],
): Promise<Map<string, RoleStep[]>> {
  const histories = new Map<string, RoleStep[]>()
  if (personIds.length === 0) return histories
  const rows = await stepsOf(db, personIds).orderBy('roleStep.id').execute()
  for (const row of rows) histories.set(row.personId, [...(histories.get(row.personId) ?? []), asStep(row)])
  return histories
}

type Row = Awaited<ReturnType<ReturnType<typeof stepsOf>['execute']>>[number]

const stepsOf = (db: Kysely<Database>, personIds: readonly string[]) =>
  db
    .selectFrom('roleStep')
    .leftJoin('person as asker', 'asker.id', 'roleStep.proposedBy')
    .leftJoin('person as decider', 'decider.id', 'roleStep.decidedBy')
    .select(['roleStep.personId', 'roleStep.at', 'roleStep.what', 'roleStep.role', 'roleStep.until'])
    .select(['roleStep.territories', 'roleStep.reason', 'asker.name as askedBy', 'decider.name as decidedBy'])
    .where('roleStep.personId', 'in', [...personIds])

const asStep = ({ at, what, role, until, territories, reason, askedBy, decidedBy }: Row): RoleStep => ({
  ...{ at, what, role, until, reason, territories: readCodes(territories) },
  ...{ askedBy: askedBy ?? '', decidedBy: decidedBy ?? '' },
})
