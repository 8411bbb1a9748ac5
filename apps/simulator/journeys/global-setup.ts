import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ensureFonts } from '../../../scripts/lib/apt.mjs'
import { buildApps } from '../../../scripts/lib/build.mjs'
import { loadChromium } from '../../../scripts/lib/chromium.mjs'
import { startDatabase } from '../../../scripts/lib/database.mjs'
import { describeDemo } from '../../../scripts/lib/demo-settings.mjs'
import { atEnd, endAll } from '../../../scripts/lib/processes.mjs'
import { loadWorld, startBoth } from '../../../scripts/lib/stack.mjs'
import { openRecords } from './records.ts'

/** Where the journeys find things. `owner` is the url of the account that may do everything with the database. */
export type Place = {
  stage: string
  rep: string
  hcp: string
  server: string
  owner: string
  /** When the journeys began; what was sent before is the world's. */
  begun: Date
  chromium: string
  /** How another instance of the server is started. */
  instance: { program: string; environment: Record<string, string>; logs: string }
}

declare module 'vitest' {
  export interface ProvidedContext {
    place: Place
  }
}

/** Away from the usual ones, so that a demo may be started meanwhile. */
const ports = { simulator: 24400, rep: 28080, hcp: 28090, server: 28081 }

/** The whole product, built, on a database and in a folder of its own, beside the simulator; all ended afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-journeys-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  try {
    await ensureFonts()
    const chromium = (await loadChromium()) ?? ''
    await buildApps()
    const owner = await openDatabase(folder)
    const demo = await describeDemo(owner, { folder, ports, account: 'vouch_app_journeys' })
    await loadWorld(demo)
    await stayAwake(owner)
    await startBoth(demo)
    const { server, simulator } = demo.environments
    const at = (port: string) => `http://localhost:${port}`
    project.provide('place', {
      ...{ stage: at(simulator.SIMULATOR_PORT), rep: at(simulator.REP_PORT), hcp: at(simulator.HCP_PORT) },
      ...{ server: at(server.PORT), owner, chromium, begun: new Date() },
      instance: { program: demo.programs.server, environment: server, logs: demo.logs },
    })
  } catch (fault) {
    await endAll()
    throw fault
  }
  return endAll
}

/** A private server, or a database of its own on the server that TEST_DATABASE_URL names. */
async function openDatabase(folder: string): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  if (!given) {
    const database = await startDatabase({ dir: join(folder, 'db') })
    atEnd(database.stop)
    return database.url
  }
  const url = new URL(given)
  url.pathname = `/vouch_journeys_${Date.now()}`
  atEnd(async () => {
    const records = openRecords(url.href)
    await records.rows(`drop database ${url.pathname.slice(1)}`)
    await records.close()
  })
  return url.href
}

/** The journeys run at any hour: a newer policy without quiet hours. Everything else stays as it is. */
async function stayAwake(owner: string): Promise<void> {
  const records = openRecords(owner)
  const [policy] = await records.rows('select * from policy order by version desc limit 1')
  await records.insert('policy', {
    ...policy,
    ...{
      version: Number(policy?.['version']) + 1,
      quiet_from: 0,
      quiet_until: 0,
      reason: 'Journeys run at night, too',
    },
  })
  await records.close()
}
