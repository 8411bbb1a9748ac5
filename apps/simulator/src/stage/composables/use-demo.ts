import { computed, ref } from 'vue'
import { sim } from '../api.ts'
import type { Phones } from './use-phones.ts'
import type { Stage } from './use-stage.ts'
import { demoSteps, type DemoStep } from '../demo-steps.ts'

/** Plays the loop by itself, through the real pages, with a caption for every step. */
export function useDemo(stage: Stage, phones: Phones, openNewest: () => boolean) {
  const at = ref(-1)
  const stuck = ref(false)
  let run = 0

  const caption = computed(() => {
    if (stuck.value) return stage.words.value.demoStuck
    if (at.value >= demoSteps.length) return stage.words.value.demoDone
    return demoSteps[at.value]?.caption[stage.language.value === 'en-US' ? 'en' : 'zh'] ?? null
  })
  const playing = computed(() => at.value >= 0 && at.value < demoSteps.length && !stuck.value)

  async function start(): Promise<void> {
    const mine = ++run
    stuck.value = false
    for (const [index, step] of demoSteps.entries()) {
      if (mine !== run) return
      at.value = index
      stage.pane.value = step.pane
      const [fine] = await Promise.all([play(step), new Promise((resolve) => setTimeout(resolve, step.ms))])
      if (mine !== run) return
      if (!fine && !step.optional) return void (stuck.value = true)
    }
    at.value = demoSteps.length
  }

  async function play(step: DemoStep): Promise<boolean> {
    if (step.scenario) await sim.scenario(step.scenario)
    if (step.hcp) await sim.choose({ hcp: nextDoctor() })
    if (step.say) await sim.say(step.say.from, step.say[stage.language.value === 'en-US' ? 'en' : 'zh'])
    if (step.confirm) return confirm()
    if (step.open) return waitFor(openNewest, 8000)
    if (!step.drive) return true
    const phone = step.pane === 'doctor' ? 'hcp' : 'rep'
    for (let doctor = 0; doctor < (step.elseNextDoctor ? doctors.length : 1); doctor += 1) {
      if (doctor > 0) await sim.choose({ hcp: nextDoctor() })
      if (await phones.drive(phone, step.drive)) return true
    }
    return false
  }

  /** Waits for the confirm sheet, lets it be seen, and accepts. */
  async function confirm(): Promise<boolean> {
    if (!(await waitFor(() => phones.confirming.value !== null, 8000))) return false
    await new Promise((resolve) => setTimeout(resolve, 1800))
    await phones.answer(true)
    return true
  }

  function stop(): void {
    run += 1
    at.value = -1
    stuck.value = false
  }

  return { caption, playing, at, start, stop }
}

/** Doctors who take part in the demo in turn, so that no limit is used up by playing it often. */
const doctors = ['wmDemoZhangWei', 'wmDemoHeJun', 'wmDemoLuoChenxi', 'wmDemoHanXue', 'wmDemoCaoYawen', 'wmDemoHuKun']

function nextDoctor(): string {
  const turn = Number(localStorage.getItem('demo-turn') ?? 0)
  localStorage.setItem('demo-turn', String(turn + 1))
  return doctors[turn % doctors.length] ?? ''
}

async function waitFor(there: () => boolean, ms: number): Promise<boolean> {
  const until = Date.now() + ms
  while (!there()) {
    if (Date.now() > until) return false
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  return true
}
