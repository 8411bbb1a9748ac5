import { consentEndpoints, sha256, type TextPreview, type WireTextRefusal } from '@vouch/contract'
import { computed, ref, shallowRef, watch } from 'vue'
import { call } from '../api.ts'
import { leaveFor } from '../sign-in.ts'
import { dayBegins } from '../wording.ts'
import { useAsking } from './use-asking.ts'

/** Shows whom a text would reach from which day on, then leaves for WeCom: the login there is the signature. */
export function useTextSigning(version: number, decision: 'approve' | 'return') {
  const when = ref<'now' | 'day'>('now')
  const fromDay = ref('')
  const meaning = ref('')
  const reason = ref('')
  const preview = shallowRef<TextPreview | null>(null)
  const fits = ref<boolean | null>(null)
  const refusals = shallowRef<readonly WireTextRefusal[]>([])
  const { busy, fault, asking } = useAsking()
  let requestId = crypto.randomUUID()
  const activeFrom = computed(() => (decision === 'approve' && when.value === 'day' ? dayBegins(fromDay.value) : null))

  async function look(): Promise<void> {
    const asked = activeFrom.value
    preview.value = null
    fits.value = null
    if (when.value === 'day' && asked === null) return
    const found = await asking(() => call(consentEndpoints.previewText, { version, activeFrom: asked }))
    if (asked !== activeFrom.value) return look()
    if (!found) return
    preview.value = found
    refusals.value = found.refusals
    fits.value = (await sha256(found.statement)) === found.statementHash
  }

  async function sign(): Promise<void> {
    if (!preview.value) return
    const said = { meaning: meaning.value.trim(), reason: reason.value.trim(), activeFrom: activeFrom.value }
    const { statementHash } = preview.value
    const asked = { requestId, version, decision, statementHash, ...said }
    const answer = await asking(() => call(consentEndpoints.beginTextSigning, asked))
    if (!answer) return
    requestId = crypto.randomUUID()
    if (answer.outcome === 'refused') refusals.value = answer.refusals
    else leaveFor(answer.redirectTo)
  }

  watch([when, fromDay], () => void look(), { immediate: true })
  const ready = computed(
    () => fits.value === true && meaning.value.trim() !== '' && (decision === 'approve' || reason.value.trim() !== ''),
  )
  return { when, fromDay, meaning, reason, preview, fits, refusals, busy, fault, ready, look, sign }
}
