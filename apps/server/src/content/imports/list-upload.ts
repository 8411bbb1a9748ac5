import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'

const atOnce = 500

/** A list this person uploaded. Throws `upload_not_found`. */
export async function loadListUpload({ db }: Pick<Deps, 'db'>, me: Session, uploadId: string) {
  const list = await db
    .selectFrom('upload')
    .select(['id', 'fileName', 'fileHash'])
    .where('id', '=', uploadId)
    .where('personId', '=', me.personId)
    .where('purpose', '=', 'import')
    .where('state', '=', 'stored')
    .executeTakeFirst()
  if (!list?.fileHash) throw new AppError('upload_not_found')
  return { ...list, fileHash: list.fileHash }
}

/** Of these names those under which this person has a stored file, each after its purpose. */
export async function findStoredNames(db: Kysely<Database>, personId: string, names: string[]): Promise<Set<string>> {
  const stored = new Set<string>()
  for (let from = 0; from < names.length; from += atOnce) {
    const rows = await db
      .selectFrom('upload')
      .select(['purpose', 'fileName'])
      .distinct()
      .where('personId', '=', personId)
      .where('fileName', 'in', names.slice(from, from + atOnce))
      .where('state', '=', 'stored')
      .execute()
    for (const { purpose, fileName } of rows) stored.add(`${purpose} ${fileName}`)
  }
  return stored
}
