import type { Deps } from '../deps.ts'
import { uploadName } from '../files/file-names.ts'

const atOnce = 100

/** Forgets uploads nobody went on with, and takes away what a stopped process left of settled ones. */
export async function sweepUploads(deps: Deps): Promise<void> {
  for (const { id } of await findOver(deps)) {
    await deps.files.remove(uploadName(id))
    await deps.db.updateTable('upload').set({ state: 'gone' }).where('id', '=', id).execute()
    await clearAway(deps, id)
  }
  for (const { id } of await findUncleared(deps)) await clearAway(deps, id)
}

/** The bytes first: as long as a row names a part, somebody comes back for it. */
export async function clearAway({ db, files }: Deps, uploadId: string): Promise<void> {
  const upload = await db.selectFrom('upload').select('state').where('id', '=', uploadId).executeTakeFirst()
  if (upload?.state === 'open' || upload?.state === 'checking') return
  await files.remove(uploadName(uploadId))
  await db.deleteFrom('uploadPart').where('uploadId', '=', uploadId).execute()
}

/** One that is being checked is never over: its parts are all there. */
function findOver({ db, now }: Deps) {
  return db
    .selectFrom('upload')
    .select('id')
    .where('state', 'in', ['open', 'stored', 'refused'])
    .where('endsAt', '<', now())
    .limit(atOnce)
    .execute()
}

function findUncleared({ db }: Deps) {
  return db
    .selectFrom('upload')
    .innerJoin('uploadPart', 'uploadPart.uploadId', 'upload.id')
    .select('upload.id')
    .distinct()
    .where('upload.state', 'in', ['stored', 'refused', 'gone'])
    .limit(atOnce)
    .execute()
}
