import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { guard, release } from './guard.mjs'
import { inRoot, root } from './root.mjs'

/** Runs one of the workspace's tools by Node. Returns its output; throws with it when the tool ends badly. */
export function runTool(tool, args, { env = {}, cwd = root, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      detached: true,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    }
    const child = spawn(process.execPath, [inRoot('node_modules', tool), ...args], options)
    if (child.pid) guard(child.pid)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (child.pid) release(child.pid)
      if (code === 0) resolve(output)
      else reject(new Error(stripVTControlCharacters(output).trim() || `${tool} ended with code ${code}`))
    })
  })
}
