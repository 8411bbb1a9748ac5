import { welcomeEndpoints, type Output, type WelcomeRefusal } from '@vouch/contract'
import { computed, reactive, ref } from 'vue'
import { call } from '../api.ts'
import { useAsking } from './use-asking.ts'

export type LoadedWelcome = Output<typeof welcomeEndpoints.loadWelcomeText>
type WelcomeRefused = { reasons: readonly WelcomeRefusal[]; about: string }

const newRequestId = (): string => crypto.randomUUID()

/** Other words for the welcome, on their way to a second person. What was typed outlives every refusal and every fault. */
export function useWelcomeForm(now: LoadedWelcome) {
  const form = reactive({ wordingZh: now.wordingZh, wordingEn: now.wordingEn, reason: '' })
  const refused = ref<WelcomeRefused | null>(null)
  const { busy, fault, asking } = useAsking()
  let requestId = newRequestId()
  const changed = computed(() => form.wordingZh.trim() !== now.wordingZh || form.wordingEn.trim() !== now.wordingEn)
  const ready = computed(
    () =>
      changed.value &&
      form.reason.trim().length >= 3 &&
      form.wordingZh.trim().length >= 5 &&
      form.wordingEn.trim().length >= 5,
  )

  /** Whether it waits for a second person now. */
  async function propose(version: number): Promise<boolean> {
    refused.value = null
    const asked = { requestId, version, ...form }
    const answer = await asking(() => call(welcomeEndpoints.proposeWelcomeText, asked))
    if (!answer) return false
    requestId = newRequestId()
    if (answer.outcome === 'refused') refused.value = answer
    return answer.outcome === 'proposed'
  }

  return { form, ready, busy, fault, refused, propose }
}
