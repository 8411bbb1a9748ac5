import { type Output, type WebhookAttempt, webhookEndpoints, type WebhookTurn } from '@vouch/contract'
import { onMounted, ref, shallowRef } from 'vue'
import { call, type Fault, faultOf } from '../api.ts'
import { useAsking } from './use-asking.ts'

type Loaded = Output<typeof webhookEndpoints.loadWebhook>
/** A receiver has 15 seconds, and we wait for it. */
const testMs = 25_000

/** One webhook and the steps that are taken with it. */
export function useWebhook(webhookId: string) {
  const loaded = shallowRef<Loaded | null>(null)
  const unread = shallowRef<Fault | null>(null)
  const tested = shallowRef<WebhookAttempt | null>(null)
  const secret = ref('')
  const testing = ref(false)
  const { busy, fault, asking } = useAsking()

  async function load(): Promise<void> {
    unread.value = null
    try {
      loaded.value = await call(webhookEndpoints.loadWebhook, { webhookId })
    } catch (reason) {
      unread.value = faultOf(reason)
    }
  }
  onMounted(load)

  async function test(): Promise<void> {
    tested.value = null
    testing.value = true
    const found = await asking(() => call(webhookEndpoints.testWebhook, { webhookId }, { timeoutMs: testMs }))
    testing.value = false
    tested.value = found ?? null
  }

  async function turn(how: WebhookTurn, reason: string): Promise<boolean> {
    const done = await asking(() => call(webhookEndpoints.turnWebhook, { webhookId, turn: how, reason }))
    if (done) await load()
    return done !== undefined
  }

  async function rotate(reason: string): Promise<boolean> {
    const done = await asking(() => call(webhookEndpoints.rotateWebhookSecret, { webhookId, reason }))
    if (!done) return false
    secret.value = done.secret
    await load()
    return true
  }

  return { loaded, unread, tested, secret, testing, busy, fault, load, test, turn, rotate }
}
