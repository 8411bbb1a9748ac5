import { afterAll, beforeAll, expect, it } from 'vitest'
import { newToken } from '../../src/secrets.ts'
import { buildLink, changePiece, createBrowser, startLinkBench, type Link, type LinkBench } from '../link-bench.ts'

let server: LinkBench
beforeAll(async () => {
  server = await startLinkBench()
})
afterAll(() => server.stop())

const pairs = 150
/** A link may be looked at so often in a minute from one place. */
const pairsALink = 50
/** A look is written down after its answer; whoever listens to the time would wait for that to be over. */
const restMs = 12

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const rest = () => new Promise((resolve) => setTimeout(resolve, restMs))

/** An answer to a browser nobody knows, timed. */
async function time(path: string): Promise<number> {
  const browser = createBrowser(server)
  await rest()
  const begun = performance.now()
  const { status } = await browser.go(path)
  const took = performance.now() - begun
  expect(status).toBe(200)
  return took
}

/** Compares in pairs and changing order; what is left after the noise of the machine is allowed a tenth of a millisecond. */
async function expectAlike(build: () => Promise<Link>, other: (link: Link) => string) {
  const differences: number[] = []
  let link = await build()
  await time(link.path)
  for (let nth = 0; nth < pairs; nth += 1) {
    if (nth % pairsALink === pairsALink - 1) link = await build()
    const both = [link.path, other(link)] as const
    const [first, second] = nth % 2 ? both : [both[1], both[0]]
    const [one, two] = [await time(first), await time(second)]
    differences.push(nth % 2 ? one - two : two - one)
  }
  const middle = median(differences)
  const spread = median(differences.map((difference) => Math.abs(difference - middle)))
  const doubt = (1.4826 * 1.2533 * spread) / Math.sqrt(pairs)
  expect(Math.abs(middle), `${middle} ms apart, spread ${spread} ms`).toBeLessThan(0.1 + 5 * doubt)
}

const invented = () => `/l/${`01KAN${newToken()}`.slice(0, 26)}${newToken()}`.slice(0, 70)

it('[A35] [A57] a genuine link takes as long as an invented one', { timeout: 60_000 }, async () => {
  await expectAlike(() => buildLink(server), invented)
})

it('[A35] [A57] so does one that was tampered with', { timeout: 60_000 }, async () => {
  await expectAlike(
    () => buildLink(server),
    ({ path }) => path.slice(0, -2) + (path.endsWith('AA') ? 'BB' : 'AA'),
  )
})

it('[A35] [A57] and one whose content was recalled', { timeout: 60_000 }, async () => {
  await expectAlike(async () => {
    const link = await buildLink(server)
    await changePiece(server, link, { state: 'withdrawn', withdrawnReason: '更新', endedAt: server.clock.at })
    return link
  }, invented)
})
