import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildRep } from '../../test/builders.ts'
import { memoryFiles } from '../../test/memory-files.ts'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import { anyPdf, hashOf, partBytes, uploader } from '../../test/uploads.ts'
import type { Deps } from '../deps.ts'
import type { Files } from '../files/files.ts'
import { assembleUploads } from './assemble-uploads.ts'
import { sweepUploads } from './sweep-uploads.ts'

let server: TestServer
let author: ReturnType<typeof uploader>
beforeAll(async () => {
  server = await startTestServer()
  const personId = await buildRep(server, { roles: ['author'] })
  author = uploader({ url: server.url, cookie: await server.signIn(personId, 'console') })
})
afterAll(() => server.stop())

/** Steps are statements and what is asked of the store. From step `at` on nothing is done any more. */
function stoppingAt(deps: Deps, at: number, when: 'before' | 'after') {
  let step = 0
  const fallen = () => new Error('stopped')
  const files = Object.fromEntries(
    Object.entries(deps.files).map(([name, act]) => [
      name,
      async (...asked: unknown[]) => {
        step += 1
        if (step > at || (step === at && when === 'before')) throw fallen()
        const answer = await (act as (...asked: unknown[]) => Promise<unknown>)(...asked) // whatever the store offers
        if (step === at) throw fallen()
        return answer
      },
    ]),
  ) as unknown as Files // the same functions, each of which may fall
  const db = deps.db.withPlugin({
    transformQuery: ({ node }) => {
      step += 1
      if (step >= at) throw fallen()
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { deps: { ...deps, files, db }, wentOn: () => step < at }
}

describe('a process that is stopped while it makes one file of the parts', () => {
  it.each(['before', 'after'] as const)('%s any step leaves all or nothing, and the next one ends it', async (when) => {
    let steps = 0
    for (let at = 1; ; at += 1) {
      const kept = new Map<string, Buffer>()
      const inspect = async () => ({ format: 'pdf' as const, seconds: 0 })
      Object.assign(server.deps, { files: memoryFiles(kept), renditions: { inspect } })
      const file = anyPdf(partBytes + 1)
      const name = `content/${hashOf(file)}`
      const uploadId = await author.whole(file)

      const stopping = stoppingAt(server.deps, at, when)
      await assembleUploads(stopping.deps).catch((fault: Error) => expect(fault.message).toBe('stopped'))
      const row = await server.db
        .selectFrom('storedFile')
        .select('bytes')
        .where('fileHash', '=', hashOf(file))
        .executeTakeFirst()
      if (row) expect(kept.get(name)?.equals(file), `step ${at}: a row without its bytes`).toBe(true)
      expect((await author.look(uploadId)).body.stored, `step ${at}: stored without a row`).toBe(row !== undefined)

      await assembleUploads(server.deps)
      await sweepUploads(server.deps)
      expect((await author.look(uploadId)).body).toMatchObject({ stage: 'stored', fileHash: hashOf(file), have: [] })
      expect([...kept.keys()], `step ${at}: something is left`).toEqual([name])
      const told = await server.db.selectFrom('auditEntry').select('event').where('subjectId', '=', uploadId).execute()
      expect(told).toEqual([{ event: 'file.stored' }])
      if (stopping.wentOn()) break
      steps = at
    }
    expect(steps).toBeGreaterThan(10)
  })
})
