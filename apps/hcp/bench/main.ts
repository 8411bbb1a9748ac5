import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { chromiumArguments } from '../../../scripts/lib/chromium.mjs'
import { drawPictures } from './draw-pictures.ts'
import { buildSizes, buildTable, printTable, type Round } from './table.ts'
import { profiles, visit, type Profile } from './visit.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7)
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

async function startPageServer(folder: string): Promise<{ url: string; child: ChildProcess }> {
  const files = [folder, here('../../dist/reader.js'), here('../floor.html')]
  const child = spawn(process.execPath, [here('./page-server.js'), ...files], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const said = /listening (\d+)/.exec(text.toString())?.[1]
      if (said) resolve(said)
    })
    child.on('exit', (code) => reject(new Error(`the page server ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}`, child }
}

const notes = [
  'Profile: CPU 4 × slower, 375 × 667 at 2 ×, empty cache, HTTP/1.1, HTML and script as brotli 4, drawn anew for each visit; connections without TLS.',
  'text: heading in the page and painted two frames later; first page: its picture loaded, decoded and painted two frames later; ms from navigation.',
  'floor: bare HTML with one heading and one picture of the same bytes, in the same round. Ratios are medians of ratios within a round.',
  'Played: the database (three statements of the real server) and WeChat, which is not asked when a browser is remembered.',
]

const folder = mkdtempSync(join(tmpdir(), 'vouch-reader-bench-'))
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '', args: chromiumArguments })
const sizes = await drawPictures(browser, folder)
const { url, child } = await startPageServer(folder)
try {
  const runRound = async (profile: Profile): Promise<Round> => ({
    floor: await visit(browser, `${url}/floor/`, profile),
    reader: await visit(browser, `${url}/l/token`, profile),
    saver: await visit(browser, `${url}/l/saver`, profile),
  })
  await runRound('usual') // nobody's first time counts
  const taken: Record<Profile, Round[]> = { usual: [], slow: [] }
  for (let nth = 0; nth < rounds; nth += 1) {
    for (const profile of Object.keys(profiles) as Profile[]) taken[profile].push(await runRound(profile)) // its own keys
    const [usual, slow] = [taken.usual[nth], taken.slow[nth]]
    const pages = [usual?.floor, usual?.reader, slow?.floor, slow?.reader].map((seen) => Math.round(seen?.page ?? 0))
    console.log(`  round ${nth + 1}: first page after ${pages.join(' ')} ms, load ${loadavg()[0]?.toFixed(1)}`)
  }
  const machine = `${cpus().length} cores ${cpus()[0]?.model ?? ''}, Node ${process.version}, Chromium ${browser.version()}`
  const drawn = `pictures of one page: ${Object.entries(sizes)
    .map(([width, bytes]) => `${width} px ${(bytes / 1_000).toFixed(1)} kB`)
    .join(', ')}`
  const table = [...buildTable('usual', taken.usual), ...buildTable('slow', taken.slow), ...buildSizes(taken.usual)]
  printTable(`${machine}; ${rounds} rounds in turn; ${drawn}`, table, notes)
} finally {
  await browser.close()
  child.kill()
  rmSync(folder, { recursive: true, force: true })
}
