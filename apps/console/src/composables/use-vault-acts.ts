import { ref, shallowRef } from 'vue'
import { call, endpoints, type Fault, faultOf, type Quarantined } from '../api.ts'

export type Act = { kind: 'sync' } | { kind: 'unbrake'; waiting: number } | { kind: 'release'; row: Quarantined }

/** What was done last, until the next. */
export type Acted = { kind: 'sync' | 'release' } | { kind: 'unbrake'; released: number }

/** Steps that need a reason: asked for in a sheet, which stays with what was typed when the step did not work out. */
export function useVaultActs(after: (acted: Acted) => void) {
  const act = shallowRef<Act | null>(null)
  const acted = shallowRef<Acted | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const busy = ref(false)

  function begin(next: Act): void {
    fault.value = null
    acted.value = null
    act.value = next
  }

  async function give(reason: string): Promise<void> {
    if (!act.value || busy.value) return
    busy.value = true
    fault.value = null
    try {
      acted.value = await take(act.value, reason)
      act.value = null
      after(acted.value)
    } catch (thrown) {
      fault.value = faultOf(thrown)
    } finally {
      busy.value = false
    }
  }

  return { act, acted, fault, busy, begin, give }
}

async function take(act: Act, reason: string): Promise<Acted> {
  if (act.kind === 'unbrake') {
    const { released } = await call(endpoints.releaseBrake, { reason })
    return { kind: 'unbrake', released }
  }
  if (act.kind === 'sync') {
    await call(endpoints.syncVault, { reason })
    return { kind: 'sync' }
  }
  const { vaultId, major, minor } = act.row
  await call(endpoints.releaseQuarantine, { vaultId, major, minor, reason })
  return { kind: 'release' }
}
