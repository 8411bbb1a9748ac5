import { spawn, type ChildProcess } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { launch } from '../test/browser.ts'
import { buildTable, printTable, type Round } from './table.ts'
import { measureSends, measureSwitches } from './taps.ts'
import { openPhone, visit } from './visit.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7)
const sendsPerRound = 4
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

async function startPageServer(): Promise<{ url: string; child: ChildProcess }> {
  const folders = [here('../floor.html'), here('./bare-vue'), here('../../dist')]
  const child = spawn(process.execPath, [here('./page-server.js'), ...folders], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const said = /listening (\d+)/.exec(text.toString())?.[1]
      if (said) resolve(said)
    })
    child.on('exit', (code) => reject(new Error(`the page server ended with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}`, child }
}

/** Every page once, in turn, each with an empty cache but the last: the sidebar again, as a rep opens it all day. */
async function runRound(browser: Awaited<ReturnType<typeof launch>>, url: string): Promise<Round> {
  const alone = async (path: string) => {
    const context = await openPhone(browser)
    const { seen } = await visit(context, `${url}${path}`, false)
    await context.close()
    return seen
  }
  const floor = await alone('/floor/')
  const bareVue = await alone('/bare-vue/')
  const context = await openPhone(browser)
  const cold = await visit(context, `${url}/sidebar/`, true)
  await cold.page.close()
  const warm = await visit(context, `${url}/sidebar/`, true)
  const switches = await measureSwitches(warm.page)
  const sends = await measureSends(warm.page, sendsPerRound)
  await context.close()
  return { floor, bareVue, cold: cold.seen, warm: warm.seen, sends, switches }
}

const { url, child } = await startPageServer()
const browser = await launch()
try {
  await runRound(browser, url) // nobody's first time counts
  const taken: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    taken.push(await runRound(browser, url))
    const { floor, bareVue, cold, warm } = taken[round]!
    const lists = [floor, bareVue, cold, warm].map(({ list }) => Math.round(list)).join(' ')
    console.log(`  round ${round + 1}: lists after ${lists} ms, load ${loadavg()[0]?.toFixed(1)}`)
  }
  const machine = `${cpus().length} cores ${cpus()[0]?.model ?? ''}, Node ${process.version}, Chromium ${browser.version()}`
  printTable(machine, rounds, buildTable(taken))
} finally {
  await browser.close()
  child.kill()
}
