/** The packages of the workspace, by the one pnpm version that is declared; nothing has to be installed beforehand. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { inRoot, root } from './root.mjs'
import { say } from './say.mjs'

const stamp = inRoot('node_modules/.vouch-installed')

/** Everything that decides what is installed, Node's version included. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version)
  const members = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(inRoot(folder)).map((name) => inRoot(folder, name, 'package.json')),
  )
  const files = [inRoot('pnpm-lock.yaml'), inRoot('pnpm-workspace.yaml'), inRoot('package.json'), ...members]
  for (const file of files.filter((path) => existsSync(path))) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** True when the packages on disk are those of the lockfile. */
export function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
}

/** Installs exactly what the lockfile says; quick when that is already there. Throws with pnpm's own words. */
export async function installPackages() {
  if (isInstalled()) return
  const { packageManager } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only']
  const output = await new Promise((resolve, reject) => {
    const child = spawn('npx', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
    child.on('error', reject)
    child.on('exit', (code) => resolve({ code, text }))
  })
  if (output.code !== 0) throw new Error(explain(output.text, packageManager))
  writeFileSync(stamp, fingerprint())
}

function explain(text, packageManager) {
  const lines = text.trim().split('\n')
  const words = lines.filter((line) => !/^npm (?:notice|warn)|^\s*[╭│╰]/.test(line)).slice(-12)
  const advice = text.includes('ERR_PNPM_OUTDATED_LOCKFILE')
    ? `npx ${packageManager} install`
    : say('检查到 npm 仓库的网络后重来', 'check the way to the npm registry, then run again')
  return [...words, `-> ${advice}`].join('\n')
}
