import { rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from '../invariants.ts'
import { publicUrl, type TestServer } from '../test-server.ts'
import { askAt, asking, buildPresent, buildPresentPiece, startInPresent, type Asked } from './present.ts'
import { builtFolder, buildServer, startRealServer, type RealServer } from './real-server.ts'

let world: TestServer
let program: string
let server: RealServer
beforeAll(async () => {
  program = buildServer()
  world = await startInPresent({ sendsPerMonth: 2_000 })
  server = await startRealServer(program, world)
})
afterAll(async () => {
  server.kill()
  await server.ended
  await world.stop()
  rmSync(builtFolder, { recursive: true, force: true })
})
afterEach(() => expectInvariants(world.owner))

/** A connection on which the test writes bytes itself; resolves `answer` when the server closed it. */
function dial(): { socket: Socket; answer: Promise<string> } {
  const socket = connect(server.port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(part)).on('error', () => {})
  const answer = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(Buffer.concat(parts).toString('utf8')))
  })
  return { socket, answer }
}
const statusOf = (answer: string) => Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1])

describe('[A24] a slow or swollen client', () => {
  it('who never ends the headers, the body, or sends nothing more, is let go within twelve seconds', async () => {
    const begun = performance.now()
    const [headers, body, drip] = [dial(), dial(), dial()]
    headers.socket.write('POST /api/rep/sends HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const { cookie } = await buildPresent(world)
    const head = `POST /api/rep/sends HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nOrigin: ${publicUrl}\r\n`
    const half = `${head}Content-Type: application/json\r\nContent-Length: 400\r\n\r\n{"requestId":`
    for (const { socket } of [body, drip]) socket.write(half)
    const dripping = setInterval(() => drip.socket.write(' '), 300)
    const answers = await Promise.all([headers.answer, body.answer, drip.answer])
    clearInterval(dripping)
    expect(answers.map(statusOf)).toEqual([408, 408, 408])
    expect(performance.now() - begun).toBeLessThan(12_000)
  })

  it('with a header of a megabyte gets 431 and the server stays as it is', async () => {
    const { socket, answer } = dial()
    socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(1024 * 1024)}\r\n\r\n`)
    expect(statusOf(await answer)).toBe(431)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it('who opens two hundred connections and says nothing keeps nobody waiting', async () => {
    const rep = await buildPresent(world)
    const silent = Array.from({ length: 200 }, () => dial())
    await Promise.all(silent.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
    const begun = performance.now()
    const answers = await Promise.all(Array.from({ length: 10 }, () => askAt(server.url, rep.cookie, asking(rep))))
    expect(answers.map((answer) => answer.body.outcome)).toEqual(Array.from({ length: 10 }, () => 'authorised'))
    expect(performance.now() - begun).toBeLessThan(3_000)
    for (const { socket } of silent) socket.destroy()
  })

  it('who goes away in the middle of a request leaves nothing behind', async () => {
    const rep = await buildPresent(world)
    const body = JSON.stringify(asking(rep))
    const head = `POST /api/rep/sends HTTP/1.1\r\nHost: x\r\nCookie: ${rep.cookie}\r\nOrigin: ${publicUrl}\r\n`
    for (const { socket } of Array.from({ length: 20 }, () => dial())) {
      socket.end(`${head}Content-Type: application/json\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`)
    }
    expect((await askAt(server.url, rep.cookie, asking(rep))).body.outcome).toBe('authorised')
    const sends = await world.owner.selectFrom('send').select('id').where('repId', '=', rep.repId).execute()
    expect(sends).toHaveLength(1)
  })
})

describe('[F33] the server is told to stop', () => {
  /** One tap on a kept connection. 'lost' is a connection that ended before the answer was whole. */
  function tap(agent: Agent, to: RealServer, cookie: string, asked: Asked): Promise<'answered' | 'lost'> {
    return new Promise((resolve) => {
      const sent = request(
        `${to.url}/api/rep/sends`,
        { method: 'POST', agent, headers: { cookie, origin: publicUrl, 'content-type': 'application/json' } },
        (answer) => {
          let text = ''
          answer.on('data', (part: Buffer) => (text += part.toString()))
          answer.on('close', () => resolve(answer.complete && text.endsWith('}') ? 'answered' : 'lost'))
        },
      )
      sent.on('error', () => resolve('lost'))
      sent.end(JSON.stringify(asked))
    })
  }

  it('under load: whatever it took on is answered whole, it ends within ten seconds, and nothing is done in secret', async () => {
    const stopping = await startRealServer(program, world)
    const reps = await Promise.all(Array.from({ length: 16 }, () => buildPresent(world)))
    await Promise.all(reps.map(() => buildPresentPiece(world)))
    const agent = new Agent({ keepAlive: true, maxSockets: 16 })
    const answered = new Set<string>()
    const lost = new Set<string>()
    let told: number | undefined
    const work = async (rep: (typeof reps)[number]) => {
      for (let nth = 0; nth < 200 && lost.size < 40; nth += 1) {
        const asked = asking(rep)
        const how = await tap(agent, stopping, rep.cookie, asked)
        ;(how === 'answered' ? answered : lost).add(asked.requestId)
        if (how === 'lost') return
        if (answered.size === 60) {
          told = performance.now()
          stopping.terminate()
        }
      }
    }
    await Promise.all(reps.map(work))
    expect(await stopping.ended).toBe(0)
    expect(performance.now() - told!).toBeLessThan(10_000)
    agent.destroy()

    expect(answered.size).toBeGreaterThanOrEqual(60)
    const decided = await world.owner
      .selectFrom('send')
      .select('requestId')
      .where(
        'repId',
        'in',
        reps.map((rep) => rep.repId),
      )
      .execute()
    expect(decided.map((send) => send.requestId).filter((id) => lost.has(id))).toEqual([])
    const finished = stopping.lines.filter((line) => line.includes('"route":"/api/rep/sends"'))
    expect(finished).toHaveLength(answered.size)
    expect(stopping.lines.at(-1)).toContain('"stopped"')
  })
})
