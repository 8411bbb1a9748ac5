import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const here = new URL('./', import.meta.url)
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(new URL(name, here), 'utf8') }))

/** What would let a decision depend on anything but its arguments, each with a line it must catch. */
const impure: { what: string; pattern: RegExp; caught: string }[] = [
  { what: 'the clock', pattern: /Date\.now|performance\b|\bnew Date\b(?!\()/, caught: 'Date.now()' },
  { what: 'the clock', pattern: /\bnew Date\(\s*\)|[^.\w]Date\(\s*\)/, caught: 'const at = new Date( )' },
  { what: "the machine's time zone", pattern: /\bnew Date\([^()]*,/, caught: 'new Date(2026, 2)' },
  {
    what: "the machine's time zone",
    pattern: /\.[gs]et(Date|Day|Month|FullYear|Hours|Minutes|Seconds|TimezoneOffset)\(/,
    caught: 'at.getHours()',
  },
  { what: "the machine's language", pattern: /\bIntl\b|\.toLocale/, caught: 'at.toLocaleString()' },
  { what: 'the environment', pattern: /\bprocess\b|\bglobalThis\b|import\.meta/, caught: 'process.env.TZ' },
  { what: 'the network', pattern: /\bfetch\b|\bXMLHttpRequest\b|\bWebSocket\b/, caught: 'await fetch(url)' },
  { what: 'chance', pattern: /Math\.random|\bcrypto\b/, caught: 'Math.random()' },
  { what: 'waiting', pattern: /\basync\b|\bawait\b|\bPromise\b|setTimeout|setInterval/, caught: 'setTimeout(tick)' },
  { what: 'other modules', pattern: /\brequire\(|\bimport\(|\bimport '/, caught: "import 'node:fs'" },
  { what: 'other modules', pattern: /\bfrom\s+['"](?!\.\/[\w-]+\.ts['"])/, caught: "import { z } from 'zod'" },
  { what: 'memory between decisions', pattern: /^(export )?(let|var)\b/m, caught: 'let last = 0' },
]

describe('the rules are pure', () => {
  test('there are sources to look at', () => {
    expect(sources.map((source) => source.name)).toContain('decide-send.ts')
  })

  test.each(impure)('no source reaches for $what ($caught)', ({ pattern, caught }) => {
    expect(caught).toMatch(pattern)
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)).toEqual([])
  })

  test('the package depends on nothing', () => {
    const manifest: object = JSON.parse(readFileSync(new URL('../package.json', here), 'utf8'))
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([])
  })
})
