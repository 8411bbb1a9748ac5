import type { HcpRequest } from '@vouch/contract'
import { dayAndClock } from './format.ts'

type Erased = NonNullable<HcpRequest['erased']>
type Kept = NonNullable<HcpRequest['kept']>

/** What doctors ask of the company, in Chinese. */
export const requests = {
  title: '医生的请求',
  show: '显示',
  shows: { waiting: '待处理', all: '全部' },
  kinds: { erasure: '删除信息', complaint: '投诉或意见' },
  life: (kind: HcpRequest['kind'], life: HcpRequest['life']): string =>
    life === 'waiting' ? '待处理' : kind === 'complaint' ? '已答复' : life === 'done' ? '已删除' : '没有删除',
  column: { receipt: '编号', filed: '提交 (+08:00)', kind: '事项', doctor: '医生', life: '状态' },
  caption: '医生在“我的”页面提出的请求，新的在前',
  nobody: '还没对上的联系人',
  none: { waiting: '没有待处理的请求', all: '还没有医生提出请求' },
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 件，还有更多` : `共 ${count} 件，到头了`),
  keys: '↑ ↓ 换行 · Enter 打开',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '后面的请求没有读到',
  open: (receipt: string) => `查看 ${receipt}`,
  close: '关闭',
  said: '医生写的',
  erasureMeans:
    '会删除：微信昵称、代表写的备注、接收设置、阅读记录。会保留：发送记录、每一次同意和它的证据、实名的不良反应报告，依法最长 10 年，只用于核查和药品安全。医生提交时，全部同意已经撤回。',
  erased: ({ contacts, remarks, wishes, pagesRead }: Erased) =>
    `已删除：${contacts} 个联系人的昵称，${remarks} 条备注，${wishes} 份接收设置，${pagesRead} 条阅读记录。`,
  kept: ({ sends, consents, papers, safetyReports }: Kept) =>
    `依法保留：${sends} 条发送记录，${consents} 条同意和撤回，${papers} 份纸质同意，${safetyReports} 份不良反应报告。`,
  answer: '答复医生',
  answerHint: '医生会在“我的”里读到，也写进审计。',
  typed: '写的答复还在。',
  notDecided: '没有处理成功，什么都没有改变。',
  already: (by: string, at: Date) => `${by} 已在 ${dayAndClock(at)} 处理，您的答复没有发出。`,
  decided: (by: string, at: Date) => `${by} · ${dayAndClock(at)}`,
  erase: '删除并答复',
  refuse: '不删除，说明原因',
  reply: '答复',
  done: '已处理，医生看得到答复',
}
export type RequestsText = typeof requests
