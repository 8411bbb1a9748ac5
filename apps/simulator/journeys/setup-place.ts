import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeDemo } from '../../../scripts/lib/demo-settings.mjs'
import { startProcess, untilHealthy } from '../../../scripts/lib/processes.mjs'
import { inRoot } from '../../../scripts/lib/root.mjs'
import { loadWorld } from '../../../scripts/lib/stack.mjs'
import { openRecords } from './records.ts'
import { findPlace } from './place.ts'

/** Away from those of the other journeys, whose world this one must not touch. */
const ports = { simulator: 24500, rep: 28180, hcp: 28190, server: 28181 }

export type Settings = Record<string, string>
export type Told = {
  checkId: string
  outcome: 'ok' | 'warning' | 'fault' | 'not_asked'
  fact: { zh: string; en: string }
  details: { zh: string; en: string }[]
  fix: { zh: string; en: string } | null
  where: { zh: string; en: string } | null
}
export type SetupPlace = Awaited<ReturnType<typeof openSetupPlace>>

/** A company of its own that is only being set up: a database, a simulator whose faults hurt nobody else, later a server. */
export async function openSetupPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-setup-'))
  const ownerUrl = new URL(findPlace().owner)
  ownerUrl.pathname = `/vouch_setup_${Date.now()}`
  const demo = await describeDemo(ownerUrl.href, { folder, ports, account: 'vouch_app_setup' })
  await loadWorld(demo)
  const { environments, programs, addresses, logs } = demo
  const simulator = startProcess({ name: 'simulator', args: [programs.simulator], env: environments.simulator, logs })
  await untilHealthy(simulator, addresses.stage)
  const records = openRecords(ownerUrl.href)
  const settings: Settings = environments.server
  let server: ReturnType<typeof startProcess> | undefined

  async function say(path: string, body: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const answer = await fetch(`${addresses.stage}sim/${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }

  return {
    ...{ settings, records, say, ownerUrl: ownerUrl.href, console: addresses.console, folder },
    turn: (switches: Record<string, unknown>) => say('switches', switches),
    /** `doctor` as an administrator runs it, in a process of its own with these settings and no others. */
    doctor: (given: Settings, ...args: string[]) => runDoctor(given, args),
    async startServer(): Promise<void> {
      server = startProcess({ name: 'server', args: [programs.server], env: settings, logs })
      await untilHealthy(server, addresses.health)
    },
    async close(): Promise<void> {
      await server?.stop()
      await simulator.stop()
      await records.rows(`drop database ${ownerUrl.pathname.slice(1)}`)
      await records.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function runDoctor(env: Settings, args: string[]): Promise<{ code: number | null; out: string; findings: Told[] }> {
  const program = inRoot('apps/server/dist/doctor.js')
  const child = spawn(process.execPath, [program, '--json', ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const { findings } = JSON.parse(out) as { findings: Told[] }
      resolve({ code, out, findings })
    })
  })
}
