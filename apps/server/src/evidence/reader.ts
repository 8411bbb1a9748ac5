import { createHash } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { linkState } from '@vouch/rules'
import { resolveShown, type ShownLink } from './resolve-shown.ts'
import { findLink } from './queries.ts'

/** Who this browser was recognised as (an external userid), or undefined when it is not known. */
export type Reader = string | undefined

/** The send a token claims, and whether its proof holds. Both are looked up alike, so that neither is faster. */
export function readToken({ secrets }: Pick<Deps, 'secrets'>, token: string): { claimed: string; genuine: boolean } {
  return { claimed: token.slice(0, 26), genuine: secrets.sendOfLinkToken(token) !== undefined }
}

/**
 * The link, for what only the recognised addressee may do. Throws `send_not_found` alike for an invented link, a stranger
 * and another doctor, and `link_not_live` when the addressee may not read it any more.
 */
export async function loadReadableLink(deps: Deps, reader: Reader, token: string): Promise<ShownLink> {
  const link = await loadAddressedLink(deps, reader, token)
  if (linkState(link, deps.now()) !== 'live') throw new AppError('link_not_live')
  return link
}

/** What an opening or a look is recorded about: nothing named is what was sent. */
export const shownItem = (link: ShownLink): string | null => (link.sent ? link.contentItemId : null)

/** The link whatever its state, for its recognised addressee; `send_not_found` for everybody else. */
export async function loadAddressedLink(deps: Deps, reader: Reader, token: string): Promise<ShownLink> {
  const { claimed, genuine } = readToken(deps, token)
  const link = await findLink(deps.db, claimed)
  if (!genuine || !link || !reader || link.externalUserId !== reader) throw new AppError('send_not_found')
  return resolveShown(deps.db, link, deps.now())
}

/** An id that is the same for the same parts, so that a repetition finds itself already written. */
export function idOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 26)
}
