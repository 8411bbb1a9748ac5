import { randomUUID } from 'node:crypto'
import { repEndpoints, type AskedInput, type Endpoint } from '@vouch/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildCompany, buildOrdinary } from '../builders.ts'
import { call, startTestServer, type TestServer } from '../test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

/** Three hundred requests. */
const pairs = 150
/** A rep may guess wrong twenty times a minute. */
const pairsEach = 9

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

/**
 * Asks about a doctor of somebody else and about nobody, in turn and in changing order, and compares the times in pairs.
 * What is left after the noise of the machine is allowed a tenth of a millisecond.
 */
async function expectAlike<E extends Endpoint>(endpoint: E, about: (externalUserId: string) => AskedInput<E>) {
  const theirs = await buildOrdinary(server)
  let { cookie } = theirs
  const time = async (externalUserId: string) => {
    const begun = performance.now()
    const answer = await call(server, cookie, endpoint, about(externalUserId))
    const took = performance.now() - begun
    expect(answer.status).toBe(404)
    return { took, length: JSON.stringify(answer.body).length }
  }
  const differences: number[] = []
  const lengths = new Set<number>()
  for (let nth = 0; nth < pairs; nth += 1) {
    if (nth % pairsEach === 0) {
      cookie = (await buildOrdinary(server)).cookie
      await time(`wm${randomUUID()}`) // finds the session, so that the pairs that follow need not
    }
    const invented = `wm${randomUUID().replaceAll('-', '').slice(0, 26).toUpperCase()}`
    const [first, second] = nth % 2 ? [theirs.externalUserId, invented] : [invented, theirs.externalUserId]
    const [one, other] = [await time(first), await time(second)]
    differences.push(nth % 2 ? one.took - other.took : other.took - one.took)
    lengths.add(one.length).add(other.length)
  }
  const middle = median(differences)
  const spread = median(differences.map((difference) => Math.abs(difference - middle)))
  const doubt = (1.4826 * 1.2533 * spread) / Math.sqrt(pairs)
  expect(lengths.size).toBe(1)
  expect(Math.abs(middle), `${middle} ms apart, spread ${spread} ms`).toBeLessThan(0.1 + 5 * doubt)
}

it(
  '[A57] a send to a doctor of somebody else takes as long to be turned away as one to nobody',
  { timeout: 60_000 },
  async () => {
    await expectAlike(repEndpoints.authoriseSend, (externalUserId) => ({
      ...{ requestId: randomUUID(), externalUserId, contentItemId: 'none' },
      ...{ kind: 'news' as const, entry: 'single_chat_tools' as const },
    }))
  },
)

it('[A57] so does a list', { timeout: 60_000 }, async () => {
  await expectAlike(repEndpoints.listPieces, (externalUserId) => ({ externalUserId }))
})
