import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from './root.mjs'

/** Settings of a demo that runs, for a command that was given none and finds none in the environment. */
export function runningSettings(given) {
  const file = join(dataDir, 'demo.env')
  const isSet = given.some((word) => word.startsWith('--env')) || process.env.WECOM_CORP_ID || process.env.DATABASE_URL
  return !isSet && existsSync(file) ? ['--env', file] : []
}
