import type { Deps } from '../deps.ts'
import type { Session } from '../people/sessions.ts'
import { loadOfficeRoles } from '../people/role-queries.ts'
import { openPageImage } from './page-image.ts'

/** One page image of any version, drafts too, for somebody of the office. */
export async function openOfficePage(
  deps: Deps,
  me: Session,
  asked: { contentItemId: string; number: number; width: number },
) {
  await loadOfficeRoles(deps.db, me.personId, deps.now())
  return openPageImage(deps, asked)
}
