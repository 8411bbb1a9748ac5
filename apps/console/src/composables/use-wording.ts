import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { call, type ContentDetail, type Edit, endpoints, faultOf } from '../api.ts'
import { differing, editOf, type FormField, formOf, merged, type WordingForm } from '../wording.ts'
import type { useSteps } from './use-steps.ts'

type Given = {
  detail: Ref<ContentDetail | null>
  steps: ReturnType<typeof useSteps>
  reload: () => Promise<void>
}

/**
 * The words of a draft as they are typed. Saving sends what was changed; when somebody saved in between, theirs is read
 * and ours stays on top of it, to be looked at and saved again.
 */
export function useWording({ detail, steps, reload }: Given) {
  const form = ref<WordingForm | null>(null)
  const base = shallowRef<WordingForm | null>(null)
  const theirs = shallowRef<FormField[] | null>(null)
  let of = ''

  function take(now: ContentDetail): void {
    const next = formOf(now)
    form.value = form.value && base.value && of === now.contentItemId ? merged(form.value, base.value, next) : next
    // A copy: what is typed must not change what it is compared with.
    base.value = { ...next }
    of = now.contentItemId
  }

  async function send(extra: Partial<Edit>) {
    const { contentItemId, revision } = detail.value!
    const sent = form.value!
    try {
      const answer = await call(endpoints.editDraft, {
        ...editOf(sent, base.value!),
        ...extra,
        contentItemId,
        revision,
      })
      if (answer.outcome === 'done') base.value = { ...sent }
      return answer
    } catch (reason) {
      if (faultOf(reason).code === 'stale_revision') await readTheirs()
      throw reason
    }
  }

  async function readTheirs(): Promise<void> {
    const before = base.value!
    await reload()
    if (detail.value) theirs.value = differing(before, formOf(detail.value))
  }

  async function save(extra: Partial<Edit> = {}): Promise<boolean> {
    if (!detail.value || !form.value || !base.value) return false
    theirs.value = null
    return steps.take('edit', () => send(extra))
  }

  watch(detail, (now) => now && take(now), { immediate: true })
  const changed = computed(() => (form.value && base.value ? differing(form.value, base.value) : []))

  return { form, changed, theirs, save }
}
