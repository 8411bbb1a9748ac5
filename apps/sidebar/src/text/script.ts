import { computed } from 'vue'
import type { Mark } from '../script-steps.ts'
import { shortDay } from './format.ts'
import { useText } from './index.ts'

/** The words of a script's sheet; they travel with it and not with the first page. */
const zh = {
  steps: '依次发送',
  marks: {
    sent: '已发',
    unknown: '结果未知',
    skipped: '这次跳过',
    blocked: '不能发',
    free: '可发送',
    undecided: '核对中',
  },
  next: '下一份',
  absent: '不在您的使用范围',
  send: (position: number) => `发第 ${position} 份`,
  sendAgain: (position: number) => `仍要发第 ${position} 份`,
  skip: (position: number) => `跳过第 ${position} 份`,
  short: (needed: number, left: number, resets: Date | undefined, now: Date) =>
    `这组还要发 ${needed} 次，本月只剩 ${left} 次，其余${resets ? ` ${shortDay(resets, now)} ` : '下月'}起再发。`,
  done: '这组发完了',
  over: '到最后一份了，没发的都标着',
  preparing: '文件在准备，马上就好',
  colleague: '同事刚发过这份，结果还不知道。',
  handed: (position: number) => `第 ${position} 份已交给企业微信`,
  look: '点一份可以先看内容。',
  blocked: '这组现在不能发',
}

type Words = typeof zh & { marks: Record<Mark, string> }

const en: Words = {
  steps: 'Sent one after the other',
  marks: {
    ...{ sent: 'Sent', unknown: 'Result unknown', skipped: 'Skipped for now' },
    ...{ blocked: 'Cannot be sent', free: 'Can be sent', undecided: 'Checking' },
  },
  next: 'Next',
  absent: 'Not within your reach',
  send: (position) => `Send no. ${position}`,
  sendAgain: (position) => `Send no. ${position} all the same`,
  skip: (position) => `Skip no. ${position}`,
  short: (needed, left, resets, now) =>
    `This script needs ${needed}, ${left} ${left === 1 ? 'is' : 'are'} left this month. The rest can go ${
      resets ? `from ${shortDay(resets, now)}` : 'next month'
    }.`,
  done: 'All of it is sent',
  over: 'That was the last one; what was not sent is marked',
  preparing: 'The file is being made ready, in a moment',
  colleague: 'A colleague has just sent this one; the result is not known.',
  handed: (position) => `No. ${position} handed to WeCom`,
  look: 'Tap a piece to look at it first.',
  blocked: 'This script cannot be sent now',
}

export function useScriptText() {
  const t = useText()
  return computed<Words>(() => (t.value.language.code === 'en' ? zh : en))
}
