import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { consentEndpoints } from '@vouch/contract'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { expectInvariants } from '../invariants.ts'
import { buildColleague } from '../office.ts'
import { publicUrl, type TestServer } from '../test-server.ts'
import { openDatabaseWire, type DatabaseWire } from './database-wire.ts'
import {
  askAt,
  asking,
  askUntilDecided,
  buildPresent,
  buildPresentPiece,
  startInPresent,
  type Present,
} from './present.ts'
import { builtFolder, buildServer, startRealServer, type RealServer } from './real-server.ts'

let program: string
let world: TestServer
let wire: DatabaseWire
const running: RealServer[] = []
beforeAll(async () => {
  program = buildServer()
  world = await startInPresent({ sendsPerMonth: 200 })
  wire = await openDatabaseWire(world.applicationUrl)
})
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill()
    await server.ended
  }
  await expectInvariants(world.owner)
})
afterAll(async () => {
  await wire.close()
  await world.stop()
  rmSync(builtFolder, { recursive: true, force: true })
})

async function start(changed: Record<string, string> = {}): Promise<RealServer> {
  const server = await startRealServer(program, world, changed)
  running.push(server)
  return server
}

/** Whether this packet ends the transaction of a send. */
const commitsSend = ({ sql: text, connection }: { sql: string; connection: { seen: string[] } }) =>
  /\bcommit$/i.test(text.trim()) && connection.seen.some((statement) => statement.includes('insert into `send`'))

describe('the server is killed', () => {
  it('[F1] before the commit: nothing is written, and the same request to the next server is one send', async () => {
    const rep = await buildPresent(world)
    const asked = asking(rep)
    const first = await start({ DATABASE_URL: wire.url })
    wire.judge = (packet) => {
      if (!commitsSend(packet)) return 'pass'
      first.kill()
      return 'cut_before'
    }
    expect(await askAt(first.url, rep.cookie, asked)).toEqual({ status: 0, body: {} })
    wire.judge = () => 'pass'
    expect(await first.ended).toBe('SIGKILL')
    expect(await world.owner.selectFrom('send').select('id').where('repId', '=', rep.repId).execute()).toEqual([])

    const second = await start()
    const answer = await askAt(second.url, rep.cookie, asked)
    expect(answer.body.outcome).toBe('authorised')
    expect((await askAt(second.url, rep.cookie, asked)).body).toEqual(answer.body)
    expect(await world.owner.selectFrom('send').select('id').where('repId', '=', rep.repId).execute()).toHaveLength(1)
  })

  it('[F2] after the commit and before the answer: the next server gives the answer of that one send', async () => {
    const rep = await buildPresent(world)
    const asked = asking(rep)
    const first = await start({ DATABASE_URL: wire.url })
    wire.answered = async (packet) => {
      if (!commitsSend(packet)) return
      first.kill()
      await first.ended
    }
    expect((await askAt(first.url, rep.cookie, asked)).status).toBe(0)
    wire.answered = async () => {}
    const [send] = await world.owner.selectFrom('send').select('id').where('repId', '=', rep.repId).execute()

    const second = await start()
    const answers = await Promise.all([1, 2, 3].map(() => askAt(second.url, rep.cookie, asked)))
    for (const { body } of answers) expect(body).toMatchObject({ outcome: 'authorised', sendId: send!.id })
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(await world.owner.selectFrom('send').select('id').where('repId', '=', rep.repId).execute()).toHaveLength(1)
  })
})

describe('two servers', () => {
  /** Many taps at once, some of them before `end` begins and the last eight after it is committed. */
  async function race(taps: (() => Promise<string>)[], end: () => Promise<number>) {
    let answered = 0
    let begin: () => void = () => {}
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const ended = begun.then(end)
    const outcomes = await Promise.all(
      taps.map(async (tap, nth) => {
        if (nth >= taps.length - 8) await ended
        const outcome = await tap()
        answered += 1
        if (answered === 8) begin()
        return outcome
      }),
    )
    const before = await ended
    expect(before).toBeGreaterThanOrEqual(8)
    expect(before).toBeLessThanOrEqual(taps.length - 8)
    expect(outcomes.filter((outcome) => outcome === 'authorised')).toHaveLength(before)
    return before
  }
  const tapAt = ({ url }: RealServer, rep: Present) => {
    const asked = asking(rep)
    return async () => (await askUntilDecided(() => url, rep.cookie, asked)).body.outcome ?? ''
  }
  const countAuthorised = async (trx: TestServer['owner'], column: 'accountId' | 'contentItemId', id: string) => {
    const row = await trx
      .selectFrom('send')
      .select((eb) => eb.fn.countAll<number>().as('sends'))
      .where(column, '=', id)
      .where('outcome', '=', 'authorised')
      .executeTakeFirstOrThrow()
    return Number(row.sends)
  }

  it('[F27] the doctor withdraws among sixty-four taps: each is wholly before or wholly after', async () => {
    const servers = await Promise.all([start(), start()])
    const rep = await buildPresent(world)
    const pieces = await Promise.all(Array.from({ length: 64 }, () => buildPresentPiece(world)))
    const taps = pieces.map((contentItemId, nth) => tapAt(servers[nth % 2]!, { ...rep, contentItemId }))
    const officer = await buildColleague(world, 'compliance')
    let inFlight: unknown[] = []
    const body = JSON.stringify({
      ...{
        requestId: randomUUID(),
        accountId: rep.accountId,
        purposes: ['receive'],
        asked: 'phone',
        reason: '来电要求',
      },
    })
    const before = await race(taps, async () => {
      const headers = { cookie: officer.cookie, origin: publicUrl, 'content-type': 'application/json' }
      const withdraw = () =>
        fetch(servers[1]!.url + consentEndpoints.withdrawConsent.path, { method: 'POST', headers, body })
      let answer = await withdraw()
      while (answer.status === 503) answer = await withdraw()
      inFlight = ((await answer.json()) as { inFlight: unknown[] }).inFlight
      return countAuthorised(world.owner, 'accountId', rep.accountId)
    })
    expect(inFlight, 'every ticket that lived on is named').toHaveLength(before)
    expect(await countAuthorised(world.owner, 'accountId', rep.accountId)).toBe(before)
  })

  it('[F28] the piece is recalled among sixty-four taps of as many reps: none is decided after it', async () => {
    const servers = await Promise.all([start(), start()])
    const contentItemId = await buildPresentPiece(world)
    const reps = await Promise.all(Array.from({ length: 64 }, () => buildPresent(world)))
    const taps = reps.map((rep, nth) => tapAt(servers[nth % 2]!, { ...rep, contentItemId }))
    const before = await race(taps, () =>
      world.owner.transaction().execute(async (trx) => {
        await sql`select id from content_item where id = ${contentItemId} for update`.execute(trx)
        const recalled = { state: 'withdrawn' as const, endedAt: new Date() }
        await trx.updateTable('contentItem').set(recalled).where('id', '=', contentItemId).execute()
        return countAuthorised(trx, 'contentItemId', contentItemId)
      }),
    )
    expect(await countAuthorised(world.owner, 'contentItemId', contentItemId)).toBe(before)
  })

  it('[F25] [A18] the same tap on both, ten times each, is one send with one answer', async () => {
    const servers = await Promise.all([start(), start()])
    const rep = await buildPresent(world)
    const asked = asking(rep)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => askUntilDecided(() => servers[nth % 2]!.url, rep.cookie, asked)),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers[0]!.body.outcome).toBe('authorised')
  })
})
