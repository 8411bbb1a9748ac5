import { randomInt } from 'node:crypto'
import type { Simulator } from '../simulator.ts'
import { encryptCallback, signCallback } from './cipher.ts'

/** The answer is cut after 5 s, and there are at most 3 retries (wecom-platform.md 4). The pauses are ours. */
export const callbackTiming = { cutMs: 5000, verifyCutMs: 1000, pausesMs: [1000, 2000, 4000], holdMs: 3000 }

type Settings = NonNullable<Simulator['config']['callback']>

/** As they stand in the admin console now, whatever the product was told. */
export function callbackSettings({ config, store }: Simulator): Settings | null {
  if (!config.callback || !store.switches.callbackKeyChanged) return config.callback
  const { url, token, aesKey } = config.callback
  const changed = (text: string): string => [...text].toReversed().join('')
  return { url, token: `${changed(token).slice(0, 31)}x`, aesKey: changed(aesKey) }
}
type Outcome = { status: number | null; body: string; ms: number }

const held = new WeakMap<Simulator, { xml: string; title: string }[]>()

/**
 * Sends one decrypted event to the product, with the manners the switches ask for: lost, twice, or overtaken by
 * the next one. Resolves when it was taken or given up.
 */
export async function deliver(simulator: Simulator, title: string, xml: string): Promise<void> {
  const { callbackLost, callbackDuplicate, callbackReorder } = simulator.store.switches
  if (callbackLost) return simulator.feed.tell('callback', `${title}: lost`, false, { xml })
  const waiting = held.get(simulator) ?? []
  held.set(simulator, waiting)
  if (callbackReorder && waiting.length === 0) {
    waiting.push({ xml, title })
    await pause(callbackTiming.holdMs)
    if (!waiting.some((one) => one.xml === xml)) return
    waiting.length = 0
  }
  await post(simulator, title, xml)
  if (callbackDuplicate) await post(simulator, `${title} (again)`, xml)
  for (const one of waiting.splice(0)) await post(simulator, `${one.title} (late)`, one.xml)
}

async function post(simulator: Simulator, title: string, xml: string): Promise<void> {
  const settings = callbackSettings(simulator)
  if (!settings) return simulator.feed.tell('callback', `${title}: no callback configured`, false, { xml })
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await postOnce(simulator, settings, xml)
    const taken = outcome.status === 200
    const retried = outcome.status === null || (!taken && simulator.store.switches.callbackRetry === 'not-200')
    simulator.feed.tell('callback', `${title} -> ${outcome.status ?? 'no answer'}`, taken, { attempt, ...outcome, xml })
    const wait = callbackTiming.pausesMs[attempt]
    if (taken || !retried || wait === undefined) return
    await pause(wait)
  }
}

/** One delivery; status null is no answer. */
export async function postOnce(simulator: Simulator, settings: Settings, xml: string): Promise<Outcome> {
  const { corpId, agentId } = simulator.config
  const encrypted = encryptCallback(settings.aesKey, xml, corpId)
  const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID><![CDATA[${agentId}]]></AgentID></xml>`
  return ask(signed(simulator, settings, encrypted), callbackTiming.cutMs, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml' },
  })
}

/** The URL check when an administrator saves the settings: the answer must be the plain text, within 1 s. */
export async function verifyUrl(simulator: Simulator): Promise<{ ok: boolean; expected: string } & Outcome> {
  const settings = callbackSettings(simulator)
  if (!settings) return { ok: false, expected: '', status: null, body: 'no callback configured', ms: 0 }
  const expected = `${randomInt(1_000_000_000, 281_474_976_710_655)}${randomInt(10_000, 99_999)}`
  const encrypted = encryptCallback(settings.aesKey, expected, simulator.config.corpId)
  const url = signed(simulator, settings, encrypted)
  url.searchParams.set('echostr', encrypted)
  const outcome = await ask(url, callbackTiming.verifyCutMs, { method: 'GET' })
  const ok = outcome.status === 200 && outcome.body === expected
  simulator.feed.tell('callback', `URL check -> ${ok ? 'passed' : 'failed'}`, ok, { expected, ...outcome })
  return { ok, expected, ...outcome }
}

function signed(simulator: Simulator, settings: Settings, encrypted: string): URL {
  const timestamp = String(Math.floor(simulator.now() / 1000))
  const nonce = String(randomInt(100_000_000, 2_000_000_000))
  const url = new URL(settings.url)
  url.searchParams.set('msg_signature', signCallback(settings.token, timestamp, nonce, encrypted))
  url.searchParams.set('timestamp', timestamp)
  url.searchParams.set('nonce', nonce)
  return url
}

/** A network failure or the cut answers status null. */
async function ask(url: URL, cutMs: number, init: RequestInit): Promise<Outcome> {
  const startedAt = Date.now()
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(cutMs) })
    const body = await response.text()
    return { status: response.status, body, ms: Date.now() - startedAt }
  } catch (error) {
    return { status: null, body: error instanceof Error ? error.name : 'failed', ms: Date.now() - startedAt }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
