import { refusalWordsZh, type FileProblem } from '@vouch/contract'
import type { FaultCode, MessageKind, Send, Show, Verdict, WireRefusal } from '../api.ts'
import type { Gone } from '../state/session.ts'
import { compare } from './compare.zh.ts'
import { content } from './content.zh.ts'
import { fileProblems } from './file-problems.zh.ts'
import { clock, dayAndClock } from './format.ts'
import { imports } from './imports.zh.ts'
import { vault } from './vault.zh.ts'
import { readers } from './readers.zh.ts'
import { vaultSteps } from './vault-steps.zh.ts'

type Reason = WireRefusal['reason']

/** `word` stands in the row, `means` says what is known by it and what is not. */
const verdicts: Record<Verdict, { word: string; means: string }> = {
  NONE: { word: '没有发送', means: '没有授权，也没有发现消息。' },
  OFF_SYSTEM: { word: '系统外发送', means: '存档里有这条消息，但不是从这里授权的。' },
  OPEN: { word: '等结果', means: '已允许发送，企业微信的结果还没有回来。' },
  SENT_PROVEN: { word: '存档确认已发', means: '会话存档里有这条消息。' },
  SENT_RECALLED: { word: '已发，后撤回消息', means: '会话存档里有这条消息，也有它的撤回。' },
  SENT_OPENED: { word: '医生打开', means: '收件医生本人打开了链接。打开不等于读完。' },
  SENT_CLIENT: { word: '已交给企业微信', means: '代表的企业微信说已接受。是否送达、是否看过，不知道。' },
  SENT_DISPUTED: { word: '有出入，待核查', means: '企业微信说已接受，会话存档里却没有。' },
  SENT_ADJUDICATED: { word: '合规认定已发', means: '合规人员核查后认定已发。' },
  NOT_SENT_ADJUDICATED: { word: '合规认定没发', means: '合规人员核查后认定没发。' },
  NOT_SENT_PROVEN: { word: '存档确认没发', means: '会话存档完整，里面没有这条消息。' },
  CANCELLED: { word: '代表取消', means: '企业微信说代表取消了这次发送。' },
  FAILED: { word: '企业微信报失败', means: '代表的企业微信说没有接受这条消息。' },
  CONFLICT: { word: '记录矛盾，待核查', means: '收到的说法互相矛盾，要由合规人员核查。' },
  UNKNOWN: { word: '结果未知', means: '到时限仍没有结果。可能发了，也可能没发。' },
  UNKNOWN_ATTESTED_SENT: { word: '结果未知，代表说已发', means: '只有代表自己的说法，没有别的证据。' },
  UNKNOWN_ATTESTED_NOT: { word: '结果未知，代表说没发', means: '只有代表自己的说法，没有别的证据。' },
}

const ways: Record<MessageKind, string> = {
  news: '链接',
  file: '文件',
  image: '图片',
  video: '视频',
  text: '文字',
  miniprogram: '小程序',
}

/** Each fact in words, and who says so (assurance.md 2.2). */
const facts = {
  A: { says: '核对通过，允许发送', by: '服务器' },
  H: { says: '消息已取走，正要交给企业微信', by: '代表的侧边栏' },
  K: { says: '企业微信说：已接受', by: '代表的侧边栏' },
  C: { says: '企业微信说：代表取消', by: '代表的侧边栏' },
  F: { says: '企业微信说：失败', by: '代表的侧边栏' },
  T: { says: '到时限，没有结果', by: '服务器' },
  O: { says: '收件医生打开链接', by: '医生页面' },
  M: { says: '会话存档里有这条消息', by: '会话存档' },
  N: { says: '会话存档里没有这条消息', by: '会话存档' },
  V: { says: '消息被撤回', by: '会话存档' },
  'R+': { says: '代表说明：聊天里有', by: '代表本人' },
  'R-': { says: '代表说明：聊天里没有', by: '代表本人' },
  'X+': { says: '认定：已发', by: '合规人员' },
  'X-': { says: '认定：没发', by: '合规人员' },
}
export type KnownFact = keyof typeof facts

const faults: Partial<Record<FaultCode, string>> = {
  no_answer: '连不上服务。请检查网络后重试',
  unreadable: '服务已更新，和这个页面对不上。请刷新页面',
  not_staff: '您没有控制台的使用权限。请联系管理员',
  wrong_login: '没有登录：名称、密码或动态码不对',
  link_over: '链接已用过或已过期。请重新生成',
  proof_needed: '没有做：要先确认是您本人。填好的内容还在，可以再试',
  wecom_not_set_up: '没有做：还没有和企业微信接好。系统管理员可看“系统检查”',
  bad_request: '这个查询不能用。请清除条件后重试',
  too_many_requests: '查得太快了，稍等再试',
  busy: '服务正忙，稍等再试',
  stopping: '服务正在重启，稍等再试',
}

const roles: Record<string, string> = {
  rep: '代表',
  author: '内容编辑',
  medical: '医学',
  legal: '法务',
  compliance: '合规',
  compliance_officer: '合规官',
  manager: '区域经理',
  auditor: '审计，只读',
  system_admin: '系统管理员',
  security_admin: '安全管理员',
}

const shows: Record<Show, string> = { all: '全部', sent: '已发', unknown: '结果未知', refused: '已拦下' }

const gone: Record<Gone, string> = {
  not_yet: '用企业微信登录后查看。',
  ended: '登录已到期，请重新登录。登录后回到刚才的页面。',
  left: '已退出登录。',
}

/** Every word of the console in Chinese; `en.ts` must have the same shape, the compiler sees to it. */
export const zh = {
  app: '准信控制台',
  brand: '准信',
  place: '控制台',
  demo: '演示数据',
  demoMeans: '人物、医院和资料都是虚构的',
  language: { label: 'English', code: 'en' as 'zh' | 'en', lang: 'en' },
  places: {
    label: '栏目',
    home: '首页',
    content: '内容',
    sends: '发送记录',
    reports: '报表',
    vault: 'Veeva Vault',
    consents: '同意',
    accounts: '医生',
    safety: '不良反应',
    requests: '医生的请求',
    matching: '医生匹配',
    contactsSync: '联系人同步',
    contactCodes: '名片码',
    people: '人员和角色',
    policy: '发送规则',
    audit: '审计',
    company: '公司',
    settings: '设置',
    system: '系统检查',
  },
  skip: '跳到正文',
  loading: '正在读取',
  slow: '还在读取，网络有点慢',
  retry: '重试',
  copy: '复制',
  copied: '已复制',
  code: (code: string, time: string) => `问题编号 ${code} · ${time}`,
  fault: (code: FaultCode) => faults[code] ?? '服务暂时有问题，没有读到记录',
  fileProblem: (code: FileProblem) => fileProblems[code],
  offline: (readAt: Date | null) => `网络断了。${readAt ? `看到的是 ${clock(readAt)} 读取的` : '现在读不到记录'}`,
  me: {
    roles: (codes: readonly string[]) => codes.map((code) => roles[code] ?? code).join('、'),
    sessions: '我在哪里登录着',
    signOut: '退出',
    notLeft: '没有退出成功，请重试',
  },
  signIn: {
    title: '登录控制台',
    gone: (why: Gone) => gone[why],
    press: '用企业微信登录',
    note: '在企业微信里确认后回到这里。查看记录会留下审计。',
    locally: '本地管理员登录',
    noWecom: '企业微信还没有配好，现在只能用本地管理员登录。还没有的话，先在服务器上运行 admin 命令。',
    local: '您以本地管理员身份登录，每一步都会通知其他管理员。日常工作请用企业微信登录。',
    localAlone: '您以本地管理员身份登录，每一步都会通知其他管理员。企业微信配好以后，日常工作请用企业微信登录。',
  },
  order: { label: '排序', asc: '升序', desc: '降序', plain: '默认顺序' },
  views: {
    open: '视图',
    dropped: (fields: readonly string[]) =>
      `这个视图或链接里的筛选已经没有了，没有用上：${fields.join('、')}。其余的照常。`,
  },
  columns: { title: '列', choose: '显示哪些列', exported: '导出的表总是有全部列' },
  sends: {
    title: '发送记录',
    caption: (shown: string, query: string) => `发送记录，${shown}${query ? `，搜索“${query}”` : ''}`,
    show: '显示',
    shows,
    search: '搜医生或资料',
    hint: '医生姓名或资料标题',
    clear: '清除',
    refresh: '刷新',
    readAt: (at: Date) => `${clock(at)} 读取`,
    column: {
      at: '时间 (+08:00)',
      rep: '代表',
      contact: '医生',
      hospital: '医院',
      piece: '资料',
      way: '方式',
      outcome: '结果',
      policy: '规则',
    },
    policy: (version: number) => `v${version}`,
    noDoctor: '未对上',
    refused: '已拦下',
    moreReasons: (count: number) => `另 ${count} 项`,
    readShort: (pages: number, of: number) => `已读 ${pages}/${of} 页`,
    expand: (about: string) => `详情：${about}`,
    none: '还没有发送记录',
    noHit: '没有符合条件的记录',
    clearAll: '清除条件',
    more: '更多',
    shown: (count: number, more: boolean) => (more ? `已显示 ${count} 条，还有更早的` : `共 ${count} 条，到头了`),
    moreFailed: '更早的记录没有读到',
    reloadFailed: '没有刷新成功，下面是之前读取的',
    keys: '/ 搜索 · ↑ ↓ 换行 · Enter 展开',
  },
  send: {
    verdict: (verdict: Verdict) => verdicts[verdict].word,
    means: (verdict: Verdict) => verdicts[verdict].means,
    refusedMeans: '发送前核对没有通过，没有交给企业微信，次数没有扣。',
    reason: (reason: Reason) => refusalWordsZh[reason] ?? reason,
    everyReason: () => Object.entries(refusalWordsZh).map(([value, label]) => ({ value, label })),
    reasonFacts: ({ since, until, count, limit, about }: WireRefusal) =>
      [
        count !== undefined && (limit !== undefined ? `${count}/${limit} 次` : `${count}`),
        count === undefined && limit !== undefined && `上限 ${limit}`,
        since && `自 ${dayAndClock(since)}`,
        until && `到 ${dayAndClock(until)}`,
        about,
      ]
        .filter(Boolean)
        .join(' · '),
    reasons: '拦下的原因',
    facts: '经过',
    fact: (kind: string) => (kind in facts ? facts[kind as KnownFact] : { says: `其他记录（${kind}）`, by: '未说明' }), // checked by `in`
    factRefused: { says: '核对没有通过，没有发出', by: '服务器' },
    late: '晚到',
    lateMeans: '晚到：发送票据过期之后才收到。',
    noFacts: '还没有别的记录。',
    record: '记录',
    sendId: '记录编号',
    piece: '资料',
    contentItemId: '资料编号',
    doctor: '医生',
    rep: '代表',
    way: '方式',
    policy: '当时的规则',
    link: '链接',
    links: {
      none: '',
      live: '有效',
      revoked: '已收回',
      expired: '已到期',
      withdrawn: '资料撤回，已停用',
      superseded: '有新版，已停用',
      not_consented: '医生不再接收，已停用',
    } satisfies Record<Send['link'], string>,
    reading: '阅读',
    visits: '链接被看',
    visited: ({ addressee, rep, others, unknown, programs }: NonNullable<Send['visits']>) =>
      `收件人 ${addressee} · 同事 ${rep} · 别人 ${others} · 未认出 ${unknown} · 程序 ${programs}`,
    read: (pages: number, of: number, seconds: number) =>
      `${pages}/${of} 页 · ${Math.floor(seconds / 60)} 分 ${Math.round(seconds % 60)} 秒`,
    ways,
  },
  content,
  vault,
  compare,
  imports,
  readers,
  ...vaultSteps,
  print: (by: string, readAt: Date) => `${by}打印 · ${dayAndClock(readAt)} +08:00 读取`,
}

export type Text = typeof zh
