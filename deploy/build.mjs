/**
 * `node deploy/build.mjs FOLDER`: everything that runs in production, and nothing else, in a folder that needs no
 * repository: the server with its commands, the faces it serves, and their packages as the lockfile says. The Dockerfile
 * takes the same steps; without containers the folder is copied to the machine as it is.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildApps } from '../scripts/lib/build.mjs'
import { installPackages } from '../scripts/lib/install.mjs'
import { inRoot } from '../scripts/lib/root.mjs'
import { say } from '../scripts/lib/say.mjs'
import { endWith, step } from '../scripts/lib/steps.mjs'

const faces = ['sidebar', 'console', 'hcp']
/** Built beside the server for measuring and for the demo; no company needs them. */
const unwanted = ['bench', 'load-world.js', '.sources']

/** What pnpm reads to install the server's packages and no others. */
function copyWorkspace(folder) {
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'])
    cpSync(inRoot(name), join(folder, name))
  for (const group of ['apps', 'packages'])
    for (const name of readdirSync(inRoot(group)).filter((each) => existsSync(inRoot(group, each, 'package.json'))))
      cpSync(inRoot(group, name, 'package.json'), join(folder, group, name, 'package.json'))
}

function copyBuilt(folder) {
  cpSync(inRoot('apps/server/dist'), join(folder, 'apps/server/dist'), {
    recursive: true,
    filter: (path) => !unwanted.some((name) => path === inRoot('apps/server/dist', name)),
  })
  for (const face of faces)
    cpSync(inRoot('apps', face, 'dist'), join(folder, 'apps', face, 'dist'), {
      recursive: true,
      filter: (path) => !path.endsWith('.sources'),
    })
}

/** What an operator reads and fills in on the machine itself. */
function copyPapers(folder) {
  for (const name of readdirSync(inRoot('deploy')).filter((each) =>
    /\.(?:md|example|service|conf)$|^pictures$/.test(each),
  ))
    cpSync(inRoot('deploy', name), join(folder, 'deploy', name), { recursive: true })
}

function installProduction(folder, packageManager) {
  const args = [
    '--yes',
    packageManager,
    'install',
    '--prod',
    '--frozen-lockfile',
    '--ignore-scripts',
    '--prefer-offline',
  ]
  const ran = spawnSync('npx', [...args, '--filter', '@vouch/server'], { cwd: folder, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${ran.stdout}\n${ran.stderr}`.trim())
}

async function main() {
  if (!process.argv[2])
    throw new Error(say('用法：node deploy/build.mjs 文件夹', 'usage: node deploy/build.mjs FOLDER'))
  const target = resolve(process.argv[2])
  if (existsSync(target)) throw new Error(`${target} ${say('已经存在', 'exists already')}`)
  await step(say('依赖', 'packages'), installPackages)
  await step(
    say('构建', 'build'),
    async () => (await buildApps({ names: ['server', ...faces] })).join(' ') || undefined,
  )
  const draft = `${target}.partial`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  const own = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  copyWorkspace(draft)
  await step(say('生产依赖', 'packages to run'), async () => installProduction(draft, own.packageManager))
  copyBuilt(draft)
  copyPapers(draft)
  writeFileSync(join(draft, 'release.json'), `${JSON.stringify({ version: own.version, node: process.version })}\n`)
  renameSync(draft, target)
  console.log(`  v ${target}`)
}

try {
  await main()
} catch (error) {
  endWith(error)
}
