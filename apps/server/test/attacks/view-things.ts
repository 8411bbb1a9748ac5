import type { TestServer } from '../test-server.ts'

/** A view that somebody keeps. */
export async function buildView({ owner, deps }: TestServer, personId: string) {
  const viewId = deps.newId()
  await owner
    .insertInto('savedView')
    .values({ id: viewId, personId, list: 'content', name: '快到期', asks: 'show=expiring', savedAt: deps.now() })
    .execute()
  return { viewId, asks: 'show=approved' }
}
