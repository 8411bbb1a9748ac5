import type { NoticePace } from '@vouch/contract'
import { computed } from 'vue'
import { useText } from './index.ts'

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const zhPaces: Record<NoticePace, string> = { now: '马上发', daily: '早上 8:30 汇总', off: '不发' }
const enPaces: typeof zhPaces = { now: 'At once', daily: 'Summary at 8:30', off: 'Not at all' }

/** Words of how a rep is told by app messages; they travel with what shows them. */
const zh = {
  title: '消息设置',
  close: '关闭',
  lead: '这些事会发到您的企业微信。同一类几件事合成一条。',
  quiet: (from: number, until: number) =>
    from === until ? '' : `休息时间 ${clockOf(from)}–${clockOf(until)} 不发，过后补发；标“夜里也发”的除外。`,
  atNight: '夜里也发',
  paces: zhPaces,
  choiceOf: (kind: string) => `${kind}：怎么收`,
  saved: (kind: string, pace: NoticePace) => `已保存：${kind}，${zhPaces[pace]}`,
  notSaved: '没有保存，选择没有变。请重试',
}
type Words = typeof zh

const en: Words = {
  title: 'App messages',
  close: 'Close',
  lead: 'These come to your WeCom. Several of a kind are one message.',
  quiet: (from, until) =>
    from === until
      ? ''
      : `Not in quiet hours, ${clockOf(from)}–${clockOf(until)}, but soon after; “also at night” does not wait.`,
  atNight: 'Also at night',
  paces: enPaces,
  choiceOf: (kind) => `${kind}: how to be told`,
  saved: (kind, pace) => `Saved: ${kind}, ${enPaces[pace].toLowerCase()}`,
  notSaved: 'Not saved; the choice is as it was. Try again',
}

export function useNoticesText() {
  const t = useText()
  return computed<Words>(() => (t.value.language.code === 'en' ? zh : en))
}
