import { inject, onMounted, onUnmounted, provide, ref, watch, type InjectionKey } from 'vue'
import type { ClientMove } from '../../client/invoke.ts'
import { sim } from '../api.ts'
import type { Stage } from './use-stage.ts'

export type PhoneName = 'rep' | 'hcp'
/** One press of the demo's finger inside a page, found by role and accessible name. */
export type Step = {
  action: 'press' | 'wait' | 'scroll'
  roles?: ('button' | 'link' | 'tab' | 'checkbox' | 'radio' | 'text')[]
  name?: string
  by?: number
  withinMs?: number
  anywhere?: boolean
}

type FromPage = {
  kind: string
  phone: PhoneName
  pageId: string
  id: number
  name: string
  params: Record<string, unknown>
  href: string
  ok: boolean
  title: string
}
type Frame = { window: Window; origin: string }

export type Confirming = { id: number; confirmId: string; message: Record<string, unknown> }
export type Phones = ReturnType<typeof createPhones>

const key: InjectionKey<Phones> = Symbol('phones')

/**
 * The wires between the stage and the pages in its phones: calls of the client go to the simulator's process and their
 * answers back, presses of the demo go in and reports come out. Only frames known here are listened to.
 */
export function createPhones(stage: Stage) {
  const frames = new Map<PhoneName, Frame>()
  const confirming = ref<Confirming | null>(null)
  const closed = ref<'closed' | 'killed' | null>(null)
  const title = ref('')
  const waiting = new Map<number, (ok: boolean) => void>()
  let drives = 0
  let losing = 0

  function attach(phone: PhoneName, element: HTMLIFrameElement | null, address: string): void {
    if (element?.contentWindow && address)
      frames.set(phone, { window: element.contentWindow, origin: new URL(address).origin })
    else frames.delete(phone)
  }

  function tell(phone: PhoneName, message: Record<string, unknown>): void {
    const frame = frames.get(phone)
    frame?.window.postMessage(message, frame.origin)
  }

  async function hear(event: MessageEvent): Promise<void> {
    const page = event.data as FromPage
    const frame = frames.get(page?.phone)
    if (!frame || event.source !== frame.window || event.origin !== frame.origin) return
    if (page.kind === 'loaded' && page.phone === 'hcp') title.value = page.title
    if (page.kind === 'loaded' && page.phone === 'rep') loseLineSoon()
    if (page.kind === 'driven') waiting.get(page.id)?.(page.ok)
    if (page.kind === 'invoke' && page.phone === 'rep') await carry(page)
    if (page.kind === 'invoke' && page.phone === 'hcp')
      tell('hcp', { kind: 'reply', id: page.id, result: { err_msg: `${page.name}:ok` } })
  }

  /** Waits until the page has read what it needs, then the network becomes what the scenario wants. */
  function loseLineSoon(): void {
    clearTimeout(losing)
    losing = window.setTimeout(() => {
      const repNetwork = stage.session.value?.networkAfterLoad
      if (repNetwork) void sim.choose({ repNetwork })
    }, 3000)
  }

  async function carry({ id, pageId, name, params, href }: FromPage): Promise<void> {
    await perform(id, await sim.invoke({ pageId, name, params, href }), params)
  }

  async function perform(id: number, move: ClientMove, params: Record<string, unknown> = {}): Promise<void> {
    if (move.kind === 'confirm')
      return void (confirming.value = { id, confirmId: move.confirmId, message: move.message })
    if (move.kind === 'killed') return void (closed.value = 'killed')
    if (move.kind !== 'reply') return
    if (move.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, move.delayMs))
    for (let nth = 0; nth < move.times; nth += 1) tell('rep', { kind: 'reply', id, result: move.result })
    await play(move.effect, params)
  }

  /** What the client itself does after the call. */
  async function play(effect: string | null, params: Record<string, unknown>): Promise<void> {
    if (effect === 'enterChat') stage.pane.value = 'chat'
    if (effect === 'closeWindow') closed.value = 'closed'
    if (effect !== 'openEnterpriseChat') return
    const [hcp] = String(params['externalUserIds'] ?? params['externalUserid'] ?? '').split(';')
    if (hcp) await sim.choose({ hcp, entry: 'single_chat_tools' }).catch(() => undefined)
  }

  async function answer(accepted: boolean): Promise<void> {
    const asked = confirming.value
    confirming.value = null
    if (asked) await perform(asked.id, await sim.confirm(asked.confirmId, accepted))
  }

  /** Resolves false when nothing of that name appeared in time. */
  function drive(phone: PhoneName, step: Step): Promise<boolean> {
    const id = ++drives
    const withinMs = step.withinMs ?? 6000
    return new Promise((resolve) => {
      const done = (ok: boolean): void => {
        waiting.delete(id)
        resolve(ok)
      }
      waiting.set(id, done)
      tell(phone, { kind: 'drive', id, step: { roles: ['button'], name: '.', by: 0, ...step, withinMs } })
      setTimeout(done, withinMs + 2500, false)
    })
  }

  onMounted(() => addEventListener('message', hear))
  onUnmounted(() => removeEventListener('message', hear))
  watch(
    () => stage.session.value?.repNetwork,
    (network, before) => {
      if (!before || (network === 'offline') === (before === 'offline')) return
      tell('rep', { kind: 'online', online: network !== 'offline' })
    },
  )
  watch(
    () => stage.session.value?.hcp,
    () => {
      confirming.value = null
      if (!stage.state.value?.switches.silentChatSwitch) setTimeout(tell, 50, 'rep', { kind: 'looked' })
    },
  )

  return { attach, tell, drive, answer, confirming, closed, title }
}

export function providePhones(stage: Stage): Phones {
  const phones = createPhones(stage)
  provide(key, phones)
  return phones
}

export function usePhones(): Phones {
  const phones = inject(key)
  if (!phones) throw new Error('no phones')
  return phones
}
