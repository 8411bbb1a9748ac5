/**
 * `npm test`: everything, from an empty machine. Later steps run although an earlier one failed, unless they need it.
 * The last line is always `N passed, N failed`; the steps around the tests count as one test each.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureFonts } from './lib/apt.mjs'
import { buildApps } from './lib/build.mjs'
import { loadChromium } from './lib/chromium.mjs'
import { loadEngine } from './lib/database.mjs'
import { installPackages } from './lib/install.mjs'
import { atEnd, endAll, endOnSignals } from './lib/processes.mjs'
import { say } from './lib/say.mjs'
import { StepFailed, step } from './lib/steps.mjs'
import { tallyReport } from './lib/tally.mjs'

const total = { passed: 0, failed: 0 }
const started = Date.now()

/** Counts a step as one test and says whether it passed. */
async function counted(title, work, advice) {
  try {
    await step(title, work, advice)
    total.passed += 1
    return true
  } catch (error) {
    if (!(error instanceof StepFailed)) console.error(error)
    total.failed += 1
    return false
  }
}

/** Runs vitest projects and adds their tests to the total. */
async function counting(runTests, projects, env) {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-report-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  const report = join(folder, 'tests.json')
  const began = Date.now()
  const endedWell = await runTests(projects, { report, env }).then(
    () => true,
    () => false,
  )
  const { passed, failed } = tallyReport(report, endedWell)
  total.passed += passed
  total.failed += failed
  console.log(
    `  ${failed === 0 ? 'v' : 'x'} ${projects.join(', ')}  ${passed} + ${failed}  ${Math.round((Date.now() - began) / 1000)} s`,
  )
}

async function main() {
  if (!(await counted(say('依赖', 'packages'), installPackages))) return
  const { checks, runTests } = await import('./lib/checks.mjs')
  const hasDatabase = await counted(say('数据库程序', 'database program'), async () => (await loadEngine()).binary)
  let chromium
  const hasBrowser = await counted(say('浏览器和字体', 'browser and fonts'), async () => {
    await ensureFonts()
    chromium = await loadChromium()
    return chromium
  })
  for (const { title, run, advice } of checks) await counted(title, async () => void (await run()), advice)

  const sizes = []
  const onBuilt = (app, output) =>
    sizes.push(...(output.match(/first load gz:.*/g) ?? []).map((size) => `${app}  ${size}`))
  const built = await counted(say('构建和预算', 'build and budgets'), async () =>
    (await buildApps({ onBuilt })).join(' '),
  )
  for (const size of sizes) console.log(`      ${size}`)

  await counting(runTests, hasDatabase ? ['unit', 'server'] : ['unit'], {})
  if (!hasBrowser) return
  const env = { CHROMIUM: chromium }
  await counting(runTests, ['faces'], env)
  if (built && hasDatabase) await counting(runTests, ['journeys'], { ...env, JOURNEY_WORLDS: '2' })
}

endOnSignals()
try {
  await main()
} catch (error) {
  console.error(error)
  total.failed += 1
}
await endAll()
console.log(`  ${Math.round((Date.now() - started) / 1000)} s`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
