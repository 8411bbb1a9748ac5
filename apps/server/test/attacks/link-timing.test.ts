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
const restMs = 20

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const quarter = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)]!
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

/**
 * Compares in pairs and changing order, by the quicker quarter of each side: what a busy machine does only ever adds, and
 * who listens would leave it out as well. What is left of its noise is allowed a tenth of a millisecond.
 */
async function expectAlike(build: () => Promise<Link>, other: (link: Link) => string) {
  const times: { link: number[]; other: number[] } = { link: [], other: [] }
  let link = await build()
  await time(link.path)
  for (let nth = 0; nth < pairs; nth += 1) {
    if (nth % pairsALink === pairsALink - 1) link = await build()
    const sides = nth % 2 ? (['link', 'other'] as const) : (['other', 'link'] as const)
    for (const side of sides) times[side].push(await time(side === 'link' ? link.path : other(link)))
  }
  const apart = Math.abs(quarter(times.link) - quarter(times.other))
  const spreads = Object.values(times).map((side) => {
    const low = quarter(side)
    return median(side.filter((took) => took <= median(side)).map((took) => Math.abs(took - low)))
  })
  const doubt = (1.4826 * 1.36 * Math.max(...spreads) * Math.SQRT2) / Math.sqrt(pairs)
  expect(apart, `${apart} ms apart, spread ${spreads.join(' and ')} ms`).toBeLessThan(0.1 + 5 * doubt)
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
