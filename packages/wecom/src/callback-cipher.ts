import { encrypt, getSignature } from '@wecom/crypto'
import { createDecipheriv, timingSafeEqual } from 'node:crypto'
import { CallbackRefused } from './callback-refused.ts'
import { parseXml } from './event-xml.ts'

/** As set in the app's "API接收". `aesKey` is the 43 characters of EncodingAESKey. */
export type CallbackSettings = { token: string; aesKey: string; corpId: string }

/** Query of a callback as the web server parsed it; a parameter that came twice is an array and refused. */
export type CallbackQuery = Record<string, string | string[] | undefined>

/** Largest request body, in bytes. Real ones are below 2 kB. */
export const callbackMostBytes = 64 * 1024

/**
 * Opens the body of a POST and returns the plain XML (wecom-platform.md 4). The signature is checked first and in
 * constant time; padding, length and receiver follow. Throws `CallbackRefused`.
 * Whether `timestamp` is recent is the caller's to judge: this function has no clock.
 */
export function openCallback(settings: CallbackSettings, query: CallbackQuery, body: string): string {
  if (Buffer.byteLength(body) > callbackMostBytes) throw new CallbackRefused('too_large')
  const sealed = parseXml(body)['Encrypt']
  if (typeof sealed !== 'string') throw new CallbackRefused('malformed')
  checkSignature(settings, query, sealed)
  return unseal(settings, sealed)
}

/** Answers the GET check: exactly the decrypted text, a long number that must never be parsed. Throws `CallbackRefused`. */
export function answerUrlCheck(settings: CallbackSettings, query: CallbackQuery): string {
  const echo = one(query, 'echostr').replaceAll(' ', '+') // a lenient parser turned the plus into a blank
  checkSignature(settings, query, echo)
  return unseal(settings, echo)
}

export type SealedCallback = { query: { msg_signature: string; timestamp: string; nonce: string }; body: string }

/** The other direction: what WeCom would send for this plain XML. `timestamp` in seconds. */
export function sealCallback(
  { token, aesKey, corpId }: CallbackSettings,
  plain: string,
  { timestamp, nonce, agentId }: { timestamp: number; nonce: string; agentId?: string },
): SealedCallback {
  const sealed = encrypt(aesKey, plain, corpId)
  const agent = agentId === undefined ? '' : `<AgentID><![CDATA[${agentId}]]></AgentID>`
  return {
    query: { msg_signature: getSignature(token, timestamp, nonce, sealed), timestamp: String(timestamp), nonce },
    body: `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName>${agent}<Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  }
}

/** The query of a GET check that carries `text`. */
export function sealUrlCheck(
  { token, aesKey, corpId }: CallbackSettings,
  text: string,
  { timestamp, nonce }: { timestamp: number; nonce: string },
): { msg_signature: string; timestamp: string; nonce: string; echostr: string } {
  const echostr = encrypt(aesKey, text, corpId)
  return { msg_signature: getSignature(token, timestamp, nonce, echostr), timestamp: String(timestamp), nonce, echostr }
}

function checkSignature({ token }: CallbackSettings, query: CallbackQuery, sealed: string): void {
  const told = Buffer.from(one(query, 'msg_signature'))
  const ours = Buffer.from(getSignature(token, one(query, 'timestamp'), one(query, 'nonce'), sealed))
  if (told.length !== ours.length || !timingSafeEqual(told, ours)) throw new CallbackRefused('signature')
}

function one(query: CallbackQuery, name: string): string {
  const value = query[name]
  if (typeof value !== 'string' || value === '') throw new CallbackRefused('malformed')
  return value
}

const keyShape = /^[A-Za-z0-9]{43}$/
const base64Shape = /^[A-Za-z0-9+/]+={0,2}$/
const randomBytes = 16
const head = randomBytes + 4

/** The library's own decrypt lets wrong padding, lengths and receivers pass, hence this one. */
function unseal({ aesKey, corpId }: CallbackSettings, sealed: string): string {
  if (!keyShape.test(aesKey)) throw new Error('the callback key is not 43 letters and digits')
  const plain = decipher(aesKey, sealed)
  const padding = plain.at(-1) ?? 0
  const wellPadded = padding >= 1 && padding <= 32 && padding <= plain.length
  if (!wellPadded || !plain.subarray(-padding).every((byte) => byte === padding)) throw new CallbackRefused('padding')

  const content = plain.subarray(0, -padding)
  if (content.length < head) throw new CallbackRefused('length')
  const end = head + content.readUInt32BE(randomBytes)
  if (end > content.length) throw new CallbackRefused('length')
  if (!content.subarray(end).equals(Buffer.from(corpId))) throw new CallbackRefused('receiver')
  return content.subarray(head, end).toString('utf8')
}

/** AES-256-CBC with the key's first half as IV; padding is to blocks of 32, so the library of Node must not touch it. */
function decipher(aesKey: string, sealed: string): Buffer {
  const bytes = base64Shape.test(sealed) ? Buffer.from(sealed, 'base64') : Buffer.alloc(0)
  if (bytes.length === 0 || bytes.length % 16 !== 0) throw new CallbackRefused('length')
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const cipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}
