import type { PolicyRefusal, PolicySetting, PolicySettings, PolicyVersion } from '@vouch/contract'
import { dayAndClock } from './format.ts'

const clockOf = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
const modes = ['公司自己不问', '联系人对上医生后由代表邀请', '加上联系人时就在欢迎语里问，对上后也能邀请']
const modeEffects = [
  '不发邀请，只有纸质同意和导入的同意算数',
  '没有匹配上的联系人不会被问到',
  '没有匹配上的联系人的回答先留着，对上医生后才算数',
]
const reviews: Record<PolicySettings['matchReview'], string> = {
  off: '代表选好医生，马上算数',
  weak: '依据不足的匹配，要合规再看一眼才算数',
  always: '每一个匹配都要合规再看一眼才算数',
}
const off = '不限'

/** The rules of sending and how they are changed, in Chinese. */
export const policy = {
  title: '发送规则',
  inForce: (version: number, from: Date) => `第 ${version} 版，${dayAndClock(from)} 起生效`,
  scheduled: (version: number, from: Date) => `第 ${version} 版已批准，${dayAndClock(from)} 起生效。到那时会改变：`,
  groups: { sending: '发多少、什么时候发', consent: '同意', proof: '凭据和匹配', technical: '技术' },
  says: {
    sendsPerMonth: (s: PolicySettings) =>
      `每位医生每个自然月最多收到 ${s.sendsPerMonth} 次，所有代表加在一起。满了就拦下，下月 1 日恢复；邀请同意不算。`,
    quiet: (s: PolicySettings) =>
      s.quietFrom === s.quietUntil
        ? '没有休息时间，任何钟点都可以发。'
        : `${clockOf(s.quietFrom)}–${clockOf(s.quietUntil)} 是休息时间，不能发；刚扫码加上代表的医生除外。`,
    sameItemDays: (s: PolicySettings) =>
      s.sameItemDays === 0
        ? '同一份资料可以随时再发给同一位医生。'
        : `同一份资料 ${s.sameItemDays} 天内不再发给同一位医生；代表看到提醒后仍可坚持发。`,
    disclaimerMode: (s: PolicySettings) => `${modes[s.disclaimerMode]}；${modeEffects[s.disclaimerMode]}。`,
    askAgainDays: (s: PolicySettings) => `医生拒绝或撤回后，${s.askAgainDays} 天内不能再邀请。`,
    consentDays: (s: PolicySettings) =>
      s.consentDays === null
        ? '同意一直有效，直到医生撤回。'
        : `同意满 ${s.consentDays} 天到期，之后要重新问，没问到就不能发。`,
    employmentProofMinutes: (s: PolicySettings) =>
      `企业微信要在最近 ${s.employmentProofMinutes} 分钟内确认过代表在职，否则拦下。`,
    contactProofHours: (s: PolicySettings) =>
      `企业微信要在最近 ${s.contactProofHours} 小时内确认过医生是代表的联系人，否则拦下。`,
    vaultProofMinutes: (s: PolicySettings) =>
      s.vaultProofMinutes === null
        ? 'Vault 连不上时，来自 Vault 的资料照常发。'
        : `来自 Vault 的资料要在最近 ${s.vaultProofMinutes} 分钟内确认过，否则拦下。`,
    matchReview: (s: PolicySettings) => `${reviews[s.matchReview]}。`,
    ticketSeconds: (s: PolicySettings) => `批准发送后，代表有 ${s.ticketSeconds} 秒时间发出，过时要重新点。`,
    unknownAfterSeconds: (s: PolicySettings) =>
      `批准后 ${s.unknownAfterSeconds} 秒还没有结果，记为“结果未知”，请代表说明。`,
    signInEveryTime: (s: PolicySettings): string =>
      s.signInEveryTime ? '代表每次打开侧边栏都要重新登录。' : '代表登录后 30 分钟不用再登录，最长 8 小时。',
    market: (s: PolicySettings) => `只能发市场为 ${s.market} 的资料，其他市场的一律拦下。`,
  },
  label: {
    ...{ sendsPerMonth: '每月上限（次）', quietFrom: '休息时间从', quietUntil: '休息时间到' },
    ...{ sameItemDays: '同一份资料间隔（天）', askAgainDays: '再次邀请间隔（天）', consentDays: '同意有效期（天）' },
    ...{ disclaimerMode: '怎么问同意', matchReview: '匹配复核', employmentProofMinutes: '在职凭据（分钟）' },
    ...{ contactProofHours: '联系人凭据（小时）', vaultProofMinutes: 'Vault 凭据（分钟）' },
    ...{ ticketSeconds: '发出时限（秒）', unknownAfterSeconds: '多久记为未知（秒）' },
    ...{ signInEveryTime: '每次都要登录', market: '市场' },
  } satisfies Record<PolicySetting, string>,
  between: (from: number, to: number) => `${from}–${to}`,
  betweenOrOff: (from: number, to: number) => `${from}–${to}，空着表示不限`,
  modes,
  reviews,
  /** A value as history tells it; empty means off. */
  value(setting: string, value: string): string {
    if (value === '') return off
    if (setting === 'quietFrom' || setting === 'quietUntil') return clockOf(Number(value))
    if (setting === 'disclaimerMode') return modes[Number(value)] ?? value
    if (setting === 'matchReview') return reviews[value as keyof typeof reviews] ?? value
    if (setting === 'signInEveryTime') return value === 'true' || value === '1' ? '是' : '否'
    return value
  },
  change: '提出修改',
  form: '修改规则',
  formNote: '要第二个人批准，到生效时间才起作用。改了的行会标出来。',
  changed: '已改',
  reason: '为什么改',
  reasonHint: '写给批准的人和以后的检查员，至少 3 个字',
  from: '从什么时候起',
  fromApproval: '一批准就生效',
  fromTime: '从这个时间起（北京时间）',
  propose: '提交，请第二个人批准',
  try: '先看影响',
  cancel: '不改了',
  kept: '这是您上次没有提交的修改。',
  proposed: '已提交，等第二个人批准',
  notProposed: '没有提交，规则没有变，填的都还在。',
  notDecided: '没有处理成功，规则没有变。',
  open: '等第二个人批准的修改',
  openBy: (by: string, at: Date) => `${by} 在 ${dayAndClock(at)} 提出`,
  openFrom: (from: Date | null) =>
    from ? `批准后从 ${dayAndClock(from)} 起生效；过了这个时间才批准的，一批准就生效` : '一批准就生效',
  before: '现在',
  after: '改成',
  rule: '规则',
  approve: '批准',
  decline: '不批准',
  takeBack: '收回',
  answer: '给提出人的话',
  answerHint: '不批准时必须写明原因',
  done: {
    approved: (from: Date | null) => `已批准${from ? `，${dayAndClock(from)} 起生效` : ''}`,
    declined: '没有批准，规则没有变',
    taken_back: '已收回，规则没有变',
  },
  mine: '您提出的，要由别人批准。',
  refused: {
    ...{ nothing_changed: '和最新一版没有差别', newer_version: '您填写时规则已有新版，请和新版对照后再提交' },
    ...{
      another_open: '已有一项修改在等批准，要先决定那一项',
      too_early: '生效时间不能早于现在，也不能早于已批准的下一版',
    },
    own_change: '自己提出的不能自己批准，别人提出的不能替人收回',
    needs_officer: '提出和批准的两个人里，至少一位要是合规官',
    already_decided: '已经有人决定了',
    asker_lost_right: '提出的人现在已经无权提出修改，只能选“不批准”',
  } satisfies Record<PolicyRefusal, string>,
  preview: '对最近 90 天的影响',
  progress: (done: number, of: number) => `正在重算：${done} / ${of} 位医生`,
  span: (from: Date, until: Date) =>
    `${dayAndClock(from)} 到 ${dayAndClock(until)} 的每一次发送，按当时记下的事实，用同一套规则重算一遍。`,
  counts: {
    stillSent: '照样能发',
    stillRefused: '照样拦下',
    blocked: '会多拦下',
    allowed: '会多放行',
    unknown: '说不准',
  },
  why: { blocked: '因为', allowed: '当时因为', unknown: '缺的是' },
  times: (count: number) => `${count} 次`,
  limits: [
    '会被拦下的，不再算进后面的次数；会放行的，当作已经发出。代表会不会因此换个时间、换份资料，没法知道。',
    '“说不准”是当时没有记下所需的事实，或医生的档案后来合并过，不猜。',
    '只重算规则拦不拦；匹配复核、登录和时限改变的是人的做法，从记录里看不出来。',
  ],
  seeExamples: (count: number) => `看例子（${count}）`,
  examples: { blocked: '会多拦下的发送', allowed: '会多放行的发送', unknown: '说不准的发送' },
  examplesOf: (shown: number, of: number) => (shown < of ? `共 ${of} 次，列出最近 ${shown} 次` : `共 ${of} 次`),
  example: { at: '时间 (+08:00)', doctor: '医生', title: '资料', rep: '代表', reasons: '原因' },
  nobody: '还没对上的联系人',
  history: '历史版本',
  column: { version: '版本', holdsFrom: '生效 (+08:00)', differences: '改了什么', who: '谁', reason: '为什么' },
  life: { scheduled: '未到时间', in_force: '生效中', ended: '已结束' } satisfies Record<PolicyVersion['life'], string>,
  version: (version: number) => `第 ${version} 版`,
  heldUntil: (at: Date) => `到 ${dayAndClock(at)}`,
  first: '安装时的规则',
  who: (by: string, approver: string) => (by ? `${by} 提出，${approver} 批准` : '系统'),
  difference: (label: string, before: string, after: string) => `${label}：${before} → ${after}`,
  none: '还没有版本',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 版，还有更早的` : `共 ${count} 版，到头了`),
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '更早的版本没有读到',
  close: '关闭',
}
export type PolicyText = typeof policy
