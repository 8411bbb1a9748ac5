/** The checks that need no browser and no database: form, lint and walls, types, words. */
import { existsSync, readdirSync } from 'node:fs'
import { root, inRoot } from './root.mjs'
import { runTool } from './run.mjs'
import { say } from './say.mjs'
import { checkWords } from './words.mjs'

const typed = ['apps', 'packages']
  .flatMap((folder) => readdirSync(inRoot(folder)).map((name) => `${folder}/${name}`))
  .concat('scripts')
  .filter((folder) => existsSync(inRoot(folder, 'tsconfig.json')))

/** Types of every part, two at a time: more is slower on two cores. */
async function checkTypes() {
  const queue = [...typed]
  const faults = []
  const work = async () => {
    for (let folder = queue.shift(); folder; folder = queue.shift()) {
      await runTool('vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', folder]).catch((error) => faults.push(error.message))
    }
  }
  await Promise.all([work(), work()])
  if (faults.length > 0) throw new Error(faults.join('\n').replaceAll(`${root}/`, ''))
}

/** Each check throws with all its faults. */
export const checks = [
  {
    title: say('格式', 'form'),
    run: () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
    advice: 'npm run format',
  },
  { title: say('规则和边界', 'lint and walls'), run: () => runTool('oxlint/bin/oxlint', ['--deny-warnings']) },
  { title: say('类型', 'types'), run: checkTypes },
  { title: say('用词和目录', 'words and folders'), run: async () => checkWords() },
]

/** Runs vitest projects; the report of every test is written to `report` as JSON. Throws when a test fails. */
export async function runTests(projects, { report, env = {} }) {
  const chosen = projects.flatMap((name) => ['--project', name])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['run', '-c', 'scripts/vitest.config.ts', '--passWithNoTests', ...chosen, ...reporters]
  await runTool('vitest/vitest.mjs', args, { env, show: true })
}
