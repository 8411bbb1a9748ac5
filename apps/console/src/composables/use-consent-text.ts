import { consentEndpoints, type ConsentTextDetail, type WireTextRefusal } from '@vouch/contract'
import { computed, reactive, type Ref, shallowRef, watch } from 'vue'
import { call } from '../api.ts'
import { useAsking } from './use-asking.ts'
import { useUnsaved } from './use-unsaved.ts'

export type TextForm = {
  titleZh: string
  summaryZh: string
  bodyZh: string
  titleEn: string
  summaryEn: string
  bodyEn: string
  material: boolean
  changeNote: string
}
export const textFields = [
  { language: 'zh-CN', title: 'titleZh', summary: 'summaryZh', body: 'bodyZh' },
  { language: 'en-US', title: 'titleEn', summary: 'summaryEn', body: 'bodyEn' },
] as const

export function formOfText(detail: ConsentTextDetail): TextForm {
  const words = (language: string) => detail.wordings.find((one) => one.language === language)
  const [zh, en] = [words('zh-CN'), words('en-US')]
  return {
    ...{ titleZh: zh?.title ?? '', summaryZh: zh?.summary ?? '', bodyZh: zh?.body ?? '' },
    ...{ titleEn: en?.title ?? '', summaryEn: en?.summary ?? '', bodyEn: en?.body ?? '' },
    ...{ material: detail.material, changeNote: detail.changeNote },
  }
}

/** The words of a form as a version has them. */
export const wordingsOf = (form: TextForm): ConsentTextDetail['wordings'] =>
  textFields.map(({ language, title, summary, body }) => ({
    ...{ language, title: form[title], summary: form[summary], body: form[body] },
  }))

const same = (one: TextForm, other: TextForm): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * One text: read, written and handed on. What is typed outlives a failed save, a reload and a session that ended; when
 * somebody saved in between, both are there to choose from.
 */
export function useConsentTextDetail(version: Ref<number>) {
  const detail = shallowRef<ConsentTextDetail | null>(null)
  const form = reactive<TextForm>({
    ...{
      titleZh: '',
      summaryZh: '',
      bodyZh: '',
      titleEn: '',
      summaryEn: '',
      bodyEn: '',
      material: true,
      changeNote: '',
    },
  })
  /** As somebody else saved it while this was typed. */
  const theirs = shallowRef<TextForm | null>(null)
  const savedAt = shallowRef<Date | null>(null)
  const refusals = shallowRef<readonly WireTextRefusal[]>([])
  const { busy, fault, asking } = useAsking()
  const editable = computed(() => detail.value?.may.includes('edit') ?? false)
  const changed = computed(() => detail.value !== null && !same({ ...form }, formOfText(detail.value)))
  const unsaved = useUnsaved<TextForm>(
    () => `consent-text-${version.value}`,
    () => editable.value && changed.value,
  )

  async function read(): Promise<ConsentTextDetail | undefined> {
    const asked = version.value
    const found = await asking(() => call(consentEndpoints.loadText, { version: asked }))
    return found && asked === version.value ? found : undefined
  }

  async function load(): Promise<void> {
    const found = await read()
    if (!found) return
    detail.value = found
    Object.assign(form, formOfText(found), found.may.includes('edit') ? unsaved.kept() : null)
  }

  async function save(): Promise<boolean> {
    if (!detail.value) return false
    const { revision } = detail.value
    refusals.value = []
    const answer = await asking(() =>
      call(consentEndpoints.saveText, {
        version: version.value,
        revision,
        ...form,
        changeNote: form.changeNote.trim(),
      }),
    )
    if (answer?.outcome === 'refused') refusals.value = answer.refusals
    if (answer?.outcome === 'done') {
      savedAt.value = new Date()
      await refresh()
      return true
    }
    if (fault.value?.code === 'stale_revision') await meetTheirs()
    return false
  }

  /** What was saved is what is shown, tidied as the server keeps it. */
  async function refresh(): Promise<void> {
    const found = await read()
    if (!found) return
    detail.value = found
    theirs.value = null
    Object.assign(form, formOfText(found))
    unsaved.note(null)
  }

  async function meetTheirs(): Promise<void> {
    const found = await read()
    if (!found) return
    detail.value = found
    theirs.value = formOfText(found)
  }

  function choose(whose: 'mine' | 'theirs'): void {
    if (whose === 'theirs' && theirs.value) Object.assign(form, theirs.value)
    theirs.value = null
  }

  async function step(action: 'submit' | 'take_back' | 'drop', reason = ''): Promise<boolean> {
    if (!detail.value) return false
    if (action === 'submit' && changed.value && !(await save())) return false
    refusals.value = []
    const { revision } = detail.value
    const answer = await asking(() =>
      call(consentEndpoints.stepText, { version: version.value, revision, action, reason }),
    )
    if (answer?.outcome === 'refused') refusals.value = answer.refusals
    if (answer?.outcome !== 'done') return false
    await refresh()
    return true
  }

  watch(version, () => ((detail.value = null), void load()), { immediate: true })
  watch(form, (now) => {
    if (editable.value) unsaved.note(changed.value ? { ...now } : null)
  })

  return { detail, form, theirs, savedAt, refusals, busy, fault, editable, changed, load, save, choose, step }
}
