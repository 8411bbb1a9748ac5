import type { NoticeProgress, ReaderRow } from '../api.ts'
import { dayAndClock, ranges } from './format.ts'

type Standing = NonNullable<ReaderRow['notice']>['standing']

const messageProblems: Record<string, string> = {
  left: '代表已离开',
  unknown_member: '企业微信里没有这位代表，或不在应用范围',
  gave_up: '试了一天，企业微信都没有接受',
}

/** Words about those who read a version that has ended, and about telling them. */
export const readers = {
  title: '读过的医生',
  open: '读过的医生与告知',
  back: '回到这份资料',
  withdrawnAt: (at: Date) => `${dayAndClock(at)} 撤回`,
  supersededAt: (at: Date) => `${dayAndClock(at)} 起有新版`,
  inForce: '还在使用中',
  reason: (reason: string) => `原因：${reason}`,
  sums: (readers: number, reachable: number) =>
    readers === reachable
      ? `${readers} 位医生打开过或收到副本，都有代表能联系`
      : `${readers} 位医生打开过或收到副本，其中 ${readers - reachable} 位已没有代表能联系`,
  nobodyRead: '没有医生打开过，也没有医生收到副本。',
  inFlight: '撤回时正在发送的',
  inFlightMeans: '这些在撤回前刚刚允许，撤回拦不住。后来怎样：',
  noInFlight: '撤回时没有正在发送的。',
  sending: { doctor: '医生', rep: '代表', way: '方式', at: '允许时间', became: '后来' },
  noDoctor: '未对上',
  tell: '告知他们',
  tellMeans: '系统不直接联系医生：请他们的代表逐位发送下面选的资料，每次发送照常核对。',
  notice: '发送哪份资料',
  chooseNotice: '请选择',
  successor: '替代',
  noNotices: '没有可以发送的已批准资料。先让新版或更正说明通过审批，再回到这里。',
  preview: (doctors: number, reps: number) => `会请 ${reps} 名代表告知 ${doctors} 位医生`,
  already: (count: number) => `${count} 位已经请过，不重复请`,
  unreachable: (count: number) => `${count} 位没有代表能联系，要另想办法`,
  nobodyLeft: '能请的都请过了。',
  message: (rep: string) => `代表会收到这样的应用消息，例如${rep}：`,
  ask: (doctors: number) => `请代表告知 ${doctors} 位医生`,
  asked: (doctors: number, reps: number) => `已请 ${reps} 名代表告知 ${doctors} 位医生，消息正在送出`,
  notAsked: '没有请成：',
  progress: '告知进展',
  told: (sent: number, doctors: number) => `${doctors} 位里已发给 ${sent} 位`,
  waiting: (count: number) => `${count} 条应用消息正在送出`,
  progressLabel: '已发给医生的进度',
  asking: { rep: '代表', notice: '资料', at: '请求时间', message: '应用消息', sent: '已发 / 医生' },
  messages: { waiting: '正在送出', told: '已送达企业微信', failed: '没有送到' } as Record<
    NoticeProgress['asked'][number]['message'],
    string
  >,
  messageProblem: (code: string) => messageProblems[code] ?? code,
  noneAsked: '还没有请代表告知。',
  list: '读过的医生',
  export: '导出 CSV',
  column: {
    doctor: '医生',
    hospital: '医院',
    read: '怎么看到的',
    pages: '看过的页',
    sentBy: '发送的代表',
    rep: '可以告知的代表',
    notice: '告知',
  },
  how: { opened: '打开过', received: '收到副本' } satisfies Record<ReaderRow['how'], string>,
  at: (at: Date) => dayAndClock(at),
  pages: (pages: readonly number[], of: number) =>
    pages.length === 0 ? '-' : `${ranges(pages).join('、')}（${pages.length}/${of} 页）`,
  nobody: '没有代表能联系',
  notTold: '还没有请',
  standing: { to_send: '还没发', sent: '已发', unknown: '结果未知' } satisfies Record<Standing, string>,
  sentBy: (rep: string, at: Date) => `${rep} ${dayAndClock(at)}`,
  askedOf: (rep: string, notice: string) => `请${rep}发《${notice}》`,
  caption: '读过这一版的医生，先看到的在前',
  none: '没有医生读过',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 位，还有更多` : `共 ${count} 位`),
  more: '更多',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '后面的没有读到',
  onlyOfficer: '只有合规官可以看读过的医生。每次查看都会记录。',
}
