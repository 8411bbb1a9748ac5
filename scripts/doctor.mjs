/** `npm run doctor`: what is wrong on this machine and what to do. `-- --only ID`, `-- --json`, `-- --lang zh|en`. */
import { parseArgs } from 'node:util'
import { doctorChecks } from './lib/doctor-checks.mjs'
import { columns, say } from './lib/say.mjs'

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } },
})
const marks = { ok: 'v', warn: '!', error: 'x', unknown: '?' }

async function examine({ id, title, run }) {
  try {
    return { id, title, ...(await run()) }
  } catch (fault) {
    return { id, title, state: 'error', fact: fault.message }
  }
}

const chosen = doctorChecks.filter(({ id }) => !options.only || id === options.only)
const findings = []
for (const check of chosen) findings.push(await examine(check))
const count = (state) => findings.filter((finding) => finding.state === state).length

if (options.json) console.log(JSON.stringify({ errors: count('error'), warnings: count('warn'), findings }, null, 2))
else {
  const width = Math.max(0, ...chosen.map(({ title }) => columns(title)))
  for (const { title, state, fact, fix } of findings) {
    console.log(`  ${title}${' '.repeat(width - columns(title))}  ${marks[state]} ${fact}`)
    if (fix) console.log(`  ${' '.repeat(width)}    ${say('修', 'fix')}: ${fix}`)
  }
  console.log(`  ${count('error')} ${say('个错误', 'errors')}  ${count('warn')} ${say('个提醒', 'warnings')}`)
}
if (options.only && chosen.length === 0) console.error(`--only ${doctorChecks.map(({ id }) => id).join(' | ')}`)
process.exitCode = count('error') > 0 || chosen.length === 0 ? 1 : 0
