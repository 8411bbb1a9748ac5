/** What no file of this repository may say, and what may lie at its top level. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot, root } from './root.mjs'

const topLevel = new Set([
  ...['apps', 'packages', 'deploy', 'scripts', '.ci'],
  ...['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'README.md', 'LICENSE'],
  ...['.editorconfig', '.gitattributes', '.gitignore', '.dockerignore', '.npmrc'],
  ...['.oxlintrc.json', '.prettierignore', '.prettierrc.json'],
])

// written so that this file does not contain what it looks for
const forbidden = [
  {
    what: "a path of somebody's machine",
    pattern: /(?<![\w.-])\/(?:work\/(?:main|shared|\.)|home\/\w|Users\/\w|root\/\w)/,
  },
  {
    what: 'the host of a package registry',
    pattern: /registry[.]\w+[.](?:org|com|cn)|npm(?:mirror)[.]com|deb[.]debian[.]org/,
  },
  { what: 'work left for later', pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/ },
  { what: 'a silenced compiler', pattern: /@ts-(?:ignor[e]|nochec[k])/ },
  { what: 'a test that does not run', pattern: /\b(?:it|test|describe)[.](?:ski[p]|onl[y]|tod[o])\b/ },
]

const generated = new Set(['node_modules', 'dist', 'coverage', '.data', '.git'])
const gitOptions = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }

const unread = /\.(?:png|jpe?g|webp|pdf|mp4|woff2?|ttf|otf|ico|wasm|gz)$|^apps\/simulator\/cast\/sources\//

/** The files that are, or would be, committed; in a copy without git, all but what tools make. */
function listFiles() {
  try {
    const names = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], gitOptions)
    return [...new Set(names.split('\0').filter(Boolean))]
  } catch {
    return walk('')
  }
}

function walk(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !generated.has(name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** Every fault as `file:line what`. */
export function faultsIn(name, text) {
  const lines = text.split('\n')
  return forbidden.flatMap(({ what, pattern }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1} ${what}`] : [])),
  )
}

/** Throws with every fault found in the repository. */
export function checkWords() {
  const files = listFiles()
  const strangers = [...new Set(files.map((name) => name.split('/')[0]))].filter((name) => !topLevel.has(name))
  const faults = strangers.map((name) => `${name} does not belong at the top level`)
  for (const name of files.filter((path) => !unread.test(path))) {
    const text = readIfThere(join(root, name))
    faults.push(...faultsIn(name, text))
  }
  if (/^\s+(?:tarball|resolved):/m.test(readFileSync(inRoot('pnpm-lock.yaml'), 'utf8'))) {
    faults.push('pnpm-lock.yaml names an address to download from')
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // deleted, but not yet committed as such
  }
}
