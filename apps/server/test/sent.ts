import { ulid } from 'ulid'
import { buildAccount, buildContact } from './builders.ts'
import { morning, type TestServer } from './test-server.ts'

export type Sent = { kind?: 'news' | 'file'; opened?: Date | null; showing?: string | null; outcome?: 'K' | 'C' | null }

/** A doctor of this rep who was sent the piece, with what became of it; null: nothing is known yet. */
export async function addSent(
  server: TestServer,
  repId: string,
  contentItemId: string,
  { kind = 'news', opened, showing, outcome = 'K' }: Sent,
) {
  const accountId = await buildAccount(server, { name: '赵敏' })
  const externalUserId = await buildContact(server, repId, accountId)
  const sendId = ulid()
  const { documentId } = await server.db
    .selectFrom('contentItem')
    .select('documentId')
    .where('id', '=', contentItemId)
    .executeTakeFirstOrThrow()
  await server.db
    .insertInto('send')
    .values({
      ...{ id: sendId, requestId: crypto.randomUUID(), bodyHash: '0'.repeat(64), repId, externalUserId, accountId },
      ...{ contentItemId, documentId, class: 'scientific', kind, outcome: 'authorised', mediaId: null },
      ...{ messageDigest: null, policyVersion: 1, weighed: '{}', decidedAt: morning },
    })
    .execute()
  const fact = { sendId, author: 'x', clientAt: null, seenExternalUserId: null }
  await server.db
    .insertInto('fact')
    .values(
      ['A' as const, ...(outcome ? [outcome] : [])].map((one) => ({ ...fact, kind: one, factId: one, at: morning })),
    )
    .execute()
  if (opened) {
    await server.db
      .insertInto('fact')
      .values({ ...fact, kind: 'O', factId: sendId, at: opened })
      .execute()
    const visit = { id: ulid(), sendId, visitor: 'addressee' as const, visitedAt: opened }
    await server.db
      .insertInto('linkVisit')
      .values({ ...visit, contentItemId: showing ?? null })
      .execute()
  }
  return { accountId, externalUserId, sendId }
}
/** A page was before the doctor's eyes; `contentItemId` where another version than the one sent was shown. */
export const addRead = (server: TestServer, sendId: string, page: number, contentItemId: string | null = null) =>
  server.db
    .insertInto('pageView')
    .values({ sendId, page, viewId: ulid(), visibleMs: 3_000, viewedAt: morning, contentItemId })
    .execute()

type NoticeSend = { accountId: string; contentItemId: string; at: Date; outcome?: 'K' | 'C' }

/** A send of a piece to a doctor, handed to WeCom unless it says otherwise. */
export async function addNoticeSend(
  server: TestServer,
  repId: string,
  { accountId, contentItemId, at, outcome = 'K' }: NoticeSend,
): Promise<void> {
  const { documentId } = await server.db
    .selectFrom('contentItem')
    .select('documentId')
    .where('id', '=', contentItemId)
    .executeTakeFirstOrThrow()
  const id = ulid()
  const ids = { id, requestId: crypto.randomUUID(), bodyHash: '0'.repeat(64), repId, externalUserId: 'x', accountId }
  const what = { contentItemId, documentId, class: 'scientific' as const, kind: 'news' as const }
  const decided = {
    outcome: 'authorised' as const,
    mediaId: null,
    messageDigest: null,
    policyVersion: 1,
    weighed: '{}',
  }
  await server.db
    .insertInto('send')
    .values({ ...ids, ...what, ...decided, decidedAt: at })
    .execute()
  const fact = { sendId: id, author: 'x', clientAt: null, seenExternalUserId: null, at }
  await server.db
    .insertInto('fact')
    .values((['A', outcome] as const).map((kind) => ({ ...fact, kind, factId: kind })))
    .execute()
}
