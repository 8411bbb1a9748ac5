import { sha256 } from '@vouch/contract'
import { computed, ref, shallowRef, watch } from 'vue'
import {
  call,
  type ContentDetail,
  endpoints,
  type Fault,
  faultOf,
  type SigningResult,
  type WireStepRefusal,
} from '../api.ts'
import { leaveFor } from '../sign-in.ts'
import { day } from '../text/format.ts'
import { dayEnds } from '../wording.ts'

export type Decision = 'approve' | 'return' | 'renew'
export type Step = ContentDetail['steps'][number]
type Asked = { detail: ContentDetail; decision: Decision }
type ToSign = { statement: string; statementHash: string }

/**
 * A signature of exactly what is shown: the text and its hash are compared here before anybody signs. The signer then
 * leaves for WeCom, and what comes back is the signature itself.
 */
export function useSigning({ detail, decision }: Asked) {
  const step = ref<Step>(detail.maySign[0] ?? 'medical')
  const steps = shallowRef<readonly Step[]>(detail.maySign)
  const meaning = ref('')
  const reason = ref('')
  // Who signs a renewal that others began signs the day they asked for, unless it should be another one.
  const until = ref(decision === 'renew' && detail.renewal && waitsForMe(detail) ? day(detail.renewal.until) : '')
  const toSign = shallowRef<ToSign | null>(decision === 'renew' ? null : detail)
  const fits = ref<boolean | null>(null)
  const refusals = shallowRef<readonly WireStepRefusal[]>([])
  const fault = shallowRef<Fault | null>(null)
  const busy = ref(false)
  let requestId = crypto.randomUUID()

  async function verify(now: ToSign | null): Promise<void> {
    fits.value = null
    if (!now) return
    const hash = await sha256(now.statement)
    if (toSign.value === now) fits.value = hash === now.statementHash
  }

  /** The statement of a renewal is another one for every day that is asked for. */
  async function preview(): Promise<void> {
    const renewsUntil = dayEnds(until.value)
    toSign.value = null
    if (!renewsUntil) return
    const { contentItemId } = detail
    const found = await asking(() => call(endpoints.previewRenewal, { contentItemId, renewsUntil }))
    if (!found || dayEnds(until.value) !== renewsUntil) return
    refusals.value = found.refusals
    steps.value = found.maySign
    step.value = found.maySign[0] ?? step.value
    toSign.value = found
  }

  async function sign(): Promise<void> {
    if (!toSign.value || busy.value) return
    const { statementHash } = toSign.value
    const { contentItemId } = detail
    const renewsUntil = decision === 'renew' ? dayEnds(until.value) : null
    const said = { meaning: meaning.value.trim(), reason: reason.value.trim() }
    const asked = { requestId, contentItemId, step: step.value, decision, ...said, statementHash, renewsUntil }
    const answer = await asking(() => call(endpoints.beginSigning, asked))
    if (!answer) return
    requestId = crypto.randomUUID()
    if (answer.outcome === 'refused') refusals.value = answer.refusals
    else leaveFor(answer.redirectTo)
  }

  async function asking<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
    busy.value = true
    fault.value = null
    refusals.value = []
    try {
      return await ask()
    } catch (thrown) {
      fault.value = faultOf(thrown)
      return null
    } finally {
      busy.value = false
    }
  }

  watch(toSign, (now) => void verify(now), { immediate: true })
  watch(until, () => void preview())
  if (until.value) void preview()
  const ready = computed(() => fits.value === true && meaning.value.trim() !== '')

  return { step, steps, meaning, reason, until, toSign, fits, refusals, fault, busy, ready, sign }
}

/** A renewal that others began and that this person has not signed. */
export function waitsForMe({ renewal, maySign, may }: ContentDetail): boolean {
  return renewal !== null && may.includes('renew') && maySign.some((step) => !renewal.signed.includes(step))
}

/** How the signature went for which the page was left. */
export function askResult(signingId: string): Promise<SigningResult> {
  return call(endpoints.signingResult, { signingId })
}
