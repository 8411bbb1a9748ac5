import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { pictureName } from './tend-codes.ts'

/** The QR code of a code for somebody of the office. */
export const openPicture = (deps: Deps, codeId: string): Promise<Buffer> => readPicture(deps, codeId, null)

/** The same for the rep whose own code it is; anybody else's does not exist. */
export const openOwnPicture = (deps: Deps, me: Session, codeId: string): Promise<Buffer> =>
  readPicture(deps, codeId, me.personId)

async function readPicture(deps: Deps, codeId: string, ownOf: string | null): Promise<Buffer> {
  const row = await deps.db
    .selectFrom('contactCode')
    .select('pictureHash')
    .where('id', '=', codeId)
    .$if(ownOf !== null, (rows) => rows.where('ownOf', '=', ownOf))
    .executeTakeFirst()
  if (!row?.pictureHash) throw new AppError('not_found')
  return deps.files.read(pictureName(row.pictureHash))
}
