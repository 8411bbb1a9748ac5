import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Scripts = {
  startDatabase: (asked: { dir: string; name: string }) => Promise<{ url: string; stop: () => Promise<void> }>
  placeOf: (dir: string) => { pidFile: string }
}
/** The scripts are plain JavaScript and come without types. */
const scripts = new URL('../../../../scripts/lib/database.mjs', import.meta.url).href

/** A database server of this test file alone, which may be killed and stopped without disturbing anybody. */
export async function startOwnDatabase() {
  const { startDatabase, placeOf } = (await import(scripts)) as Scripts
  const dir = mkdtempSync(join(tmpdir(), 'vouch-outage-'))
  const start = () => startDatabase({ dir, name: 'vouch_outage' })
  const { url } = await start()
  const signal = (name: NodeJS.Signals) => {
    process.kill(Number(readFileSync(placeOf(dir).pidFile, 'utf8')), name)
  }
  return {
    url,
    kill: () => signal('SIGKILL'),
    hang: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    restart: async () => void (await start()),
    remove: async () => {
      await (await start()).stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
export type OwnDatabase = Awaited<ReturnType<typeof startOwnDatabase>>
