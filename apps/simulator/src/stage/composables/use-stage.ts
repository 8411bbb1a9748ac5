import { computed, inject, onMounted, onUnmounted, provide, ref, shallowRef, watch, type InjectionKey } from 'vue'
import type { FeedEntry } from '../../feed.ts'
import { isPhone } from '../../session.ts'
import { sim, type Snapshot } from '../api.ts'
import { en, zh } from '../text/words.ts'

export type Stage = ReturnType<typeof createStage>

const key: InjectionKey<Stage> = Symbol('stage')
const mostEntries = 400

/** The state of the simulator as the stage knows it, kept fresh by the feed. */
export function createStage() {
  const state = shallowRef<Snapshot | null>(null)
  const log = shallowRef<FeedEntry[]>([])
  const paused = ref(false)
  const pane = ref<'chat' | 'sidebar' | 'doctor'>('sidebar')
  let feed: EventSource | null = null

  async function start(): Promise<void> {
    await openAddress()
    feed = new EventSource('/sim/feed')
    feed.addEventListener('state', (event) => (state.value = JSON.parse(event.data) as Snapshot))
    feed.addEventListener('entry', (event) => {
      if (!paused.value) log.value = [...log.value.slice(1 - mostEntries), JSON.parse(event.data) as FeedEntry]
    })
  }

  onMounted(start)
  onUnmounted(() => feed?.close())

  const language = computed(() => state.value?.session.language ?? 'zh-CN')
  const words = computed(() => (language.value === 'en-US' ? en : zh))
  watch(language, (now) => (document.documentElement.lang = now))

  const session = computed(() => state.value?.session)
  const rep = computed(() => state.value?.members.find((member) => member.userid === session.value?.rep))
  const hcp = computed(() => state.value?.contacts.find((contact) => contact.externalUserid === session.value?.hcp))
  const follow = computed(() => findFollow(state.value, session.value?.rep, session.value?.hcp))
  const scenario = computed(() => state.value?.scenarios.find((one) => one.code === session.value?.scenario))
  const step = computed(() => stepOf(log.value))
  const onPhone = computed(() => isPhone(session.value?.platform ?? 'android'))

  return { state, log, paused, pane, language, words, session, rep, hcp, follow, scenario, step, onPhone }
}

/** Which step of the loop the last happening belongs to: opened, sent, read, recorded. */
function stepOf(log: FeedEntry[]): 0 | 1 | 2 | 3 {
  for (const entry of [...log].reverse()) {
    if (entry.kind === 'http' && / \/l\//.test(entry.title)) return 3
    if (entry.kind === 'link') return 2
    if (entry.kind === 'chat' || entry.title.startsWith('sendChatMessage')) return 1
    if (entry.kind === 'bridge') return 0
  }
  return 0
}

function findFollow(state: Snapshot | null, userid: string | undefined, externalUserid: string | undefined) {
  return state?.follows.find((one) => one.userid === userid && one.externalUserid === externalUserid)
}

/** What the address asks for: `?s=cap-near&rep=…&hcp=…&lang=…&net=…&platform=…&visitor=…`. */
async function openAddress(): Promise<void> {
  const asked = new URLSearchParams(location.search)
  const scenario = asked.get('s')
  if (scenario) await sim.scenario(scenario).catch(() => undefined)
  const names = {
    rep: 'rep',
    hcp: 'hcp',
    lang: 'language',
    net: 'repNetwork',
    platform: 'platform',
    visitor: 'visitor',
  }
  for (const [parameter, name] of Object.entries(names)) {
    const value = asked.get(parameter)
    if (value) await sim.choose({ [name]: value }).catch(() => undefined)
  }
}

export function provideStage(): Stage {
  const stage = createStage()
  provide(key, stage)
  return stage
}

export function useStage(): Stage {
  const stage = inject(key)
  if (!stage) throw new Error('no stage')
  return stage
}
