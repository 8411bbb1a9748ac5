/** `npm run check`: all that must be green before a commit, without a browser. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages } from './lib/install.mjs'
import { atEnd, endAll, endOnSignals } from './lib/processes.mjs'
import { say } from './lib/say.mjs'
import { StepFailed, endWith, step } from './lib/steps.mjs'

async function main() {
  await step(say('依赖', 'packages'), installPackages)
  const { checks, runTests } = await import('./lib/checks.mjs')
  const failed = []
  for (const { title, run, advice } of checks) {
    await step(title, async () => void (await run()), advice).catch((error) => failed.push(error))
  }
  const folder = mkdtempSync(join(tmpdir(), 'vouch-check-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  await runTests(['unit', 'server'], { report: join(folder, 'tests.json') }).catch((error) => failed.push(error))
  if (failed.length > 0) throw new StepFailed(`${failed.length}`)
}

endOnSignals()
try {
  await main()
} catch (error) {
  endWith(error)
}
await endAll()
