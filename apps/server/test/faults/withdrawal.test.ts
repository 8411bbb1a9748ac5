import { rmSync } from 'node:fs'
import { repEndpoints, withdrawalEndpoints, type AskedInput, type Endpoint, type Output } from '@vouch/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildRep, changePiece } from '../builders.ts'
import { expectInvariants } from '../invariants.ts'
import { publicUrl, type TestServer } from '../test-server.ts'
import { fakeCorp, startFakeWeCom, type FakeWeCom } from '../wecom/fake-server.ts'
import { asking, askUntilDecided, buildPresent, buildPresentPiece, startInPresent, type Present } from './present.ts'
import { builtFolder, buildServer, startRealServer, type RealServer } from './real-server.ts'

let program: string
let world: TestServer
let fake: FakeWeCom
const running: RealServer[] = []
beforeAll(async () => {
  program = buildServer()
  world = await startInPresent({ sendsPerMonth: 200 })
  fake = await startFakeWeCom()
})
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.kill()
    await server.ended
  }
  await expectInvariants(world.owner)
})
afterAll(async () => {
  await fake.stop()
  await world.stop()
  rmSync(builtFolder, { recursive: true, force: true })
})

const mostMs = 5_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function startTwo(changed: Record<string, string> = {}): Promise<RealServer[]> {
  const servers = await Promise.all([1, 2].map(() => startRealServer(program, world, changed)))
  running.push(...servers)
  return servers
}

async function call<E extends Endpoint>({ url }: RealServer, cookie: string, endpoint: E, asked: AskedInput<E>) {
  const headers = { cookie, origin: publicUrl, 'content-type': 'application/json' }
  const answer = await fetch(url + endpoint.path, { method: 'POST', headers, body: JSON.stringify(asked) })
  return (await answer.json()) as Output<E> // dates are still text
}

async function officer(): Promise<string> {
  return world.signIn(await buildRep(world, { roles: ['compliance_officer'] }), 'console')
}
async function withdraw(server: RealServer, cookie: string, contentItemId: string, successorId: string | null = null) {
  const answer = await call(server, cookie, withdrawalEndpoints.withdrawContent, {
    ...{ requestId: crypto.randomUUID(), contentItemId, reason: '安全性信息更新', successorId },
  })
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer))
  return answer
}

/** What the doctor sees at the link of a send. */
async function openLink({ url }: RealServer, sendId: string, externalUserId: string): Promise<string> {
  const until = Math.floor(Date.now() / 1_000) + 3_600
  const reader = world.deps.secrets.signCookie(`reader ${until} ${externalUserId}`)
  const headers = { cookie: `__Host-vouch_reader=${reader}`, 'user-agent': 'Mozilla/5.0 MicroMessenger/8.0.50' }
  return (await fetch(`${url}/l/${world.deps.secrets.linkTokenOf(sendId)}`, { headers })).text()
}

/** The reasons the rep's list gives for a piece; undefined when it is not there at all. */
async function listed(server: RealServer, rep: Present, contentItemId: string): Promise<string[] | undefined> {
  const { externalUserId } = rep
  const { pieces } = await call(server, rep.cookie, repEndpoints.listPieces, { externalUserId, view: 'all' })
  const found = (pieces as { contentItemId: string; refusals: { reason: string }[] }[]).find(
    (piece) => piece.contentItemId === contentItemId,
  )
  return found?.refusals.map((refusal) => refusal.reason)
}

/** How long until it holds, in ms; it must hold within the time everybody is promised. */
async function timeUntil(holds: () => Promise<boolean>): Promise<number> {
  const begun = performance.now()
  while (!(await holds())) {
    expect(performance.now() - begun).toBeLessThan(mostMs)
    await pause(50)
  }
  return performance.now() - begun
}

describe('a withdrawal with two servers', () => {
  it('[A28] among sixty-four taps: none is authorised after it, and links and lists say so on both within 5 s', async () => {
    const servers = await startTwo()
    const cookie = await officer()
    const contentItemId = await buildPresentPiece(world)
    const successorId = await buildPresentPiece(world)
    const reps = await Promise.all(Array.from({ length: 64 }, () => buildPresent(world)))
    // In front of the list, as what was approved last is.
    await changePiece(world, contentItemId, { publishedAt: new Date() })
    for (const server of servers) expect(await listed(server, reps[0]!, contentItemId)).toEqual([])

    let answered = 0
    let withdrawn: ReturnType<typeof withdraw> | undefined
    const outcomes = await Promise.all(
      reps.map(async (rep, nth) => {
        if (nth >= 56) while (!withdrawn) await pause(5)
        if (nth >= 56) await withdrawn
        const asked = { ...asking(rep), contentItemId }
        const { body } = await askUntilDecided(() => servers[nth % 2]!.url, rep.cookie, asked)
        answered += 1
        if (answered === 8) withdrawn = withdraw(servers[0]!, cookie, contentItemId, successorId)
        return { rep, ...body }
      }),
    )
    const told = await withdrawn!
    expect(told.outcome).toBe('done')

    const authorised = outcomes.filter((answer) => answer.outcome === 'authorised')
    expect(authorised.length).toBeGreaterThanOrEqual(8)
    expect(authorised.length).toBeLessThanOrEqual(56)
    const rows = await world.owner.selectFrom('send').selectAll().where('contentItemId', '=', contentItemId).execute()
    const sends = rows.filter((row) => row.outcome === 'authorised')
    expect(rows).toHaveLength(64)
    expect(sends.map((row) => row.id).sort()).toEqual(authorised.map((answer) => answer.sendId).sort())
    for (const send of sends) expect(send.decidedAt.getTime()).toBeLessThanOrEqual(new Date(told.at).getTime())
    for (const send of rows) {
      if (send.outcome === 'refused') expect(JSON.stringify(send.weighed)).toContain('content_withdrawn')
    }
    // Nobody told what became of them yet: all that were authorised are under way, and no other.
    expect(told.inFlight.map((send) => send.sendId).sort()).toEqual(sends.map((row) => row.id).sort())

    const { sendId = '', rep } = authorised[0]!
    for (const server of servers) {
      const says = await timeUntil(async () => (await openLink(server, sendId, rep.externalUserId)).includes('已撤回'))
      const page = await openLink(server, sendId, rep.externalUserId)
      for (const part of ['原因：安全性信息更新', '有新版：三期研究摘要 v1']) expect(page).toContain(part)
      const gone = await timeUntil(async () => (await listed(server, rep, contentItemId))?.[0] === 'content_withdrawn')
      expect(Math.max(says, gone)).toBeLessThan(mostMs)
    }
  })

  it('[F13] its reps are told once each, WeCom being away first', async () => {
    const contentItemId = await buildPresentPiece(world)
    await Promise.all(Array.from({ length: 12 }, () => buildRep(world)))
    const people = await world.owner.selectFrom('person').select('wecomUserId').execute()
    for (const { wecomUserId } of people) fake.state.members.set(wecomUserId, 1)
    await world.owner.deleteFrom('outbox').execute()
    await world.owner.deleteFrom('job').execute() // a killed server may hold one for two minutes
    fake.failNext('message/send', { httpStatus: 502 })
    const settings = { WECOM_API_URL: fake.url, WECOM_AGENT_SECRET: fakeCorp.secret }
    const servers = await startTwo(settings)

    const { repsTold } = await withdraw(servers[1]!, await officer(), contentItemId)
    expect(repsTold).toBeGreaterThanOrEqual(12)
    const owed = () => world.owner.selectFrom('outbox').selectAll().where('subjectId', '=', contentItemId).execute()
    while (!(await owed()).every((notice) => notice.sentAt)) await pause(100)
    await pause(2_500) // the job goes once more

    const all = fake.calls.filter(({ path }) => path === 'message/send').map(({ body }) => JSON.parse(body.toString()))
    const about = all.filter(({ textcard }) => String(textcard.description).includes('安全性信息更新'))
    const arrived = about.slice(1).flatMap(({ touser }) => (touser as string).split('|'))
    expect(arrived).toHaveLength(repsTold)
    expect(new Set(arrived).size).toBe(repsTold)
  })
})
