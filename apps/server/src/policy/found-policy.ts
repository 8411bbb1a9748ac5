import type { Deps } from '../deps.ts'
import { firstPolicy } from './queries.ts'

/** Gives a company that has no policy its first; whichever server comes second leaves what is there. */
export async function foundPolicy({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const by = { reason: 'Defaults at installation', changedBy: null, approvedBy: null }
  await db
    .insertInto('policy')
    .ignore()
    .values({ version: 1, ...firstPolicy, ...by, holdsFrom: now() })
    .execute()
}
