import { readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { checkIds, type CheckId } from '@vouch/contract'
import pino from 'pino'
import { benchFrom } from './setup/checks/create-bench.ts'
import { createExaminer } from './setup/checks/examine.ts'
import { closingOf, linesOf, widthsOf, type Language, type Printed } from './setup/checks/print.ts'
import { checks } from './setup/checks/registry.ts'
import { groupTitles } from './setup/checks/words/common.ts'

/**
 * `doctor`: every check of the registry at a terminal. `--only ID,ID`, `--json`, `--lang zh|en`, `--strict` (warnings end
 * with 2), `--env FILE` (settings as they stand there). `--also -` takes findings of whoever called from its input.
 */
const { values: options } = parseArgs({
  options: {
    ...{ only: { type: 'string', multiple: true }, json: { type: 'boolean' }, lang: { type: 'string' } },
    ...{ strict: { type: 'boolean' }, env: { type: 'string' }, also: { type: 'string' } },
  },
})
const command = process.env['DOCTOR_COMMAND'] ?? 'node apps/server/dist/doctor.js'
const spoken = options.lang ?? process.env['LC_ALL'] ?? process.env['LANG'] ?? ''
const language: Language = spoken.toLowerCase().startsWith('en') ? 'en' : 'zh'

const also = options.also ? (JSON.parse(readFileSync(0, 'utf8')) as Printed[]) : [] // written by scripts/doctor.mjs
const asked = (options.only ?? []).flatMap((ids) => ids.split(',')).map((id) => id.trim())
const isAsked = (id: string): boolean => asked.length === 0 || asked.includes(id)
const chosen: CheckId[] = checkIds.filter(isAsked)
const unknown = asked.filter(
  (id) => !checkIds.some((known) => known === id) && !also.some(({ checkId }) => checkId === id),
)

if (unknown.length > 0) {
  console.error(`--only ${unknown.join(',')} ?\n  ${[...also.map(({ checkId }) => checkId), ...checkIds].join('\n  ')}`)
  process.exit(1)
}

const environment = options.env ? { ...process.env, ...parseEnv(readFileSync(options.env, 'utf8')) } : process.env
const { bench, close } = benchFrom(environment, pino({ level: 'silent' }))
const all: Printed[] = []
const widths = widthsOf(
  [...also, ...chosen.map((id) => ({ group: groupTitles[checks[id].group], title: checks[id].title }))],
  language,
)

/** Said as soon as it is known: some answers take seconds. */
function tell(found: Printed): void {
  const first = all.at(-1)?.group.en !== found.group.en
  all.push(found)
  if (!options.json) console.log(linesOf(found, language, { first, widths }).join('\n'))
}

for (const found of also.filter(({ checkId }) => isAsked(checkId))) tell(found)
await createExaminer(bench).runAll((finding) => {
  const { group, title } = checks[finding.checkId]
  tell({ ...finding, group: groupTitles[group], title })
}, chosen)
await close().catch(() => {})

const count = (outcome: Printed['outcome']): number => all.filter((one) => one.outcome === outcome).length
const [faults, warnings] = [count('fault'), count('warning')]
if (options.json)
  console.log(JSON.stringify({ faults, warnings, notAsked: count('not_asked'), findings: all }, null, 2))
else console.log(closingOf(all, language, command).join('\n'))
process.exit(faults > 0 ? 1 : warnings > 0 && options.strict ? 2 : 0)
