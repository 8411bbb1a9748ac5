import type { VaultStatus } from './api.ts'
import type { Text } from './text/zh.ts'

export type Sentence = { tone: 'ok' | 'warn' | 'bad' | 'info'; says: string; more: string[] }

/** Those that end by themselves. */
const passing = ['rate_limited', 'configuring', 'unreachable']
/** Ten cycles; then nobody runs them. */
const staleSeconds = 600

/** How the connection stands, in a sentence; what to do about it follows. */
export function vaultSentence(status: VaultStatus, now: Date, words: Text['vault']): Sentence {
  if (!status.connected) return { tone: 'info', says: words.notConnected, more: [words.connect] }
  const { problem, mapping, cycleAt } = status
  if (problem !== null) {
    const { word, means, help } = words.problem(problem)
    const type = words.problemType(problem)
    const says = type ? `${word}${words.ofType(type)}` : word
    const tone = passing.includes(problem.split(' ')[0] ?? '') ? 'warn' : 'bad'
    return { tone, says, more: [means, help, words.lastFine(cycleAt), words.meanwhile].filter(Boolean) }
  }
  if (!mapping) {
    const asks = status.may.includes('change_mapping') ? [] : [words.askAdmin]
    return { tone: 'warn', says: words.noMapping, more: asks }
  }
  if (!cycleAt) return { tone: 'info', says: words.waitsFirst, more: [] }
  const seconds = (now.getTime() - cycleAt.getTime()) / 1_000
  if (seconds > staleSeconds) return { tone: 'warn', says: words.stale(words.ago(seconds)), more: [words.staleHelp] }
  return { tone: 'ok', says: words.fine(cycleAt, words.ago(seconds)), more: [] }
}
