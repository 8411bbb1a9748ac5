import type { PolicySettings } from '@vouch/contract'
import { startOfShanghaiDay } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { noCounts } from './preview-counts.ts'

const daysBack = 90

type Asked = { me: Session; requestId: string; settings: PolicySettings; baseVersion: number }

/** Begins a count over the last 90 Shanghai days up to now. The same request is one preview. */
export async function insertPreview(
  trx: Transaction<Database>,
  { newId, now }: Deps,
  { me, requestId, settings, baseVersion }: Asked,
): Promise<string> {
  const id = newId()
  const at = now()
  const { doctors } = await trx
    .selectFrom('account')
    .select((row) => row.fn.countAll<number>().as('doctors'))
    .where('mergedInto', 'is', null)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('policyPreview')
    .values({
      ...{ id, requestId, askedBy: me.personId, baseVersion, settings: JSON.stringify(settings), stage: 'running' },
      ...{ fromAt: startOfShanghaiDay(at, -daysBack), untilAt: at, doctors: Number(doctors), createdAt: at },
      ...{ doneAt: null, counts: JSON.stringify(noCounts()), examples: '[]' },
    })
    .execute()
  return id
}

export function findPreview(db: Kysely<Database>, previewId: string) {
  return db
    .selectFrom('policyPreview')
    .select(['id', 'settings', 'stage', 'fromAt', 'untilAt', 'doctors', 'doctorsDone', 'counts', 'examples'])
    .where('id', '=', previewId)
    .executeTakeFirst()
}

/** JSON comes parsed from MySQL and as text from MariaDB; written by this room alone. */
export const readJson = <T>(kept: unknown): T => (typeof kept === 'string' ? JSON.parse(kept) : kept) as T
