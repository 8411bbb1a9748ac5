import type { Cue } from './captions.ts'

/** What somebody says without a pause, and when it begins; `voice` is empty where the captions name nobody. */
export type Passage = { seconds: number; voice: string; words: string }

/** A silence this long, or so many characters, begin a new passage. */
const pauseMs = 3_000
const longest = 240

/** Captions as a text to read: what belongs together in one passage, without marks. */
export function transcriptOf(cues: readonly Cue[]): Passage[] {
  const passages: Passage[] = []
  let endedMs = -pauseMs
  for (const { startMs, endMs, text } of cues) {
    const voice = /<v(?:\.[\w-]+)*[ \t]+([^<>]+)>/.exec(text)?.[1]?.trim() ?? ''
    const words = plainOf(text)
    const last = passages.at(-1)
    const goesOn = last && last.voice === voice && startMs - endedMs < pauseMs && last.words.length < longest
    if (goesOn) last.words = joined(last.words, words)
    else passages.push({ seconds: Math.floor(startMs / 1000), voice, words })
    endedMs = endMs
  }
  return passages
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }

function plainOf(text: string): string {
  const bare = text.replaceAll(/<[^>]*>/g, '').replaceAll(/&(\w+);/g, (whole, name: string) => named[name] ?? whole)
  return bare.split('\n').reduce(joined)
}

/** Chinese runs on without a space. */
function joined(one: string, other: string): string {
  const runsOn = /[\p{Script=Han}\p{P}]$/u.test(one) && /^[\p{Script=Han}\p{P}]/u.test(other)
  return (runsOn ? one + other : `${one} ${other}`).trim()
}
