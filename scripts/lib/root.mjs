import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The repository's folder, without a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** A path inside the repository. */
export const inRoot = (...parts) => join(root, ...parts)

/** Everything the demo makes: database, files, secrets, logs. Never committed, safe to delete while nothing runs. */
export const dataDir = inRoot('.data')
