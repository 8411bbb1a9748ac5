import { checkEndpoints, verifyNameShape, verifyTextShape } from '@vouch/contract'
import { computed, reactive, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'

/** A real one holds a few dozen letters. */
const mostBytes = 1_024
export type VerifyOutcome = 'saved' | 'already' | 'removed'

/** Puts a verification file at the root of our address, or takes it away. What was typed stays until it worked. */
export function useVerifyFile({ changed }: { changed: () => Promise<void> }) {
  const typed = reactive({ name: '', text: '', reason: '' })
  const outcome = ref<VerifyOutcome | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const busy = ref(false)
  const tooLarge = ref(false)
  const nameFits = computed(() => verifyNameShape.test(typed.name.trim()))
  const textFits = computed(() => verifyTextShape.test(typed.text.trim()))
  const ready = computed(() => nameFits.value && textFits.value && typed.reason.trim().length >= 3)

  async function pick(file: File | undefined): Promise<void> {
    if (!file) return
    tooLarge.value = file.size > mostBytes
    if (tooLarge.value) return
    typed.name = file.name
    typed.text = (await file.text()).trim()
  }

  async function attempt(work: () => Promise<VerifyOutcome>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    fault.value = null
    outcome.value = null
    try {
      outcome.value = await work()
      await changed()
      return true
    } catch (reason) {
      fault.value = faultOf(reason)
      return false
    } finally {
      busy.value = false
    }
  }

  async function save(): Promise<void> {
    const { name, text, reason } = typed
    const done = await attempt(async () => {
      const asked = { verifyName: name.trim(), verifyText: text.trim(), reason: reason.trim() }
      const answer = await call(checkEndpoints.saveVerifyFile, asked)
      return answer.outcome === 'done' ? 'saved' : 'already'
    })
    if (done) Object.assign(typed, { name: '', text: '', reason: '' })
  }

  const remove = (verifyName: string, reason: string): Promise<boolean> =>
    attempt(async () => {
      await call(checkEndpoints.removeVerifyFile, { verifyName, reason })
      return 'removed'
    })

  return { typed, outcome, fault, busy, tooLarge, nameFits, textFits, ready, pick, save, remove }
}
