import type { ConsentStatement } from '@vouch/rules'
import type { Notice } from '../outbox/add-notices.ts'

const words: Record<ConsentStatement, { zh: string; en: string; next: string; nextEn: string }> = {
  opted_in: {
    zh: '已同意接收资料',
    en: 'agreed to receive material',
    next: '现在可以发送已批准的资料。',
    nextEn: 'Approved material can be sent now.',
  },
  declined: {
    zh: '选择不接收资料',
    en: 'declined to receive material',
    next: '请尊重医生的选择，不要再发资料。',
    nextEn: 'Respect this: nothing can be sent.',
  },
  opted_out: {
    zh: '撤回了接收同意',
    en: 'withdrew consent to receive',
    next: '请尊重医生的选择，不要再发资料。',
    nextEn: 'Respect this: nothing can be sent any more.',
  },
}

/** What the rep who entered a paper is told when somebody of the office does not confirm it. */
export function paperRejectedNotice(about: {
  doctor: string
  reason: string
}): Pick<Notice, 'title' | 'text' | 'path'> {
  const { doctor, reason } = about
  return {
    title: `${doctor} 的纸质同意被退回 Paper consent rejected`,
    text: `您登记的 ${doctor} 医生的纸质同意没有被确认，不算同意。原因：${reason}\nThe paper consent of ${doctor} was not confirmed and does not count. Reason: ${reason}`,
    path: '/sidebar',
  }
}

/** What a rep is told by an app message when a doctor decided, in both languages. */
export function consentNotice(about: {
  doctor: string
  statement: ConsentStatement
}): Pick<Notice, 'title' | 'text' | 'path'> {
  const { zh, en, next, nextEn } = words[about.statement]
  return {
    title: `${about.doctor} ${zh} ${en}`,
    text: `${about.doctor} 医生${zh}。${next}\n${about.doctor} ${en}. ${nextEn}`,
    path: '/sidebar',
  }
}
