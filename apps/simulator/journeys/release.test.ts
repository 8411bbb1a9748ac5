import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choosePorts } from '../../../scripts/lib/ports.mjs'
import { startProcess, untilHealthy } from '../../../scripts/lib/processes.mjs'
import { findPlace } from './place.ts'

/** The steps of the image without an image: the folder they make has to be enough for a machine. */
const build = fileURLToPath(new URL('../../../deploy/build.mjs', import.meta.url))

let folder: string
let release: string
let stop: () => Promise<void> = async () => {}
let url: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vouch-release-'))
  const made = spawnSync(process.execPath, [build, join(folder, 'made')], { encoding: 'utf8' })
  expect(made.status, made.stdout + made.stderr).toBe(0)
  release = join(folder, 'opt')
  cpSync(join(folder, 'made'), release, { recursive: true, verbatimSymlinks: true }) // links lead to nowhere outside
  rmSync(join(folder, 'made'), { recursive: true })

  const { environment, logs } = findPlace().instance
  const { port } = await choosePorts({ port: 28_281 })
  const args = [join(release, 'apps/server/dist/main.js')]
  const started = startProcess({
    name: 'release',
    args,
    cwd: folder,
    env: { ...environment, PORT: String(port) },
    logs,
  })
  stop = () => started.stop()
  url = `http://127.0.0.1:${port}`
  await untilHealthy(started, `${url}/healthz`)
})
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

test('the folder that is deployed starts without the repository and serves every face', async () => {
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  for (const face of ['sidebar', 'console']) {
    const page = await (await fetch(`${url}/${face}/`)).text()
    const [, script] = page.match(/src="([^"]+\.js)"/) ?? []
    const answer = await fetch(new URL(script ?? 'none', `${url}/${face}/`))
    expect(answer.headers.get('content-type'), face).toContain('javascript')
  }
  expect((await fetch(`${url}/openapi.json`)).status).toBe(200)
})

test('it holds what runs and nothing else: no sources, no tests, no tools', () => {
  const dist = readdirSync(join(release, 'apps/server/dist'))
  expect(dist).toEqual(
    expect.arrayContaining([
      'main.js',
      'migrate.js',
      'doctor.js',
      'backup.js',
      'restore.js',
      'upgrade.js',
      'render-pages.js',
    ]),
  )
  expect(dist).not.toContain('bench')
  expect(existsSync(join(release, 'apps/hcp/dist/reader.js'))).toBe(true)
  expect(existsSync(join(release, 'apps/server/src'))).toBe(false)
  const packages = readdirSync(join(release, 'node_modules/.pnpm'))
  expect(packages.filter((name) => /^(vitest|playwright-core|vue-tsc|vite|oxlint)@/.test(name))).toEqual([])
})

test('its commands answer', () => {
  for (const name of ['backup', 'restore', 'upgrade']) {
    const args = [join(release, `apps/server/dist/${name}.js`), '--lang', 'en']
    const asked = spawnSync(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    })
    expect(asked.stderr, name).toContain('usage:')
  }
})
