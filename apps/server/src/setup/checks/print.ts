import type { Both, CheckOutcome } from '@vouch/contract'

/** One line of a report: a finding of ours, or one of whoever called us. */
export type Printed = {
  checkId: string
  group: Both
  title: Both
  outcome: CheckOutcome
  fact: Both
  details: Both[]
  fix: Both | null
  where: Both | null
}
export type Language = keyof Both

const marks: Record<CheckOutcome, string> = { ok: 'v', warning: '!', fault: 'x', not_asked: '?' }
const label = {
  fix: { zh: '修', en: 'fix' },
  where: { zh: '去', en: 'at' },
}

/** How many columns a text takes in a terminal: a Chinese character takes two. */
const columns = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columns(text)))

/** A finding as lines for a terminal; `first` begins a new group. */
export function linesOf(
  found: Printed,
  language: Language,
  { first, widths }: { first: boolean; widths: Widths },
): string[] {
  const group = padded(first ? found.group[language] : '', widths.group)
  const inset = ' '.repeat(widths.group + 6)
  const lines = [
    `  ${group}  ${marks[found.outcome]} ${padded(found.title[language], widths.title)}  ${found.fact[language]}`,
  ]
  if (found.outcome === 'ok') return lines
  for (const detail of found.details) lines.push(`${inset}- ${detail[language]}`)
  if (found.fix) lines.push(`${inset}${label.fix[language]}: ${found.fix[language]}`)
  if (found.where) lines.push(`${inset}${label.where[language]}: ${found.where[language]}`)
  return lines
}

export type Widths = { group: number; title: number }
export const widthsOf = (all: readonly { group: Both; title: Both }[], language: Language): Widths => ({
  group: Math.max(0, ...all.map(({ group }) => columns(group[language]))),
  title: Math.max(0, ...all.map(({ title }) => columns(title[language]))),
})

/** The last lines: how many of what, and how to look again at the first that is wrong. */
export function closingOf(all: readonly Printed[], language: Language, command: string): string[] {
  const count = (outcome: CheckOutcome) => all.filter((one) => one.outcome === outcome).length
  const [faults, warnings, left] = [count('fault'), count('warning'), count('not_asked')]
  const wrong = all.find(({ outcome }) => outcome === 'fault') ?? all.find(({ outcome }) => outcome === 'warning')
  const sum =
    language === 'zh'
      ? `${faults} 个错误  ${warnings} 个提醒  ${left} 项没有检查`
      : `faults: ${faults}  warnings: ${warnings}  not asked: ${left}`
  if (!wrong) return ['', `  ${sum}`]
  const again = language === 'zh' ? '改好后只重跑这一项' : 'once it is put right, look at it alone'
  return ['', `  ${sum}`, `  ${again}: ${command} --only ${wrong.checkId}    (--json | --lang zh|en)`]
}
