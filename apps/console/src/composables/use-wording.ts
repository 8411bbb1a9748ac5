import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { call, type ContentDetail, type Edit, endpoints, faultOf } from '../api.ts'
import { type Clash, clashOf, differing, editOf, type FormField, formOf, merged, type WordingForm } from '../wording.ts'
import type { useSteps } from './use-steps.ts'
import { useUnsaved } from './use-unsaved.ts'

type Given = {
  detail: Ref<ContentDetail | null>
  steps: ReturnType<typeof useSteps>
  reload: () => Promise<void>
}

/**
 * The words of a draft as they are typed. Saving sends what was changed; when somebody saved in between, theirs is read,
 * ours stays on top of it, and where both changed the same one chooses. What is not saved outlives a reload.
 */
export function useWording({ detail, steps, reload }: Given) {
  const form = ref<WordingForm | null>(null)
  const base = shallowRef<WordingForm | null>(null)
  const clash = shallowRef<Clash | null>(null)
  /** Files that are stored and not yet part of the draft. */
  const owed = shallowRef<Partial<Edit>>({})
  const restored = ref(false)
  let of = ''
  let savedAs = 0

  const changed = computed(() => (form.value && base.value ? differing(form.value, base.value) : []))
  const unsaved = computed(() => changed.value.length > 0 || Object.keys(owed.value).length > 0)
  const { note, kept } = useUnsaved<{ form: WordingForm; base: WordingForm }>(
    () => `wording.${of}`,
    () => changed.value.length > 0,
  )

  function take(now: ContentDetail): void {
    if (of !== now.contentItemId) begin(now)
    const next = formOf(now)
    if (form.value && base.value) {
      // What we saved ourselves may have been tidied up on the way; that is nobody's change.
      if (now.revision !== savedAs)
        clash.value = clashOf({ form: form.value, base: base.value, next, now }) ?? clash.value
      form.value = merged(form.value, base.value, next)
    } else form.value = next
    // A copy: what is typed must not change what it is compared with.
    base.value = { ...next }
  }

  /** Another version: what was typed here before, in this tab, is there again. */
  function begin({ contentItemId }: ContentDetail): void {
    of = contentItemId
    const typed = kept()
    form.value = typed?.form ?? null
    base.value = typed?.base ?? null
    clash.value = null
    owed.value = {}
    restored.value = typed !== null
  }

  async function send() {
    const { contentItemId, revision } = detail.value!
    const sent = { ...form.value! }
    const words = editOf(sent, base.value!)
    try {
      const answer = await call(endpoints.editDraft, { ...words, ...owed.value, contentItemId, revision })
      if (answer.outcome !== 'done') return answer
      base.value = sent
      savedAs = answer.revision
      owed.value = {}
      clash.value = null
      restored.value = false
      return answer
    } catch (reason) {
      if (faultOf(reason).code === 'stale_revision') await reload()
      throw reason
    }
  }

  async function save(extra: Partial<Edit> = {}): Promise<boolean> {
    owed.value = { ...owed.value, ...extra }
    if (!detail.value || !form.value || !base.value) return false
    return steps.take('edit', send)
  }

  /** Takes one of two wordings; the other one is kept beside it. */
  function choose(field: FormField, whose: 'mine' | 'theirs'): void {
    if (!form.value || !clash.value) return
    const fields = clash.value.fields.map((one) => {
      if (one.field !== field || one.chosen === whose) return one
      const now = form.value![field]
      return one.chosen === 'mine' ? { ...one, chosen: whose, mine: now } : { ...one, chosen: whose }
    })
    const one = fields.find((entry) => entry.field === field)
    if (one) form.value = { ...form.value, [field]: whose === 'mine' ? one.mine : one.theirs }
    clash.value = { ...clash.value, fields }
  }

  function drop(): void {
    if (base.value) form.value = { ...base.value }
    clash.value = null
    restored.value = false
  }

  watch(detail, (now) => now && take(now), { immediate: true })
  watch(
    [form, changed],
    () => form.value && base.value && note(changed.value.length > 0 ? { form: form.value, base: base.value } : null),
    { deep: true },
  )

  return { form, changed, unsaved, owed, clash, restored, save, choose, drop }
}
