import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { syncVault } from './sync-vault.ts'

const name = 'asked-vault-cycle'

/** Has the next cycle begin within seconds: a person changed or released something and waits for it. */
export async function askForCycle(db: Kysely<Database>): Promise<void> {
  const past = new Date(0)
  const row = { name, owner: null, ownedUntil: past, runAt: past, lastDoneAt: null, problem: null }
  await db
    .insertInto('job')
    .values({ ...row, cursorValue: 'asked' })
    .onDuplicateKeyUpdate({ cursorValue: 'asked' })
    .execute()
}

/** Runs a cycle ahead of its time when somebody asked for it, or when the pages of what waits were drawn meanwhile. */
export async function runAskedCycle(deps: Deps): Promise<void> {
  if (!deps.vault) return
  const { numUpdatedRows } = await deps.db
    .updateTable('job')
    .set({ cursorValue: '' })
    .where('name', '=', name)
    .where('cursorValue', '=', 'asked')
    .executeTakeFirst()
  if (numUpdatedRows > 0n || (await someAreDrawn(deps))) await syncVault(deps)
}

async function someAreDrawn({ db, now }: Deps): Promise<boolean> {
  const row = await db
    .selectFrom('vaultVersion')
    .innerJoin('rendition', 'rendition.fileHash', 'vaultVersion.renditionHash')
    .select('vaultVersion.vaultId')
    .where('vaultVersion.contentItemId', 'is', null)
    .where('vaultVersion.quarantine', 'is', null)
    .where('rendition.state', 'in', ['done', 'failed'])
    .whereRef('rendition.doneAt', '>=', 'vaultVersion.provedAt')
    .where('rendition.doneAt', '>', new Date(now().getTime() - 60_000))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
