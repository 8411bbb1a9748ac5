import { mappingProblems, quarantineWords, vaultHolds, vaultProblems } from '@vouch/contract'
import { expect, test } from 'vitest'
import { vaultWords as en } from './vault-words.en.ts'
import { vaultWords as zh, type Told } from './vault-words.zh.ts'

const han = /\p{Script=Han}/u

const told = [
  ...quarantineWords.map((name) => ({
    of: 'quarantined' as const,
    name,
    zh: zh.quarantined[name],
    en: en.quarantined[name],
  })),
  ...vaultHolds.map((name) => ({ of: 'held' as const, name, zh: zh.held[name], en: en.held[name] })),
  ...vaultProblems.map((name) => ({ of: 'problems' as const, name, zh: zh.problems[name], en: en.problems[name] })),
]

test.each(told)('$of $name says in both languages what happened and what to do', ({ of, zh: chinese, en: english }) => {
  for (const part of ['word', 'means', 'help'] as const) {
    expect(chinese[part]).toMatch(han)
    expect(english[part]).not.toMatch(han)
    for (const text of [chinese[part], english[part]]) expect(text).not.toMatch(/\b[a-z]+_[a-z]+/)
  }
  const words = (all: Record<string, Told>) => Object.values(all).map(({ word }) => word)
  for (const language of [zh, en]) expect(new Set(words(language[of])).size).toBe(words(language[of]).length)
})

test.each(mappingProblems)('a setting that is %s is answered in both languages', (problem) => {
  expect(zh.mapping[problem]).toMatch(han)
  expect(en.mapping[problem]).not.toMatch(han)
})
