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
import { journeyWorlds } from '../../../scripts/vitest.config.ts'
import type { Place } from './place.ts'
import { openRecords } from './records.ts'

/** Away from the usual ones, so that a demo may be started meanwhile, and from those of another world. */
function portsOf(world: number) {
  const apart = world * 1_000
  return { simulator: 24_400 + apart, rep: 28_080 + apart, hcp: 28_090 + apart, server: 28_081 + apart }
}

/** As many worlds as files may run side by side, see scripts/vitest.config.ts; all ended afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  try {
    await ensureFonts()
    const chromium = (await loadChromium()) ?? ''
    await buildApps()
    const places: Place[] = []
    for (let world = 0; world < journeyWorlds; world += 1) places.push(await openWorld(chromium, world))
    project.provide('places', places)
  } catch (fault) {
    await endAll()
    throw fault
  }
  return endAll
}

/** The whole product, built, on a database and in a folder of its own, beside the simulator. */
async function openWorld(chromium: string, world: number): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-journeys-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  const owner = await openDatabase(folder, world)
  const demo = await describeDemo(owner, { folder, ports: portsOf(world), account: `vouch_app_journeys_${world}` })
  await loadWorld(demo)
  await stayAwake(owner)
  await startBoth(demo)
  const { server, simulator } = demo.environments
  const at = (port: string) => `http://localhost:${port}`
  return {
    ...{ stage: at(simulator.SIMULATOR_PORT), rep: at(simulator.REP_PORT), hcp: at(simulator.HCP_PORT) },
    ...{ server: at(server.PORT), owner, chromium, begun: new Date() },
    instance: { program: demo.programs.server, environment: server, logs: demo.logs },
  }
}

/** A private server, or a database of its own on the server that TEST_DATABASE_URL names. */
async function openDatabase(folder: string, world: number): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  if (!given) {
    const database = await startDatabase({ dir: join(folder, 'db') })
    atEnd(database.stop)
    return database.url
  }
  const url = new URL(given)
  url.pathname = `/vouch_journeys_${world}_${Date.now()}`
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
