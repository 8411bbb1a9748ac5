import { computed, onBeforeUnmount, reactive, ref, watch } from 'vue'
import { pictureBytes, type VersionDiff } from '../api.ts'

type Page = VersionDiff['pages'][number]
export type Seen = 'same' | 'differs'

/** Pictures compared without being asked for; the rest on request, so that a long document does not fill the line. */
const atFirst = 60
const atOnce = 3

/**
 * Compares the pictures of pages byte by byte: the same page drawn twice is the same file. What could not be read is
 * left open.
 */
export function usePagePictures(pages: () => readonly Page[]) {
  const seen = reactive(new Map<number, Seen>())
  const most = ref(atFirst)
  const done = ref(0)
  const pairs = computed(() => pages().filter((page) => page.before && page.after))
  const asked = computed(() => pairs.value.slice(0, most.value))
  let running: AbortController | undefined

  async function compare(): Promise<void> {
    running?.abort()
    const { signal } = (running = new AbortController())
    const waiting = asked.value.filter(({ number }) => !seen.has(number))
    done.value = asked.value.length - waiting.length
    const work = async (): Promise<void> => {
      for (let page = waiting.shift(); page && !signal.aborted; page = waiting.shift()) {
        const found = await compareOne(page, signal)
        if (signal.aborted) return
        if (found) seen.set(page.number, found)
        done.value += 1
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }

  watch(
    pages,
    () => {
      seen.clear()
      most.value = atFirst
      void compare()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => running?.abort())
  return {
    ...{ seen, done },
    of: computed(() => asked.value.length),
    left: computed(() => pairs.value.length - asked.value.length),
    compareRest(): void {
      most.value = Infinity
      void compare()
    },
  }
}

async function compareOne({ before, after }: Page, signal: AbortSignal): Promise<Seen | null> {
  if (!before || !after) return null
  try {
    const [old, young] = await Promise.all([pictureBytes(before.image, signal), pictureBytes(after.image, signal)])
    return old.length === young.length && old.every((byte, at) => byte === young[at]) ? 'same' : 'differs'
  } catch {
    return null
  }
}
