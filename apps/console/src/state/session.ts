import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { call, endpoints, endsSession, type Fault, faultOf, type Me, onSignedOut } from '../api.ts'
import { forget } from '../storage.ts'

/** What somebody typed and did not save is kept under keys that begin like this, until they leave. */
export const unsavedKeys = 'vouch.unsaved.'

/** Why nobody is signed in: not yet, no longer, or because they left. */
export type Gone = 'not_yet' | 'ended' | 'left'

/** Who works here, as the server said. When the session ends, what it showed goes with it. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const gone = ref<Gone | null>(null)
  const fault = shallowRef<Fault | null>(null)

  function end(why: Gone): void {
    gone.value = why
    me.value = null
  }

  async function begin(): Promise<void> {
    fault.value = null
    try {
      me.value = await call(endpoints.whoAmI, {})
      gone.value = null
    } catch (reason) {
      const found = faultOf(reason)
      if (!endsSession(found.code)) fault.value = found
    }
  }

  /** False when the server did not hear it: then the session still lives and the page must say so. */
  async function leave(): Promise<boolean> {
    try {
      await call(endpoints.consoleSignOut, {})
    } catch (reason) {
      if (!endsSession(faultOf(reason).code)) return false
    }
    forget('session', unsavedKeys)
    end('left')
    return true
  }

  onSignedOut(() => {
    if (gone.value === null) end(me.value ? 'ended' : 'not_yet')
  })

  return { me, gone, fault, begin, leave }
})
