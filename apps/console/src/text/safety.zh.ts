import type { SafetyRow } from '@vouch/contract'
import { dayAndClock } from './format.ts'

type Step = 'viewed' | 'acknowledged' | 'handed_over' | 'reminded' | 'escalated'

const levels: Record<SafetyRow['seriousness'], string> = { serious: '严重', not_serious: '不严重', unknown: '待判断' }
const steps: Record<Step, string> = {
  viewed: '首次查看',
  acknowledged: '确认接手',
  handed_over: '转交',
  reminded: '提醒负责人',
  escalated: '超过 24 小时，通知全部负责人',
}
const reporters = { addressee: '资料的收件医生', contact: '另一位联系人', none: '没有具名' }

const left = (ms: number): string => {
  const minutes = Math.ceil(Math.abs(ms) / 60_000)
  if (minutes < 90) return `${minutes} 分钟`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} 小时` : `${Math.round(hours / 24)} 天`
}

/** Reports of adverse reactions, in Chinese. */
export const safety = {
  title: '不良反应报告',
  show: '显示',
  shows: { open: '待确认', all: '全部' },
  column: {
    receipt: '回执编号',
    arrived: '收到 (+08:00)',
    level: '严重程度',
    product: '药品',
    owner: '负责人',
    acknowledge: '24 小时内确认',
    authority: '上报期限',
  },
  caption: (open: boolean): string => (open ? '待确认的不良反应报告，最早的在前' : '全部不良反应报告，新的在前'),
  none: { open: '没有待确认的报告', all: '还没有收到报告' },
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 份，还有更多` : `共 ${count} 份，到头了`),
  keys: '↑ ↓ 换行 · Enter 打开',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '后面的报告没有读到',
  level: (level: SafetyRow['seriousness']) => levels[level],
  nobody: '未指定',
  acknowledged: (at: Date) => `已确认 ${dayAndClock(at)}`,
  left: (ms: number) => (ms >= 0 ? `还有 ${left(ms)}` : `已超 ${left(ms)}`),
  back: '返回列表',
  notFound: '没有这份报告',
  report: '报告内容',
  happened: '发生了什么',
  occurred: '什么时候',
  contact: '联系方式',
  reporter: '报告人',
  reporters,
  piece: '来自资料',
  pieceOf: (title: string, version: number, rep: string) => `《${title}》v${version}${rep ? `，${rep}发送` : ''}`,
  empty: '没有写',
  clock: '时钟',
  aware: '公司知悉（收到）',
  viewed: '首次查看',
  acknowledgeBy: '确认期限',
  reportBy: '上报期限',
  steps: '经过',
  step: (step: Step) => steps[step],
  by: (name: string) => `${name}`,
  to: (name: string) => `给 ${name}`,
  acknowledge: '确认接手',
  handOver: '转交',
  toWhom: '转给谁',
  choose: '请选择',
  reason: '原因',
  reasonHint: '至少 3 个字',
  done: { acknowledge: '已确认接手', handOver: '已转交，对方会收到消息', save: '已保存' },
  rule: '谁先收到，多久上报',
  owner: '首先通知',
  everyOfficer: '全部合规官',
  seriousDays: '严重的（天）',
  otherDays: '不严重的（天）',
  save: '保存',
  ruleSays: (owner: string, serious: number, other: number) =>
    `首先通知${owner}；上报期限：严重或待判断 ${serious} 天，不严重 ${other} 天，从收到时起算。`,
}
export type SafetyText = typeof safety
