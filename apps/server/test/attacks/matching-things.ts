import { randomUUID } from 'node:crypto'
import { buildAccount, buildContact, buildRep } from '../builders.ts'
import type { TestServer } from '../test-server.ts'

/** A match that waits for a second look, and a request for a doctor who is not in the list, both of another rep. */
export async function buildMatching(server: TestServer) {
  const { owner, deps } = server
  const [matchId, changeId, at] = [deps.newId(), deps.newId(), deps.now()]
  const [repId, accountId] = [await buildRep(server), await buildAccount(server)]
  const externalUserId = await buildContact(server, repId, null)
  const unseen = { reviewedBy: null, reviewedAt: null, endedBy: null, endedAt: null }
  await owner
    .insertInto('contactMatch')
    .values({
      ...{ id: matchId, requestId: randomUUID(), externalUserId, accountId, life: 'waiting', liveFor: externalUserId },
      ...{ reasons: 'surname', strong: 0, proposedBy: repId, proposedAt: at, ...unseen },
    })
    .execute()
  await owner
    .updateTable('externalContact')
    .set({ waitingMatchId: matchId })
    .where('externalUserId', '=', externalUserId)
    .execute()
  const undecided = { decidedBy: null, decidedAt: null, decisionId: null, photoHash: null }
  await owner
    .insertInto('accountChange')
    .values({
      ...{
        id: changeId,
        requestId: randomUUID(),
        repId,
        kind: 'new',
        externalUserId,
        accountId: null,
        life: 'waiting',
      },
      ...{ name: '甲', hospital: '乙', openFor: `${repId} ${externalUserId}`, askedAt: at, ...undecided },
    })
    .execute()
  return { matchId, changeId }
}
