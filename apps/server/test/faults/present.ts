import { randomUUID } from 'node:crypto'
import { buildCompany, buildOrdinary, buildPiece, changePiece } from '../builders.ts'
import { publicUrl, startTestServer, type TestServer } from '../test-server.ts'

/** A company in the real present, for servers that live by the real clock: no quiet hours, pieces that never expire. */
export async function startInPresent(policy: { sendsPerMonth?: number } = {}): Promise<TestServer> {
  const server = await startTestServer()
  server.clock.at = new Date()
  await buildCompany(server, { quietFrom: 0, quietUntil: 0, ...policy })
  await server.owner
    .updateTable('policy')
    .set({ holdsFrom: new Date(0) })
    .execute()
  return server
}

/** A rep, a doctor who agreed long ago, and a piece that may go today. */
export async function buildPresent(server: TestServer) {
  server.clock.at = new Date()
  const ordinary = await buildOrdinary(server)
  await server.owner.updateTable('person').set({ filedUntil: null }).where('id', '=', ordinary.repId).execute()
  await server.owner
    .updateTable('consent')
    .set({ statedAt: new Date(1_000), recordedAt: new Date(1_000) })
    .where('accountId', '=', ordinary.accountId)
    .execute()
  await makeCurrent(server, ordinary.contentItemId)
  return ordinary
}
export type Present = Awaited<ReturnType<typeof buildPresent>>

export async function buildPresentPiece(server: TestServer): Promise<string> {
  const id = await buildPiece(server)
  await makeCurrent(server, id)
  return id
}

const makeCurrent = (server: TestServer, contentItemId: string): Promise<void> =>
  changePiece(server, contentItemId, { effectiveAt: null, expiresAt: null })

export const asking = ({ externalUserId, contentItemId }: Pick<Present, 'externalUserId' | 'contentItemId'>) => ({
  ...{ requestId: randomUUID(), externalUserId, contentItemId },
  ...{ kind: 'news' as const, entry: 'single_chat_tools' as const, again: true },
})
export type Asked = ReturnType<typeof asking>

type Told = { status: number; body: { outcome?: string; sendId?: string; error?: string } }

/** Asks one server once. `status` 0 is a connection that ended without an answer. */
export async function askAt(url: string, cookie: string, asked: Asked): Promise<Told> {
  try {
    const answer = await fetch(`${url}/api/rep/sends`, {
      method: 'POST',
      headers: { cookie, origin: publicUrl, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    return { status: answer.status, body: (await answer.json()) as Told['body'] }
  } catch {
    return { status: 0, body: {} }
  }
}

/** Asks whichever server `url` names by then, again and again with the same request, until it is decided. */
export async function askUntilDecided(url: () => string, cookie: string, asked: Asked): Promise<Told> {
  for (;;) {
    const told = await askAt(url(), cookie, asked)
    if (told.status !== 0 && told.status !== 503) return told
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
