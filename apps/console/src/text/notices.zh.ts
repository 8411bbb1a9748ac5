import type { FailedNotice, NoticePace } from '@vouch/contract'

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const paces: Record<NoticePace, string> = { now: '马上发', daily: '每天 8:30 汇总', off: '不发' }
const problems: Record<FailedNotice['problem'], string> = {
  left: '已离职，不会再发',
  unknown_member: '企业微信找不到这位成员，或不在应用可见范围内',
  gave_up: '试了十几个小时，企业微信一直没有收下',
}

/** How somebody is told by app messages, in Chinese. */
export const notices = {
  title: '消息设置',
  lead: '这些事会发到您的企业微信。同一类几件事合成一条；马上要处理的单独发。',
  views: '消息',
  mine: '我的消息',
  failed: '没有送达的',
  back: '回首页',
  quiet: (from: number, until: number) =>
    from === until
      ? '公司没有设休息时间，随到随发。'
      : `休息时间 ${clockOf(from)}–${clockOf(until)} 内不发，过后几分钟内补发；标“夜里也发”的除外。`,
  atNight: '夜里也发',
  paces,
  choiceOf: (kind: string) => `${kind}：怎么收`,
  saved: (kind: string, pace: NoticePace) => `已保存：${kind}，${paces[pace]}`,
  notSaved: '没有保存，选择没有变。请重试',
  none: '您的角色不收这里的应用消息',
  column: { kind: '消息', to: '发给', owed: '该发的时间 (+08:00)', problem: '没送达的原因', again: '再发' },
  caption: '没有送达的应用消息，新的在前',
  noneFailed: '应用消息都送达了',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 条，还有更多` : `共 ${count} 条，到头了`),
  keys: '↑ ↓ 换行',
  reloadFailed: '没有刷新成功，下面是之前读到的',
  moreFailed: '后面的没有读到',
  problems,
  tries: (count: number) => `试过 ${count} 次`,
  send: '再发一次',
  sendOf: (kind: string, to: string) => `再发一次：${kind}，发给 ${to}`,
  sent: {
    owed: (to: string) => `已重新排队，几秒内发给 ${to}`,
    already: () => '已经在发，或已经送达',
    left: (to: string) => `${to} 已离职，没有再发`,
  },
  notSent: '没有重新排队，请再试一次',
  privacy: '这里不显示消息正文：正文可能有医生姓名，重发用不到。',
}
