import { contactCodeEndpoints, type Output } from '@vouch/contract'
import { computed, reactive, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'
import type { ChosenRep } from '../components/CodeReps.vue'
import { clockOf, minutesOf } from '../contact-code.ts'
import type { CodeDetail } from '../text/contact-codes.zh.ts'

type Asked = Output<typeof contactCodeEndpoints.askContactCode>
type Changed = Output<typeof contactCodeEndpoints.changeContactCode>
export type CodeRefused = Extract<Asked, { outcome: 'refused' }>

/** What is typed about a code, new or as it is now; a failure keeps all of it. */
export function useCodeForm(code: CodeDetail | null) {
  const repsOf = (part: 'main' | 'backup'): ChosenRep[] =>
    (code?.reps ?? []).filter((rep) => rep.part === part && rep.active).map(({ repId, name }) => ({ repId, name }))
  const form = reactive({
    kind: code?.kind ?? ('event' as 'rep' | 'event'),
    name: code?.name ?? '',
    language: code?.language ?? ('zh-CN' as 'zh-CN' | 'en-US'),
    wording: code?.wording ?? '',
    remark: code?.remark ?? '',
    skipVerify: code?.skipVerify ?? true,
    style: code?.style ?? (null as number | null),
    temporary: code?.temporary ?? false,
    codeDays: code?.codeDays ?? 7,
    chatHours: code?.chatHours ?? 24,
    days: [...(code?.days ?? '')],
    from: clockOf(code?.fromMinute ?? null),
    until: clockOf(code?.untilMinute ?? null),
    main: repsOf('main'),
    backup: repsOf('backup'),
    reason: '',
  })
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  const refused = shallowRef<CodeRefused | null>(null)
  const staleBy = ref<string | null>(null)
  /** Tried again after a dead spot it is the same wish. */
  let requestId = crypto.randomUUID()

  const ready = computed(
    () => form.name.trim() !== '' && form.main.length > 0 && (code === null || form.reason.trim().length >= 3),
  )
  const words = () => ({
    ...{ name: form.name.trim(), wording: form.wording.trim(), remark: form.remark.trim() },
    skipVerify: form.skipVerify,
    days: form.temporary ? '' : form.days.toSorted().join(''),
    fromMinute: form.temporary ? null : minutesOf(form.from),
    untilMinute: form.temporary ? null : minutesOf(form.until),
    mainIds: form.main.map(({ repId }) => repId),
    backupIds: form.temporary ? [] : form.backup.map(({ repId }) => repId),
  })

  async function attempt<A extends Asked | Changed>(ask: () => Promise<A>): Promise<A | null> {
    if (busy.value) return null
    busy.value = true
    fault.value = refused.value = staleBy.value = null
    try {
      const answer = await ask()
      if (answer.outcome === 'refused') refused.value = answer
      else if (answer.outcome === 'stale') staleBy.value = answer.by
      else return answer
    } catch (reason) {
      fault.value = faultOf(reason)
    } finally {
      busy.value = false
    }
    return null
  }

  /** The id of the code that was asked for, or null when it was not. */
  async function make(): Promise<string | null> {
    const { kind, language, style, temporary, codeDays, chatHours } = form
    const lasting = temporary ? { codeDays, chatHours } : { codeDays: null, chatHours: null }
    const answer = await attempt(() =>
      call(contactCodeEndpoints.askContactCode, {
        ...{ requestId, kind, language, style, temporary, ...lasting },
        ...words(),
      }),
    )
    // What was refused is changed before it is asked for again: then it is another wish.
    if (refused.value) requestId = crypto.randomUUID()
    return answer?.outcome === 'asked' ? answer.codeId : null
  }

  async function change(codeId: string, revision: number): Promise<boolean> {
    const reason = form.reason.trim()
    const answer = await attempt(() =>
      call(contactCodeEndpoints.changeContactCode, { codeId, revision, reason, ...words() }),
    )
    return answer?.outcome === 'changed'
  }

  return { form, busy, fault, refused, staleBy, ready, make, change }
}
