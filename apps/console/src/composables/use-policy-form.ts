import { policyEndpoints, type PolicyRefusal, type PolicySetting, type PolicySettings } from '@vouch/contract'
import { computed, ref, watch } from 'vue'
import { call } from '../api.ts'
import { bounds, changedLines } from '../policy-lines.ts'
import { useAsking } from './use-asking.ts'
import { useUnsaved } from './use-unsaved.ts'

export type PolicyTyped = {
  base: { version: number; settings: PolicySettings }
  settings: PolicySettings
  reason: string
  when: 'approval' | 'time'
  from: string
}
type Reactions = { follow: (previewId: string) => void; proposed: () => void; overtaken: () => void }

/** Changes of the rules while they are typed, tried out and asked for. What is typed outlives a reload. */
export function usePolicyForm(base: () => PolicyTyped['base'], { follow, proposed, overtaken }: Reactions) {
  const settings = ref<PolicySettings>({ ...base().settings })
  const reason = ref('')
  const when = ref<'approval' | 'time'>('approval')
  const from = ref('')
  const refusals = ref<readonly PolicyRefusal[]>([])
  const tried = ref(false)
  const differs = computed(() => changedLines(base().settings, settings.value).length > 0)
  const { busy: proposing, fault, asking } = useAsking()
  const { busy: trying, asking: askingTrial, fault: trialFault } = useAsking()
  let requestId = crypto.randomUUID()

  const { note, kept } = useUnsaved<Omit<PolicyTyped, 'base'>>(
    () => 'policy',
    () => differs.value,
  )
  const before = kept()
  if (before) {
    settings.value = before.settings
    reason.value = before.reason
    when.value = before.when
    from.value = before.from
  }
  watch([settings, reason, when, from], () => {
    requestId = crypto.randomUUID()
    refusals.value = []
    note({ settings: settings.value, reason: reason.value, when: when.value, from: from.value })
  })

  const fits = computed(
    () => differs.value && inBounds(settings.value) && (when.value === 'approval' || from.value !== ''),
  )

  async function tryOut(): Promise<void> {
    const found = await askingTrial(() =>
      call(policyEndpoints.previewPolicy, { requestId: crypto.randomUUID(), ...settings.value }),
    )
    fault.value = trialFault.value
    if (!found) return
    tried.value = true
    follow(found.previewId)
  }

  async function propose(): Promise<void> {
    refusals.value = []
    const found = await asking(() =>
      call(policyEndpoints.proposePolicy, {
        ...{ requestId, baseVersion: base().version, ...settings.value, reason: reason.value.trim() },
        holdsFrom: when.value === 'approval' ? null : inShanghai(from.value),
      }),
    )
    if (!found) return
    if (found.outcome === 'refused') {
      refusals.value = found.reasons
      requestId = crypto.randomUUID()
      if (found.reasons.includes('newer_version') || found.reasons.includes('another_open')) overtaken()
      return
    }
    forget()
    proposed()
  }

  /** After this nothing is left to be saved. */
  function forget(): void {
    settings.value = { ...base().settings }
    note(null)
  }

  return {
    ...{ settings, reason, when, from, wasKept: before !== null, fault, refusals, proposing, trying, tried, fits },
    ...{ tryOut, propose, forget },
  }
}

/** What a date field says, as Shanghai's clocks mean it. */
const inShanghai = (typed: string): string => new Date(`${typed.slice(0, 16)}:00+08:00`).toISOString()

function inBounds(settings: PolicySettings): boolean {
  return (Object.keys(bounds) as PolicySetting[]).every((setting) => {
    const bound = bounds[setting]
    const value = settings[setting]
    if (!bound || value === null) return bound?.mayBeOff ?? true
    return typeof value === 'number' && Number.isInteger(value) && value >= bound.from && value <= bound.to
  })
}
