import { pinyin } from 'pinyin-pro'

/** Sounds that speakers and typists take for each other: zh and z, ng and n, l and n, f and h are close in much of the land. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/zh/g, 'z'],
  [/ch/g, 'c'],
  [/sh/g, 's'],
  [/ng$/g, 'n'],
  [/^l/g, 'n'],
]

/** A name as it sounds, roughly: two names that are easily taken for each other have the same. At most 120 characters. */
export function nameSound(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  const runs = plain.match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []
  const syllables = runs.flatMap((run) =>
    /\p{Script=Han}/u.test(run) ? pinyin(run, { toneType: 'none', type: 'array', v: true, surname: 'head' }) : [run],
  )
  return syllables
    .map((syllable) => alike.reduce((sound, [from, to]) => sound.replace(from, to), syllable))
    .join(' ')
    .slice(0, 120)
}
