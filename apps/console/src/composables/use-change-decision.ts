import { matchOfficeEndpoints, type AskedInput, type ChangeRow, type Output } from '@vouch/contract'
import { computed, reactive, ref } from 'vue'
import { call } from '../api.ts'
import type { ChosenHospital } from '../components/HospitalFinder.vue'
import { useMatchingText } from '../text/use-matching-text.ts'
import { useAsking } from './use-asking.ts'

export type ChangeAct = AskedInput<typeof matchOfficeEndpoints.decideChange>['decision']
type Done = Extract<Output<typeof matchOfficeEndpoints.decideChange>, { outcome: 'done' }>
type Source = NonNullable<AskedInput<typeof matchOfficeEndpoints.decideChange>['licenceSource']>

/** What is decided about a request: begun with what the rep said, and what the list has. */
export function useChangeDecision(change: ChangeRow, act: ChangeAct, done: (life: Done['life']) => void) {
  const m = useMatchingText()
  const { busy, fault, asking } = useAsking()
  const { doctor } = change
  const given = (asked: string, known: string | undefined): string => asked || (known ?? '')
  const words = reactive({
    ...{ name: change.name, title: given(change.title, doctor?.title), reason: '' },
    department: given(change.department, doctor?.department),
    ...{ specialty: doctor?.specialty ?? '', territory: doctor?.territory ?? change.territories[0] ?? '' },
    licenceNumber: given(change.licenceNumber, doctor?.licenceNumber),
    licenceSource: '' as Source | '',
  })
  const stays = doctor !== null && (change.hospital === '' || change.hospital === doctor.hospital)
  const hospital = ref<ChosenHospital | null>(stays ? { hospitalId: doctor.hospitalId, name: doctor.hospital } : null)
  const accountId = ref(change.alike.length === 1 ? (change.alike[0]?.accountId ?? '') : '')
  const refused = ref<string[]>([])
  let requestId = crypto.randomUUID()

  const isWhole = computed(() =>
    Boolean(words.name.trim() && words.department.trim() && words.specialty && words.territory),
  )
  const ready = computed(() => {
    if (act === 'decline') return words.reason.trim() !== ''
    if (act === 'link') return accountId.value !== ''
    return isWhole.value && hospital.value !== null
  })
  /** A number nobody checked is kept out: it would verify without a source. */
  const licenceOf = () => {
    const unchanged = doctor?.licenceNumber === words.licenceNumber.trim() && words.licenceSource === ''
    return unchanged ? '' : words.licenceNumber.trim()
  }

  async function give(): Promise<void> {
    refused.value = []
    const { licenceSource, licenceNumber: _, ...said } = words
    const answer = await asking(() =>
      call(matchOfficeEndpoints.decideChange, {
        ...{ ...said, requestId, changeId: change.changeId, decision: act, licenceNumber: licenceOf() },
        ...{ licenceSource: licenceSource || null, accountId: act === 'link' ? accountId.value : null },
        ...{ hospitalId: hospital.value?.hospitalId ?? null },
        newHospital: hospital.value && hospital.value.hospitalId === null ? hospital.value.name : '',
      }),
    )
    if (!answer) return
    requestId = crypto.randomUUID()
    if (answer.outcome === 'refused') refused.value = answer.refusals.map((one) => m.value.changes.refusal[one])
    else done(answer.life)
  }

  return { words, hospital, accountId, refused, ready, busy, fault, give }
}
