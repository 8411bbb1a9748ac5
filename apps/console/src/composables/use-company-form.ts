import { companyEndpoints, type CompanyWords, emailShape, type Output, phoneShape } from '@vouch/contract'
import { computed, reactive, ref, shallowRef } from 'vue'
import { call } from '../api.ts'
import { useAsking } from './use-asking.ts'

export type LoadedCompany = Output<typeof companyEndpoints.loadCompany>
export const companyFields = ['name', 'nameEn', 'safetyPhone', 'safetyEmail', 'privacyEmail'] as const

const fits: Record<keyof CompanyWords, (given: string) => boolean> = {
  name: (given) => given !== '',
  nameEn: (given) => given !== '',
  safetyPhone: (given) => phoneShape.test(given),
  safetyEmail: (given) => emailShape.test(given),
  privacyEmail: (given) => emailShape.test(given),
}

/** What the company says of itself, being changed. What was typed outlives refusals, faults and a faster colleague. */
export function useCompanyForm(loaded: LoadedCompany) {
  const form = reactive({ ...loaded.words })
  const reason = ref('')
  const base = shallowRef({ words: loaded.words, mark: loaded.mark })
  const isOvertaken = ref(false)
  const { busy, fault, asking } = useAsking()
  const typed = computed(
    () => Object.fromEntries(companyFields.map((field) => [field, form[field].trim()])) as CompanyWords, // all of its fields
  )
  const changed = computed(() => companyFields.filter((field) => typed.value[field] !== base.value.words[field]))
  const wrong = computed(() => companyFields.filter((field) => !fits[field](typed.value[field])))
  const ready = computed(() => changed.value.length > 0 && wrong.value.length === 0 && reason.value.trim().length >= 3)

  /** Whether it is said now. Overtaken, the next time is over what somebody else said. */
  async function save(): Promise<boolean> {
    const asked = { ...typed.value, mark: base.value.mark, reason: reason.value.trim() }
    const answer = await asking(() => call(companyEndpoints.changeCompany, asked))
    if (!answer) return false
    isOvertaken.value = answer.outcome === 'overtaken'
    if (answer.outcome === 'overtaken') base.value = answer
    return answer.outcome === 'done'
  }

  return { form, reason, base, typed, changed, wrong, isOvertaken, ready, busy, fault, save }
}
