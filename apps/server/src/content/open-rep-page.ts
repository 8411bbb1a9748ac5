import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'
import { readReach } from '../sends/chat-queries.ts'
import { openPageImage } from './page-image.ts'
import { findPiece } from './queries.ts'

/** One page image for a rep's own look at a piece within their reach. This way is never counted as an opening. */
export async function openRepPage(
  deps: Deps,
  rep: Session,
  asked: { contentItemId: string; number: number; width: number },
) {
  const { rep: scope } = await readReach(deps, rep)
  if (!(await findPiece(deps.db, scope, asked.contentItemId))) throw new AppError('content_not_found')
  return openPageImage(deps, asked)
}
