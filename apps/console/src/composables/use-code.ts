import { contactCodeEndpoints } from '@vouch/contract'
import { computed, onBeforeUnmount, type Ref, ref, shallowRef, watch } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'
import type { CodeDetail } from '../text/contact-codes.zh.ts'
import { usePaged } from './use-paged.ts'

const againMs = 1_500

/** One code with its contacts. While WeCom is at it the page looks again by itself. */
export function useCode(codeId: Ref<string>) {
  const code = shallowRef<CodeDetail | null>(null)
  const mayChange = ref(false)
  const list = usePaged({
    key: () => codeId.value,
    async ask(cursor, signal) {
      const page = await call(contactCodeEndpoints.loadContactCode, { codeId: codeId.value, cursor }, { signal })
      code.value = page.code
      mayChange.value = page.may.includes('change')
      return { rows: page.contacts, next: page.next }
    },
  })
  const unfinished = computed(() => {
    const { life, pictured, style, problem } = code.value ?? {}
    const asked = life === 'making' || life === 'ending' || (life === 'live' && !pictured && style === null)
    return asked && problem !== 'unreachable'
  })
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    unfinished,
    (now) => {
      clearInterval(timer)
      if (now) timer = setInterval(() => void list.reload(), againMs)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearInterval(timer))

  const busy = ref(false)
  const stepFault = shallowRef<Fault | null>(null)
  async function step(take: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    stepFault.value = null
    try {
      await take()
      await list.reload()
      return true
    } catch (reason) {
      stepFault.value = faultOf(reason)
      return false
    } finally {
      busy.value = false
    }
  }
  const retry = () => step(() => call(contactCodeEndpoints.retryContactCode, { codeId: codeId.value }))
  const end = (reason: string) =>
    step(() => call(contactCodeEndpoints.endContactCode, { codeId: codeId.value, reason }))

  return { code, mayChange, list, busy, stepFault, retry, end }
}
