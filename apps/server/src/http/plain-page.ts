import type { ErrorCode } from '@vouch/contract'
import type { Context } from 'koa'
import type { ProofOutcome } from '../people/finish-proof.ts'

const words: Partial<Record<ErrorCode, { zh: string; en: string }>> = {
  bad_state: {
    zh: '登录已过期或不是从这台设备开始的。没有登录。',
    en: 'This sign-in expired or began on another device. You are not signed in.',
  },
  not_signed_in: { zh: '企业微信没有认出您。没有登录。', en: 'WeCom did not recognise you. You are not signed in.' },
  not_staff: {
    zh: '您不在使用名单里。请联系管理员。',
    en: 'You are not on the list of users. Ask your administrator.',
  },
  wecom_unavailable: {
    zh: '企业微信暂时没有回应。没有登录，请稍后再试。',
    en: 'WeCom is not answering. You are not signed in; try again shortly.',
  },
  wecom_not_set_up: {
    zh: '准信还没有和企业微信接好，没有登录。请联系管理员。管理员可在控制台用本地管理员登录。',
    en: 'Vouch is not connected with WeCom yet. You are not signed in; ask your administrator, who signs in to the console as a local administrator.',
  },
  busy: { zh: '服务正忙，请稍后再试。', en: 'The service is busy; try again shortly.' },
}

const proved: Record<ProofOutcome, { zh: string; en: string }> = {
  proved: {
    zh: '已确认是您本人。请关掉这一页，回到控制台，刚才的操作会继续。',
    en: 'Confirmed. Close this page and go back to the console; what you began goes on.',
  },
  refused: {
    zh: '没有确认：登录的不是同一个人，或者等得太久。请关掉这一页，回到控制台重新确认。',
    en: 'Not confirmed: somebody else signed in here, or it took too long. Close this page and confirm again in the console.',
  },
}

/** A page without any script for the moments before a face is loaded: what happened, and one way on. */
export function plainPage(ctx: Context, code: ErrorCode, about: { again: string; requestId: string }): void {
  const said = words[code] ?? { zh: '出了点问题。', en: 'Something went wrong.' }
  const onward = `<a href="${about.again}">重新登录 · Sign in again</a><small>${code} · ${about.requestId}</small>`
  answer(ctx, said, onward)
}

/** What the window of a login says that proves who somebody is; the page that asked is another one. */
export function provedPage(ctx: Context, outcome: ProofOutcome): void {
  answer(ctx, proved[outcome], '')
  if (outcome === 'refused') ctx.status = 403
}

function answer(ctx: Context, said: { zh: string; en: string }, onward: string): void {
  ctx.type = 'html'
  ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
  ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vouch 准信</title><style>body{font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei",sans-serif;max-width:24rem;margin:20vh auto;padding:0 16px;color:#1a1a1a;background:#f5f6f7}a{display:block;min-height:44px;line-height:44px;text-align:center;background:#1a66d6;color:#fff;border-radius:8px;text-decoration:none;margin:24px 0}small{color:#595f69}@media(prefers-color-scheme:dark){body{background:#111;color:#e6e6e6}small{color:#a3a8b0}}</style>
<main><h1>Vouch 准信</h1><p>${said.zh}</p><p lang="en">${said.en}</p>${onward}</main></html>`
}
