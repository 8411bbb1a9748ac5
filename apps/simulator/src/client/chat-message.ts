import { isPhone, type Entry, type Platform } from '../session.ts'
import type { Simulator } from '../simulator.ts'
import { findMedia } from '../wecom/media.ts'
import type { Failure } from './results.ts'

/** A message the client would take, or what is wrong with it; `why` is for the log. */
export type Weighed =
  { message: { msgtype: string; body: Record<string, unknown> } } | { failure: Failure; why: string }

const kinds = ['text', 'image', 'video', 'file', 'news', 'miniprogram'] as const
type Kind = (typeof kinds)[number]
const customerServiceKinds = ['msgmenu', 'channels_shop_product']

/** Validates as strictly as the strictest client reported (wecom-platform.md 5.2). */
export function weighMessage(
  simulator: Simulator,
  params: Record<string, unknown>,
  platform: Platform,
  entry: Entry,
): Weighed {
  const msgtype = params['msgtype']
  if (typeof msgtype === 'string' && customerServiceKinds.includes(msgtype) && entry === 'single_kf_tools')
    return { message: { msgtype, body: asObject(params[msgtype]) ?? {} } }
  const kind = kinds.find((one) => one === msgtype)
  if (!kind) return { failure: 'invalid-param', why: `unknown msgtype ${String(msgtype)}` }
  const other = kinds.find((one) => one !== kind && isHollow(params[one]))
  if (other && isPhone(platform)) return { failure: 'content-empty', why: `an empty ${other} object beside ${kind}` }
  const body = asObject(params[kind])
  if (!body) return { failure: 'content-empty', why: `no ${kind} object` }
  return checks[kind](simulator, body) ?? { message: { msgtype: kind, body } }
}

type Check = (simulator: Simulator, body: Record<string, unknown>) => Weighed | null

const checks: Record<Kind, Check> = {
  text: (_, body) => (filled(body['content']) ? null : { failure: 'content-empty', why: 'text.content is empty' }),
  image: checkMedia('image'),
  video: checkMedia('video'),
  file: checkMedia('file'),
  news: (_, body) => checkNews(body),
  miniprogram: (_, body) => checkMiniprogram(body),
}

/** All four fields, with absolute addresses: a card without a picture fails on some clients. */
function checkNews(body: Record<string, unknown>): Weighed | null {
  for (const name of ['link', 'imgUrl'])
    if (!isWebAddress(body[name])) return { failure: 'invalid-link', why: `news.${name} is not an http(s) address` }
  for (const name of ['title', 'desc'])
    if (!filled(body[name])) return { failure: 'content-empty', why: `news.${name} is empty` }
  return null
}

function checkMiniprogram(body: Record<string, unknown>): Weighed | null {
  if (!isWebAddress(body['imgUrl']))
    return { failure: 'invalid-cover', why: 'miniprogram.imgUrl is not an http(s) address' }
  if (!filled(body['title']) || !String(body['appid']).startsWith('wx'))
    return { failure: 'invalid-miniprogram', why: 'miniprogram.appid or title' }
  if (!/\.html(\?|$)/.test(String(body['page'])))
    return { failure: 'invalid-miniprogram', why: 'miniprogram.page must end in .html' }
  return null
}

/** `mediaid`, of media/upload, of that kind, at most three days old. */
function checkMedia(kind: 'image' | 'video' | 'file'): Check {
  return (simulator, body) => {
    if (!filled(body['mediaid'])) return { failure: 'content-empty', why: `${kind}.mediaid is empty` }
    const media = findMedia(simulator, String(body['mediaid']))
    if (!media) return { failure: 'invalid-param', why: 'mediaid unknown or older than 3 days (40007)' }
    return media.kind === kind ? null : { failure: 'invalid-param', why: `mediaid is of kind ${media.kind} (40007)` }
  }
}

function isHollow(value: unknown): boolean {
  const body = asObject(value)
  return body !== null && Object.values(body).every((field) => field === '' || field === null || field === undefined)
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function filled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)
}
