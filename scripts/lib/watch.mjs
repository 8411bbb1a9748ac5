/** Keeps builds up to date while somebody writes, and tells when a built file has changed. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startProcess } from './processes.mjs'
import { inRoot } from './root.mjs'

const vite = inRoot('node_modules/vite/bin/vite.js')

/** One `vite build --watch` per configuration of an app. */
export function watchBuilds(app) {
  const folder = inRoot('apps', app)
  for (const config of readdirSync(folder).filter((name) => /^vite(?:\..+)?\.config\.ts$/.test(name))) {
    const name = `build-${app}${config === 'vite.config.ts' ? '' : `-${config.split('.')[1]}`}`
    startProcess({ name, cwd: folder, args: [vite, 'build', '--watch', '-c', config] })
  }
}

/** The development server of a face, on that port. */
export function serveFace(app, port) {
  const args = [vite, '--port', String(port), '--strictPort', '--host', '127.0.0.1']
  return startProcess({ name: `dev-${app}`, cwd: inRoot('apps', app), args })
}

/** The moment the newest of these files or folders changed. */
function newest(paths) {
  const times = paths
    .filter((path) => existsSync(path))
    .flatMap((path) => {
      const stats = statSync(path)
      if (!stats.isDirectory()) return [stats.mtimeMs]
      return [newest(readdirSync(path).map((name) => join(path, name)))]
    })
  return Math.max(0, ...times)
}

/** Calls `changed` once a build has written these files anew and has been quiet for a moment. Returns how to stop. */
export function onRebuilt(paths, changed) {
  let seen = newest(paths)
  let pending = seen
  const timer = setInterval(() => {
    const now = newest(paths)
    if (now !== seen && now === pending) {
      seen = now
      void changed()
    }
    pending = now
  }, 400)
  return () => clearInterval(timer)
}
