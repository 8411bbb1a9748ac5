import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

type Wall = { says: string; file: string; code: string }

const forbidden: Wall[] = [
  {
    says: 'a rule reads no clock of Node',
    file: 'packages/rules/src/a.ts',
    code: "import { x } from 'node:perf_hooks'",
  },
  { says: 'a rule takes no package', file: 'packages/rules/src/b.ts', code: "import { x } from 'zod'" },
  {
    says: 'wecom imports nothing of ours',
    file: 'packages/wecom/src/a.ts',
    code: "import { x } from '@vouch/contract'",
  },
  {
    says: 'the contract decides nothing',
    file: 'packages/contract/src/a.ts',
    code: "import { x } from '@vouch/rules'",
  },
  { says: 'ui asks nobody', file: 'packages/ui/src/a.ts', code: "import { x } from '@vouch/contract'" },
  { says: 'the sidebar makes no decision', file: 'apps/sidebar/src/a.ts', code: "import { x } from '@vouch/rules'" },
  { says: 'not even as a type', file: 'apps/sidebar/src/b.ts', code: "import type { x } from '@vouch/rules'" },
  {
    says: 'the sidebar takes types of wecom only',
    file: 'apps/sidebar/src/c.ts',
    code: "import { x } from '@vouch/wecom'",
  },
  { says: 'a page has no way to WeCom', file: 'apps/sidebar/src/pages/d.ts', code: "import { x } from '@wecom/jssdk'" },
  { says: 'the console makes no decision', file: 'apps/console/src/a.ts', code: "import { x } from '@vouch/rules'" },
  { says: 'the doctor page has no kit', file: 'apps/hcp/src/a.ts', code: "import { x } from '@vouch/ui'" },
  { says: 'the simulator knows no rule', file: 'apps/simulator/src/a.ts', code: "import { x } from '@vouch/rules'" },
  {
    says: 'the simulator knows no contract',
    file: 'apps/simulator/src/b.ts',
    code: "import { x } from '@vouch/contract'",
  },
  { says: 'or the server', file: 'apps/simulator/src/c.ts', code: "import { x } from '../../../apps/server/src/a.ts'" },
  {
    says: 'no package by its path',
    file: 'apps/server/src/a.ts',
    code: "import { x } from '../../../packages/ui/src/x.ts'",
  },
  { says: 'the server draws no kit', file: 'apps/server/src/b.ts', code: "import { x } from '@vouch/ui'" },
  {
    says: 'it renders pages by one entry',
    file: 'apps/server/src/c.ts',
    code: "import { x } from '@vouch/hcp/src/x.ts'",
  },
  { says: 'Koa stays in the doors', file: 'apps/server/src/jobs.ts', code: "import { x } from 'koa'" },
  { says: 'and out of the rooms', file: 'apps/server/src/sends/a.ts', code: "import { x } from '@koa/router'" },
  { says: 'a room knows no door', file: 'apps/server/src/sends/b.ts', code: "import { x } from '../http/rep.ts'" },
  {
    says: 'or another use case',
    file: 'apps/server/src/sends/c.ts',
    code: "import { x } from '../consents/capture.ts'",
  },
  { says: 'the environment is read once', file: 'apps/server/src/sends/d.ts', code: 'export const x = process.env.X' },
  { says: 'names are exported', file: 'apps/console/src/b.ts', code: 'export default 1' },
  { says: 'nothing is any', file: 'packages/rules/src/c.ts', code: 'export let x: any' },
]

const allowed: Wall[] = [
  { says: 'a rule uses a rule', file: 'packages/rules/src/d.ts', code: "import { x } from './e.ts'" },
  { says: 'its test uses vitest', file: 'packages/rules/src/d.test.ts', code: "import { x } from 'vitest'" },
  {
    says: 'the contract names a type of the rules',
    file: 'packages/contract/src/b.ts',
    code: "import type { x } from '@vouch/rules'",
  },
  { says: 'the sidebar asks by contract', file: 'apps/sidebar/src/e.ts', code: "import { x } from '@vouch/contract'" },
  {
    says: 'and talks to WeCom in one file',
    file: 'apps/sidebar/src/wecom.ts',
    code: "import { x } from '@wecom/jssdk'",
  },
  {
    says: 'a door uses Koa and rooms',
    file: 'apps/server/src/http/rep.ts',
    code: "import { x } from 'koa'\nimport { y } from '../sends/y.ts'",
  },
  {
    says: 'a room reads another room',
    file: 'apps/server/src/sends/e.ts',
    code: "import { x } from '../consents/queries.ts'",
  },
  {
    says: 'and names its types',
    file: 'apps/server/src/sends/f.ts',
    code: "import type { x } from '../consents/capture.ts'",
  },
  {
    says: 'every room writes the audit trail',
    file: 'apps/server/src/sends/g.ts',
    code: "import { x } from '../audit/append-audit.ts'",
  },
  { says: 'the server decides by rules', file: 'apps/server/src/sends/h.ts', code: "import { x } from '@vouch/rules'" },
  {
    says: 'and renders the doctor page',
    file: 'apps/server/src/http/hcp.ts',
    code: "import { x } from '@vouch/hcp/render'",
  },
  {
    says: 'the simulator speaks WeCom',
    file: 'apps/simulator/src/d.ts',
    code: "import { x } from '@vouch/wecom/crypto'",
  },
  { says: 'the environment is read here', file: 'apps/server/src/config.ts', code: 'export const x = process.env.X' },
]

let fixture: string
let reported: Map<string, string[]>

beforeAll(() => {
  fixture = mkdtempSync(join(tmpdir(), 'vouch-walls-'))
  copyFileSync(join(root, '.oxlintrc.json'), join(fixture, '.oxlintrc.json'))
  for (const { file, code } of [...forbidden, ...allowed]) {
    mkdirSync(dirname(join(fixture, file)), { recursive: true })
    writeFileSync(join(fixture, file), `${code}\nexport type Unused = typeof x\n`)
  }
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
  const { stdout } = spawnSync(process.execPath, [oxlint, '-f', 'json', '.'], { cwd: fixture, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }
  reported = new Map()
  for (const { filename, code } of diagnostics) reported.set(filename, [...(reported.get(filename) ?? []), code])
})

afterAll(() => rmSync(fixture, { recursive: true, force: true }))

const wallRules = /no-restricted-imports|no-process-env|no-default-export|no-explicit-any/
const wallsHit = (file: string): string[] => (reported.get(file) ?? []).filter((code) => wallRules.test(code))

describe('an import through a wall is reported', () => {
  test.each(forbidden)('$says: $file', ({ file }) => expect(wallsHit(file)).not.toEqual([]))
})

describe('an import through a door is not', () => {
  test.each(allowed)('$says: $file', ({ file }) => expect(wallsHit(file)).toEqual([]))
})
