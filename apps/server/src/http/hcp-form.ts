import type { Language } from '@vouch/hcp/render'
import type { Context } from 'koa'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import { givenAnswer, type GivenAnswer } from '../evidence/wanted.ts'
import { readBody } from './body.ts'

/** The fields of a form of ours; anything that is no form is `bad_request`. */
export async function readForm(ctx: Context, limit = 2_000): Promise<URLSearchParams> {
  if (!ctx.is('application/x-www-form-urlencoded')) throw new AppError('bad_request', { field: 'body' })
  return new URLSearchParams((await readBody(ctx.req, limit)).toString('utf8'))
}

/** What was answered on the consent page: which versions it showed, what was ticked, which button. */
export function readAnswer(form: URLSearchParams, language: Language): GivenAnswer {
  const shown = [...form]
    .filter(([name]) => name.startsWith('shown_'))
    .map(([name, version]) => ({ purpose: name.slice('shown_'.length), version: Number(version) }))
  const parsed = givenAnswer.safeParse({
    ...{ shown, language, ticked: form.getAll('agree') },
    ...{ answer: form.get('answer'), basis: form.get('basis'), channel: form.get('channel') },
  })
  if (!parsed.success) throw new AppError('bad_request', { field: 'answer' })
  return parsed.data
}

/** The id a form of ours carries, so that however often it is sent it is one request. */
export function requestIdIn(form: URLSearchParams): string {
  const parsed = z.uuid().safeParse(form.get('requestId'))
  if (!parsed.success) throw new AppError('bad_request', { field: 'requestId' })
  return parsed.data
}

/** Minutes of a day from what a time field sends; null when it was left empty or says something else. */
export function minutesOf(field: string | null): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(field ?? '') ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/** 08:30, as a time field shows it. */
export const clockOf = (minutes: number | null): string =>
  minutes === null
    ? ''
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Class of a browser, for the evidence of what was stated in it; never its address or its name. */
export function browserClass(ctx: Context): string {
  const agent = ctx.get('user-agent')
  const place = /wxwork/i.test(agent) ? 'wecom' : /MicroMessenger/i.test(agent) ? 'wechat' : 'other'
  return `${place} ${/iPhone|iPad|Android|HarmonyOS|Mobile/i.test(agent) ? 'phone' : 'desktop'}`
}
