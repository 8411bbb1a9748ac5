import type { TestServer } from '../test-server.ts'

/** A kind somebody may choose for, and an app message to them that never arrived. */
export async function buildNoticeThings({ owner, deps }: TestServer, personId: string, face: 'rep' | 'console') {
  const [noticeId, at] = [deps.newId(), deps.now()]
  const given = { problem: 'gave_up', attempts: 24, runAt: new Date('9999-12-31T00:00:00.000Z'), ownedUntil: at }
  await owner
    .insertInto('outbox')
    .values({
      ...{ id: noticeId, kind: 'consent', toPerson: personId, subjectId: noticeId, body: '{}', createdAt: at },
      ...given,
    })
    .execute()
  return { noticeId, kind: face === 'rep' ? 'consent' : 'review' }
}
