import type { ReviewStep } from '@vouch/rules'
import type { Notice } from '../../outbox/add-notices.ts'
import type { Called } from './review-queries.ts'

/** What the office is told by an app message, in both languages: nobody's is known there. */
type Words = Pick<Notice, 'title' | 'text' | 'path'>

const pageOf = (contentItemId: string): string => `/console/content/${contentItemId}`

const steps: Record<ReviewStep, [zh: string, en: string]> = {
  medical: ['医学', 'medical'],
  legal: ['法务', 'legal'],
  compliance: ['合规', 'compliance'],
}
/** Titles of a message about many; the rest is a number. */
const mostNamed = 6

/** Calls somebody to what waits for their signature: one piece by its page, several by their list. */
export function reviewNotice(waiting: readonly Called[]): Words {
  const [first] = waiting
  return first && waiting.length === 1 ? oneToReview(first) : manyToReview(waiting)
}

function oneToReview({ contentItemId, title, version, step, renewsUntil }: Called): Words {
  const [zh, en] = steps[step]
  return {
    title: renewsUntil ? `请复审 To renew：${title}` : `请审批 To review：${title}`,
    text: [
      renewsUntil
        ? `《${title}》第 ${version} 版申请延长到 ${dayOf(renewsUntil)}，等您以${zh}身份签名。`
        : `《${title}》第 ${version} 版等您以${zh}身份签名。`,
      renewsUntil
        ? `“${title}” v${version} is to be extended to ${dayOf(renewsUntil)} and waits for your ${en} signature.`
        : `“${title}” v${version} waits for your ${en} signature.`,
    ].join('\n'),
    path: pageOf(contentItemId),
  }
}

function manyToReview(waiting: readonly Called[]): Words {
  const named = waiting.slice(0, mostNamed).map(({ title, version }) => `《${title}》v${version}`)
  const more = waiting.length - named.length
  return {
    title: `${waiting.length} 份资料等您签名 ${waiting.length} pieces wait for your signature`,
    text: [...named, ...(more > 0 ? [`另有 ${more} 份 and ${more} more`] : [])].join('\n'),
    path: '/console/content?show=for_me',
  }
}

export function approvedNotice(about: {
  contentItemId: string
  title: string
  version: number
  effectiveAt: Date | null
  renewsUntil: Date | null
}): Words {
  const { contentItemId, title, version, effectiveAt, renewsUntil } = about
  const path = pageOf(contentItemId)
  if (renewsUntil)
    return {
      title: `已延长 Extended：${title}`,
      text: [
        `《${title}》第 ${version} 版已全部签完，有效期延长到 ${dayOf(renewsUntil)}。`,
        `“${title}” v${version} is signed by all and holds until ${dayOf(renewsUntil)}.`,
      ].join('\n'),
      path,
    }
  return {
    title: `已批准 Approved：${title}`,
    text: [
      effectiveAt
        ? `《${title}》第 ${version} 版已全部签完，${dayOf(effectiveAt)} 起代表可以发送。`
        : `《${title}》第 ${version} 版已全部签完，代表现在可以发送。`,
      effectiveAt
        ? `“${title}” v${version} is signed by all. Reps may send it from ${dayOf(effectiveAt)}.`
        : `“${title}” v${version} is signed by all. Reps may send it now.`,
    ].join('\n'),
    path,
  }
}

/** The day in Shanghai. */
const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

export function returnedNotice(about: {
  contentItemId: string
  title: string
  version: number
  reviewer: string
  reason: string
}): Words {
  const { contentItemId, title, version, reviewer, reason } = about
  return {
    title: `已退回 Sent back：${title}`,
    text: [
      `《${title}》第 ${version} 版已由 ${reviewer} 退回。原因：${reason}`,
      `“${title}” v${version} was sent back by ${reviewer}.`,
    ].join('\n'),
    path: pageOf(contentItemId),
  }
}

export function expiringNotice(about: { contentItemId: string; title: string; version: number; days: number }): Words {
  const { contentItemId, title, version, days } = about
  return {
    title: `${days} 天后到期 Ends in ${days} days：${title}`,
    text: [
      `《${title}》第 ${version} 版将在 ${days} 天内到期，到期后不可发送。如需继续使用，请安排复审或新版本。`,
      `“${title}” v${version} ends within ${days} days and can then not be sent. Have it reviewed again or replaced.`,
    ].join('\n'),
    path: pageOf(contentItemId),
  }
}
