import type { Notice } from '../../outbox/add-notices.ts'
import { sha256 } from '../../secrets.ts'

type Words = Pick<Notice, 'kind' | 'subjectId' | 'title' | 'text' | 'path'>
type Report = { id: string; receipt: string }

const pathOf = ({ id }: Report): string => `/console/safety/${id}`
/** A report calls more than once; each call is a subject of its own. */
const subjectOf = ({ id }: Report, call: string): string => sha256(`${id} ${call}`).slice(0, 26)

/** No word about patient or product: these are seen on a phone's screen. */
export function arrivedNotice(report: Report): Words {
  return {
    ...{ kind: 'safety', subjectId: report.id, path: pathOf(report) },
    title: `不良反应报告 Adverse reaction ${report.receipt}`,
    text: '收到一份不良反应报告，请在 24 小时内确认接手。\nA report arrived. Acknowledge it within 24 hours.',
  }
}

export function calledNotice(report: Report, call: { step: 'reminded' | 'escalated'; once: string }): Words {
  const late = call.step === 'escalated'
  return {
    ...{ kind: 'safety_due', subjectId: subjectOf(report, call.once), path: pathOf(report) },
    title: `${late ? '超过 24 小时未确认 Not acknowledged in 24 h' : '尚未确认 Not acknowledged yet'} ${report.receipt}`,
    text: late
      ? '这份不良反应报告还没有人确认接手，请立即处理。\nNobody has acknowledged this report. Act now.'
      : '这份不良反应报告还没有人确认接手，期限是收到后 24 小时。\nNobody has acknowledged this report. It is due 24 hours after arrival.',
  }
}

export function handedNotice(report: Report, requestId: string, by: string): Words {
  return {
    ...{ kind: 'safety_given', subjectId: subjectOf(report, requestId), path: pathOf(report) },
    title: `转给您的不良反应报告 Handed to you ${report.receipt}`,
    text: `${by}把这份不良反应报告转给了您。\n${by} handed this report to you.`,
  }
}
