import type { Notice } from '../../outbox/add-notices.ts'

/** What the office is told by an app message, in both languages: nobody's is known there. */
type Words = Pick<Notice, 'title' | 'text' | 'path'>

const pageOf = (contentItemId: string): string => `/console/content/${contentItemId}`

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
