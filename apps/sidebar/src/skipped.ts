import { shallowReactive } from 'vue'
import { keep, take } from './storage.ts'

const key = 'vouch.skipped'
/** A script is sent within one visit; what was passed over then says nothing about the next. */
const keptMs = 12 * 3_600_000
const most = 20

type Kept = Record<string, { at: number; positions: number[] }>

/** What is kept of this rep's scripts, without what is too old; newest last. */
function read(): [string, Kept[string]][] {
  const oldest = Date.now() - keptMs
  return Object.entries(take<Kept>('local', key) ?? {}).filter(([, { at }]) => at > oldest)
}

/**
 * Positions of a script passed over for one doctor by one rep. They outlive the page, which a client closes whenever the
 * chat is left, and stay on this device: nobody else needs to know. Where storage is forbidden they last as long as the sheet.
 */
export function skippedOf(about: readonly (string | null)[]) {
  const name = about.join(' ')
  const positions = shallowReactive(new Set(read().find(([known]) => known === name)?.[1].positions))
  return {
    positions,
    add(position: number): void {
      positions.add(position)
      const others = read().filter(([known]) => known !== name)
      const mine = { at: Date.now(), positions: [...positions] }
      keep('local', key, Object.fromEntries([...others, [name, mine] as const].slice(-most)))
    },
  }
}
