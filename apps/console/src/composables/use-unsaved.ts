import { onBeforeUnmount, onMounted } from 'vue'
import { unsavedKeys, useSession } from '../state/session.ts'
import { keep, take } from '../storage.ts'

const pauseMs = 300

/**
 * Keeps what is typed for as long as this browser tab lives: a reload, a session that ended or a wrong link must not
 * lose it. `left` says whether something is still to be saved; closing the tab then asks first.
 */
export function useUnsaved<Typed>(of: () => string, left: () => boolean) {
  const session = useSession()
  const keyOf = (id: string): string => `${unsavedKeys}${session.me?.name ?? ''}.${id}`
  let timer: ReturnType<typeof setTimeout> | undefined
  let pending: (() => void) | undefined

  function flush(): void {
    clearTimeout(timer)
    pending?.()
    pending = undefined
  }

  function note(typed: Typed | null): void {
    const key = keyOf(of())
    pending = () => void keep('session', key, typed)
    clearTimeout(timer)
    timer = setTimeout(flush, pauseMs)
  }

  function ask(event: BeforeUnloadEvent): void {
    flush()
    if (left()) event.preventDefault()
  }

  onMounted(() => window.addEventListener('beforeunload', ask))
  onBeforeUnmount(() => {
    flush()
    window.removeEventListener('beforeunload', ask)
  })
  return { note, kept: (): Typed | null => take<Typed>('session', keyOf(of())) }
}
