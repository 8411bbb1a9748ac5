import { existsSync, readFileSync } from 'node:fs'

/**
 * Sums vitest's JSON report into `{ passed, failed }`. A file that could not be loaded counts as one failed test, and so
 * does a run that ended badly without saying why.
 */
export function tallyReport(report, endedWell) {
  if (!existsSync(report)) return { passed: 0, failed: endedWell ? 0 : 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = numFailedTests + unloaded.length
  return { passed: numPassedTests, failed: failed === 0 && !endedWell ? 1 : failed }
}
