import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { idOf, loadReadableLink, shownItem, type Reader } from './reader.ts'

/**
 * Fact O: the addressee looked at the live page for two seconds. It exists once for a send, however often and from how
 * many browsers it is reported; every opening is a visit of its own. The same `openingId` twice is the same opening.
 */
export async function recordOpening(
  deps: Deps,
  reader: Reader,
  asked: { token: string; openingId: string },
): Promise<void> {
  const link = await loadReadableLink(deps, reader, asked.token)
  const { sendId, accountId, externalUserId } = link
  const at = deps.now()
  await transact(deps.db, async (trx) => {
    // The fact's id is the send's own, so ten reports at once still make one fact: the key decides, not a read before.
    await trx
      .insertInto('fact')
      .ignore()
      .values({
        sendId,
        kind: 'O',
        factId: sendId,
        author: accountId ?? 'hcp',
        at,
        clientAt: null,
        seenExternalUserId: externalUserId,
      })
      .execute()
    await trx
      .insertInto('linkVisit')
      .ignore()
      .values({
        ...{ id: idOf(sendId, asked.openingId), sendId, visitor: 'addressee', visitedAt: at },
        contentItemId: shownItem(link),
      })
      .execute()
  })
}
