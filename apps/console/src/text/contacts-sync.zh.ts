import type { contactEndpoints, Output } from '@vouch/contract'
import { dayAndClock } from './format.ts'

export type SyncRun = Output<typeof contactEndpoints.listSyncRuns>['rows'][number]
export type Repair = Output<typeof contactEndpoints.listRepairs>['rows'][number]

const stages: Record<SyncRun['stage'], string> = {
  reading: '正在读取',
  ending: '正在核对缺失',
  done: '已完成',
  stopped: '已停下，等人查看',
  failed: '没有完成',
}
const kinds: Record<SyncRun['kind'], string> = { first: '首次', scheduled: '定时', asked: '手动' }
const whats: Record<Repair['what'], string> = {
  begun: '补上关系',
  whole: '单向变为互加',
  ended: '结束关系',
  remark: '更新备注',
  nickname: '更新昵称',
}
const standings: Record<string, string> = {
  none: '没有记录',
  following: '已互加',
  half: '单向，待代表确认',
  ended: '已结束',
  not_listed: '已结束：企业微信不再列出',
  handed_over: '已结束：移交给同事',
  rep_left: '已结束：代表离职',
  rep_deleted: '已结束：代表删除了医生',
  hcp_deleted: '已结束：医生删除了代表',
}
const waits: Record<string, string> = {
  wecom_unavailable: '企业微信暂时不回应，恢复后自动继续',
  took_too_long: '超过 20 小时没有读完，已放弃，下一次会从头读',
}

/** The reading of all relations from WeCom, in Chinese. */
export const contactsSync = {
  title: '联系人同步',
  lead: '每小时从企业微信读一遍全部客户关系，补上漏掉的变更通知。要结束的关系，都会先单独再问一次企业微信。',
  run: '哪一次',
  all: '全部',
  option: ({ startedAt, stage }: SyncRun) => `${dayAndClock(startedAt)} ${stages[stage]}`,
  last: '最近一次',
  noRun: '还没有同步过。企业微信配好后，服务启动几秒内会自动开始第一次。',
  stage: (stage: SyncRun['stage']) => stages[stage],
  kind: (kind: SyncRun['kind']) => kinds[kind],
  fact: {
    startedAt: '开始 (+08:00)',
    endedAt: '结束 (+08:00)',
    askedBy: '谁要求的',
    reps: '已读的代表',
    seen: '读到的关系',
    begun: '补上',
    changed: '更新备注或昵称',
    ended: '结束',
    confirmed: '列表里没有、单独问还在',
    strangers: '不在我们名单里的成员',
  },
  of: (done: number, all: number) => `${done} / ${all}`,
  skipped: (count: number) => `另有 ${count} 位读不到，他们的关系保持不变`,
  progress: '读取进度',
  reading: (seen: number, reps: number, of: number) => `已读到 ${seen} 段关系，读完 ${reps} / ${of} 位代表`,
  checked: (done: number, all: number) => `已核对 ${done} / ${all}`,
  problem: (code: string) => waits[code] ?? '服务内部出错，稍后自动继续',
  tooMany: (missing: number, known: number) =>
    `已知的 ${known} 段关系里，有 ${missing} 段企业微信没有列出，超过了 5%。一段也没有结束。请先确认应用的可见范围和“客户联系”权限没有变。确实该结束的，再手动同步，并勾选“允许结束很多关系”。`,
  start: '现在同步',
  starting: '正在开始',
  reason: '为什么现在同步（至少 3 个字）',
  endMany: '允许结束很多关系（超过 5%）',
  endManyHint: '只在核实过之后勾选，例如整个团队离职。每段关系结束前仍会单独再问企业微信。',
  close: '关闭',
  notStarted: '没有开始。写的内容还在，可以再试。',
  started: '已开始，几秒后就能看到进度。',
  running: '已有一次正在进行，没有另外开始。',
  repairs: '补了什么',
  caption: (one: boolean): string => (one ? '这一次的修复，最新在前' : '全部修复，最新在前'),
  column: { at: '时间 (+08:00)', what: '修复', rep: '代表', contact: '联系人', was: '原来', isNow: '现在' },
  what: (what: Repair['what']) => whats[what],
  standing: ({ what }: Repair, word: string) =>
    what === 'remark' || what === 'nickname' ? word || '（空）' : (standings[word] ?? word),
  nameless: '没有昵称',
  none: '没有需要修复的：记录和企业微信一致。',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 条，后面还有` : `共 ${count} 条，已到底`),
  keys: '',
  reloadFailed: '没有刷新，下面是之前读到的',
  runsFailed: '没有读到同步的情况。',
  moreFailed: '后面的修复没有读到',
}
export type ContactsSyncText = typeof contactsSync
