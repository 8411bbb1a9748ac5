import type { Deps } from '../deps.ts'

/**
 * Gives an installation the row of its company, yet without a name, before anybody works: what holds for all is decided
 * one after the other by its lock. Whichever server comes second leaves what is there.
 */
export async function foundCompany({ db }: Pick<Deps, 'db'>): Promise<void> {
  await db.insertInto('company').ignore().values({ id: 1, name: '', nameEn: '' }).execute()
}
