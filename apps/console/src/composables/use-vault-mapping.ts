import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import {
  call,
  endpoints,
  type Fault,
  faultOf,
  type VaultMappingWords,
  type VaultSetting,
  type VaultStatus,
} from '../api.ts'
import { unsavedKeys } from '../state/session.ts'
import { keep, take } from '../storage.ts'
import { differing, formOf, type MappingForm, merged, readForm, type SettingFaults } from '../vault-form.ts'

/** What was typed and not saved, with what it was typed over. Forgotten with everything else unsaved when somebody leaves. */
const draftKey = `${unsavedKeys}vault-mapping`
type Draft = { form: MappingForm; base: MappingForm; revision: number }
type Refused = { outcome: 'refused'; faults: { field: string; problem: string }[] }

export type Given = { status: Ref<VaultStatus | null>; reload: () => Promise<void> }

/**
 * The mapping as it is typed. Nothing typed is lost: not by a fault, a reload or a lost session, and when somebody saved
 * in between, theirs is read and ours stays on top of it.
 */
export function useVaultMapping({ status, reload }: Given) {
  const form = ref<MappingForm | null>(null)
  const base = shallowRef<MappingForm | null>(null)
  const revision = ref(0)
  const theirs = shallowRef<VaultSetting[] | null>(null)
  const restored = ref(false)
  const faults = shallowRef<SettingFaults>({})
  const vaultFault = ref('')
  const fault = shallowRef<Fault | null>(null)
  const saved = ref(false)
  const busy = ref<'save' | 'try' | 'fields' | null>(null)

  /** Whatever the server has now lies beneath what is typed. */
  function takeOver({ mapping, revision: now }: VaultStatus): void {
    if (form.value && base.value && revision.value === now) return
    const draft =
      form.value && base.value ? { form: form.value, base: base.value, revision: revision.value } : unsaved()
    const next = formOf(mapping)
    form.value = draft ? merged(draft.form, draft.base, next) : next
    if (draft && draft.revision !== now) theirs.value = differing(draft.base, next)
    base.value = formOf(mapping) // a copy: what is typed must not change what it is compared with
    revision.value = now
  }

  function unsaved(): Draft | null {
    const draft = take<Draft>('session', draftKey)
    restored.value = draft !== null
    return draft
  }

  function drop(): void {
    keep('session', draftKey, null)
    form.value = null
    theirs.value = null
    restored.value = false
    faults.value = {}
    if (status.value) takeOver(status.value)
  }

  async function save(reason: string): Promise<boolean> {
    const answer = await ask('save', (words) =>
      call(endpoints.saveVaultMapping, { ...words, reason, revision: revision.value }, { timeoutMs: 30_000 }),
    )
    if (answer?.outcome !== 'done') return false
    keep('session', draftKey, null)
    form.value = null
    theirs.value = null
    restored.value = false
    await reload()
    saved.value = true
    return true
  }

  /** Sends the form when its shape is right; what is wrong stands at its settings and nothing is lost. */
  async function ask<Answer extends { outcome: 'done' }>(
    what: 'save' | 'try',
    send: (words: VaultMappingWords) => Promise<Answer | Refused>,
  ): Promise<Answer | null> {
    if (!form.value || busy.value) return null
    saved.value = false
    fault.value = null
    vaultFault.value = ''
    const read = readForm(form.value)
    faults.value = 'faults' in read ? read.faults : {}
    if ('faults' in read) return null
    busy.value = what
    try {
      const answer = await send(read.words)
      if (answer.outcome === 'done') return answer
      settle(answer)
    } catch (reason) {
      fault.value = faultOf(reason)
      if (fault.value.code === 'stale_revision') await reload()
    } finally {
      busy.value = null
    }
    return null
  }

  function settle({ faults: found }: Refused): void {
    vaultFault.value = found.find(({ field }) => field === 'vault')?.problem ?? ''
    faults.value = Object.fromEntries(
      found.filter(({ field }) => field !== 'vault').map((one) => [one.field, one.problem]),
    )
  }

  const changed = computed(() => (form.value && base.value ? differing(form.value, base.value) : []))
  watch(status, (now) => now && takeOver(now), { immediate: true })
  watch(
    form,
    () => {
      if (!form.value || !base.value) return
      const draft: Draft = { form: form.value, base: base.value, revision: revision.value }
      keep('session', draftKey, changed.value.length > 0 ? draft : null)
    },
    { deep: true },
  )

  return { form, changed, theirs, restored, faults, vaultFault, fault, saved, busy, save, ask, drop }
}
