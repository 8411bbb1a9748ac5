/** Builds the apps by their own `build` scripts, each only when its sources or those of its packages have changed. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { inRoot } from './root.mjs'

/** The doctor's page first: the server takes its script and styles. */
export const apps = ['hcp', 'sidebar', 'console', 'simulator', 'server']

const generated = new Set(['node_modules', 'dist', 'coverage'])

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !generated.has(name) && !name.endsWith('.test.ts') && !name.endsWith('.md'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? sourcesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** The folder of a workspace package and those of everything of ours that it uses. */
function foldersOf(folder, seen = new Set()) {
  if (seen.has(folder)) return seen
  seen.add(folder)
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...devDependencies }).filter((key) => key.startsWith('@vouch/'))) {
    const short = name.slice('@vouch/'.length)
    const place = [inRoot('packages', short), inRoot('apps', short)].find((path) => existsSync(path))
    if (place) foldersOf(place, seen)
  }
  return seen
}

function fingerprint(app) {
  const hash = createHash('sha256').update(process.version)
  const shared = [inRoot('pnpm-lock.yaml'), inRoot('scripts/vite-budget.ts'), inRoot('scripts/tsconfig.base.json')]
  const files = [...foldersOf(inRoot('apps', app))].flatMap((folder) => sourcesIn(folder))
  for (const file of [...shared, ...files]) hash.update(file).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}

const stampOf = (app) => inRoot('apps', app, 'dist/.sources')

/** True when what was built last comes from the sources as they are now. */
export function isBuilt(app) {
  return existsSync(stampOf(app)) && readFileSync(stampOf(app), 'utf8') === fingerprint(app)
}

/** Builds what is out of date, two apps at a time, and returns their names. Throws with every build that failed. */
export async function buildApps({ names = apps, force = false, onBuilt = () => {} } = {}) {
  const due = names.filter((app) => force || !isBuilt(app))
  const faults = []
  const build = (app) =>
    buildApp(app)
      .then((output) => onBuilt(app, output))
      .catch((error) => faults.push(error.message))
  if (due.includes('hcp')) await build('hcp')
  const queue = due.filter((app) => app !== 'hcp')
  const work = async () => {
    for (let app = queue.shift(); app; app = queue.shift()) await build(app)
  }
  await Promise.all([work(), work()])
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return due
}

/** Runs the `build` script of an app, then its `build:…` scripts in the order they stand there. */
async function buildApp(app) {
  const sources = fingerprint(app)
  const { scripts } = JSON.parse(readFileSync(inRoot('apps', app, 'package.json'), 'utf8'))
  const names = ['build', ...Object.keys(scripts).filter((name) => name.startsWith('build:'))]
  let output = ''
  for (const name of names) output += await runScript(app, name)
  writeFileSync(stampOf(app), sources)
  return output
}

function runScript(app, name) {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: inRoot('apps', app),
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }
    const child = spawn('npm', ['run', '--silent', name], options)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`apps/${app} ${name}\n${withoutStack(text)}`)),
    )
  })
}

/** A tool's words without colours and without the lines that only its own authors need. */
export function withoutStack(text) {
  const lines = stripVTControlCharacters(text).trim().split('\n')
  return lines.filter((line) => !/^\s+at .*[:)]/.test(line)).join('\n')
}
