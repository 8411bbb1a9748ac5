import { readdirSync, readFileSync, rmSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildRep } from '../builders.ts'
import { film } from '../hostile/video-files.ts'
import { keys, startS3, type S3 } from '../s3/s3-server.ts'
import type { TestServer } from '../test-server.ts'
import { hashOf, uploader } from '../uploads.ts'
import { startInPresent } from './present.ts'
import { builtFolder, buildServer, startRealServer, type RealServer } from './real-server.ts'

const mb = 1024 * 1024
let program: string
let world: TestServer
let root: string
let cookie: string
const running: RealServer[] = []

beforeAll(async () => {
  program = buildServer()
  world = await startInPresent()
  root = mkdtempSync(join(tmpdir(), 'vouch-files-'))
  cookie = await world.signIn(await buildRep(world, { roles: ['author'] }), 'console')
})
afterEach(stopAll)
afterAll(async () => {
  await world.stop()
  for (const folder of [builtFolder, root]) rmSync(folder, { recursive: true, force: true })
})

async function stopAll(): Promise<void> {
  for (const server of running.splice(0)) {
    server.kill()
    await server.ended
  }
}

/** A server; what another one held when it was killed is free, as it is after two minutes. */
async function start(changed: Record<string, string> = {}): Promise<RealServer> {
  await world.owner
    .updateTable('job')
    .set({ owner: null, ownedUntil: new Date(0), runAt: new Date(0) })
    .execute()
  const server = await startRealServer(program, world, { FILES_URL: `file:${root}`, ...changed })
  running.push(server)
  return server
}

/** A film that plays, as long as is asked; no two are the same. */
function longFilm(bytes: number): Buffer {
  const shown = film()
  const rest = Buffer.alloc(bytes - shown.length, Math.random().toString())
  rest.writeUInt32BE(rest.length, 0)
  rest.write('mdat', 4)
  return Buffer.concat([shown, rest])
}

async function untilSettled(client: ReturnType<typeof uploader>, uploadId: string) {
  for (;;) {
    const { body } = await client.look(uploadId)
    if (body.stage !== 'checking') return body
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  )

describe('the server is killed', () => {
  it('between two parts: the next one has the parts before, and goes on', async () => {
    const file = longFilm(8 * mb + 5)
    const first = uploader({ url: (await start()).url, cookie })
    const { uploadId } = (await first.open(file, { fileName: '短片.mp4' })).body
    for (const number of [1, 2, 3]) await first.part(uploadId, number, file.subarray((number - 1) * mb, number * mb))
    await stopAll()

    const second = uploader({ url: (await start()).url, cookie })
    const { have } = (await second.look(uploadId)).body
    expect(have).toEqual([1, 2, 3])
    await second.send(uploadId, file, have)
    await second.close(uploadId)
    expect(await untilSettled(second, uploadId)).toMatchObject({
      stage: 'stored',
      fileHash: hashOf(file),
      problem: null,
    })
    expect(hashOf(readFileSync(join(root, 'content', hashOf(file))))).toBe(hashOf(file))
    await vi.waitFor(() => expect(filesBelow('uploads')).toEqual([]), 10_000)
  })

  it.each([30, 100, 200, 350])(
    '%i ms after the end was told: the next one ends it, and nothing is half',
    async (afterMs) => {
      const file = longFilm(16 * mb + afterMs)
      const first = uploader({ url: (await start()).url, cookie })
      const { uploadId } = (await first.open(file, { fileName: 'film.mp4' })).body
      await first.send(uploadId, file)
      await first.close(uploadId)
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      await stopAll()
      const stored = await world.owner.selectFrom('storedFile').select('fileHash').execute()
      for (const { fileHash } of stored) expect(hashOf(readFileSync(join(root, 'content', fileHash)))).toBe(fileHash)

      const second = uploader({ url: (await start()).url, cookie })
      expect(await untilSettled(second, uploadId)).toMatchObject({ stage: 'stored', fileHash: hashOf(file) })
      await vi.waitFor(() => expect(filesBelow('uploads')).toEqual([]), 10_000)
      expect(filesBelow('.incoming').length).toBeLessThanOrEqual(4) // halves without a name, gone after a day
    },
  )
})

describe.each(['a folder', 'an S3 bucket'])('200 MB on their way into %s', (store) => {
  let s3: S3 | undefined
  let server: RealServer
  let client: ReturnType<typeof uploader>
  let uploadId: string
  const file = longFilm(200 * mb)
  beforeAll(async () => {
    s3 = store === 'a folder' ? undefined : await startS3()
    if (s3) s3.pageKeys = 1_000
    server = await start(s3 ? { FILES_URL: s3.url, FILES_KEY_ID: keys.id, FILES_KEY_SECRET: keys.secret } : {})
    client = uploader({ url: server.url, cookie })
    uploadId = (await client.open(file, { fileName: 'film.mp4' })).body.uploadId
    await client.send(uploadId, file)
  })
  afterAll(() => s3?.stop())

  it('are stored whole, and the server never held more than 256 MB in all', async () => {
    await client.close(uploadId)
    expect(await untilSettled(client, uploadId)).toMatchObject({ stage: 'stored', fileHash: hashOf(file) })
    const most = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024
    console.info(`${store}: most memory of the server ${Math.round(most)} MB`)
    expect(most).toBeLessThan(256)
    const name = `content/${hashOf(file)}`
    expect(s3 ? s3.objects.get(`kept/${name}`)?.length : statSync(join(root, name)).size).toBe(file.length)
    if (s3) await vi.waitFor(() => expect([...s3!.objects.keys()]).toEqual([`kept/${name}`]), 10_000)
  })
})
