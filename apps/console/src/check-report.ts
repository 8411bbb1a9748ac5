import type { Both, Finding } from '@vouch/contract'
import type { CheckList } from './composables/use-checks.ts'
import type { ChecksText } from './text/checks.zh.ts'
import { exact } from './text/format.ts'

/** What was found as plain text for a mail or a ticket; the server tells no secrets, so there are none in it. */
export function reportOf(
  { groups, checks }: CheckList,
  found: ReadonlyMap<string, Finding>,
  { words, at }: { words: ChecksText; at: Date },
): string {
  const say = (both: Both): string => both[words.shown]
  const lines = groups.flatMap(({ group, title }) => {
    const rows = checks.flatMap((check) => {
      const finding = found.get(check.checkId)
      return check.group === group && finding ? rowsOf(say(check.title), finding, { words, say }) : []
    })
    return rows.length > 0 ? ['', say(title), ...rows] : []
  })
  return [words.report.head(exact(at)), ...lines, ''].join('\n')
}

function rowsOf(
  title: string,
  { checkId, outcome, fact, details, fix, where }: Finding,
  { words, say }: { words: ChecksText; say: (both: Both) => string },
): string[] {
  const head = `  [${words.outcome(outcome)}] ${title} (${checkId}): ${say(fact)}`
  if (outcome === 'ok') return [head]
  return [
    head,
    ...details.map((detail) => `      - ${say(detail)}`),
    ...(fix ? [`      ${words.report.fix}: ${say(fix)}`] : []),
    ...(where ? [`      ${words.report.where}: ${say(where)}`] : []),
  ]
}
