/** Installs a Debian package a script needs, where that is possible; otherwise says exactly what to type. */
import { spawnSync } from 'node:child_process'
import { userInfo } from 'node:os'

const quiet = { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' }
const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }

/** How root's commands are run here: directly, through a sudo that asks nothing, or not at all (undefined). */
function asRoot() {
  if (userInfo().uid === 0) return []
  return spawnSync('sudo', ['-n', 'true'], quiet).status === 0
    ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive']
    : undefined
}

/** True when apt knows this machine. */
export function hasApt() {
  return spawnSync('apt-get', ['--version'], quiet).status === 0
}

/** The sentence for somebody whose machine we may not change. */
export function installHint(name) {
  if (hasApt())
    return `请先安装 · please install: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${name}`
  const other = { 'mariadb-server-core': 'MariaDB >= 10.11 / MySQL >= 8.0 (mariadbd, mysqld)', chromium: 'Chromium' }[
    name
  ]
  return `请先安装 · please install: ${other ?? name}`
}

/**
 * Makes sure that `present()` holds, installing the package when it does not.
 * Throws when it cannot be installed, with the command to type.
 */
export async function ensurePackage(name, present) {
  if (present()) return
  const prefix = asRoot()
  if (!hasApt() || !prefix) throw new Error(installHint(name))
  const run = (...command) => {
    const [program, ...rest] = [...prefix, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120', ...command]
    return spawnSync(program, rest, { ...quiet, env: environment })
  }
  const install = ['install', '-y', '--no-install-recommends', name]
  let result = run(...install)
  if (result.status !== 0) {
    run('update')
    result = run(...install)
  }
  if (result.status !== 0 || !present()) throw new Error(`${result.stderr.trim()}\n${installHint(name)}`)
}

/** Chinese letters for screenshots and browser tests; without them a page shows boxes. */
export async function ensureFonts() {
  const list = () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  if (process.platform === 'linux')
    await ensurePackage('fonts-noto-cjk', () => (list().stdout ?? '').trim() !== '' || hasPackage('fonts-noto-cjk'))
}

function hasPackage(name) {
  return (
    spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' }).stdout?.includes(
      'install ok installed',
    ) ?? false
  )
}
