/** What a spreadsheet would take for a formula, wherever it begins. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/

/** A table for a spreadsheet: with the mark by which Excel knows UTF-8, and nothing that it would run. */
export function asCsv(lines: readonly (readonly string[])[]): string {
  const cell = (text: string) => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  return `\ufeff${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`
}

/** Shanghai's time with its zone: 2026-11-21 14:05:12 +08:00. */
export const csvTime = (at: Date | null | undefined): string =>
  at ? `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} +08:00` : ''
