import type { Insertable, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { SafetyStepTable } from '../../db/tables/evidence.ts'
import type { Deps } from '../../deps.ts'

/** Writes a step of a report; false when it was written before. */
export async function addStep(
  { newId }: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  step: Omit<Insertable<SafetyStepTable>, 'id' | 'toPerson' | 'personId'> & { personId?: string; toPerson?: string },
): Promise<boolean> {
  const row = { id: newId(), ...step, personId: step.personId ?? null, toPerson: step.toPerson ?? null }
  const added = await trx.insertInto('safetyStep').ignore().values(row).executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Of a task that calls nobody any more. */
export const never = new Date('9999-12-31T00:00:00.000Z')
