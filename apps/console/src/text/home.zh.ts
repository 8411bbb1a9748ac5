import type { HomeNumbers, HomePart } from '@vouch/contract'
import { clock, day, dayAndClock } from './format.ts'

const parts: Record<HomePart, { title: string; all: string; help?: string }> = {
  safety: { title: '不良反应报告等确认接手', all: '全部待确认的报告' },
  review: { title: '等您签名的资料', all: '全部等我签名的' },
  returned: { title: '退回给您的资料', all: '全部退回的' },
  expiring: { title: '30 天内到期的资料', all: '全部快到期的' },
  requests: { title: '医生的请求等答复', all: '全部请求' },
  papers: { title: '纸质同意等您核对', all: '全部纸质同意' },
  consent_texts: { title: '同意书等您签名', all: '全部同意书' },
  policy_change: { title: '发送规则的修改等您审批', all: '看发送规则' },
  welcome_change: { title: '欢迎语的修改等您审批', all: '看欢迎语' },
  role_changes: { title: '同事的角色等您审批', all: '全部等审批的角色' },
  matches: { title: '联系人匹配等您复核', all: '全部匹配' },
  account_changes: { title: '医生名单的申请等处理', all: '全部申请' },
  unmatched: {
    title: '还没对上医生的联系人',
    all: '',
    help: '由代表在聊天的侧边栏里匹配，这里按代表列出。没对上之前不能发送。',
  },
  unknown_sends: {
    title: '结果未知的发送',
    all: '全部结果未知的',
    help: '近 7 天里还没有人说明的。要由发送的代表看聊天后在侧边栏“记录”里说明。',
  },
  vault_braked: { title: 'Vault 发布已暂停，等放行', all: '看 Veeva Vault' },
  vault_quarantine: { title: 'Vault 搁置的资料', all: '全部搁置的' },
  checks: { title: '系统检查不通过', all: '打开系统检查' },
  notices: { title: '没有送达的应用消息', all: '全部没送达的' },
}

const classes: Record<keyof HomeNumbers['classes'], { name: string; means: string }> = {
  proven: { name: '存档证实', means: '会话存档里看到了这条消息' },
  opened: { name: '医生打开', means: '没有存档，但收件医生打开了链接' },
  client: { name: '客户端回报', means: '只有企业微信客户端说已交出' },
  unknown: { name: '结果未知', means: '没有回报，按已发出算进次数' },
  cancelled: { name: '已取消', means: '代表取消，没有发出' },
  failed: { name: '未发出', means: '企业微信没有接受' },
  not_sent: { name: '证实未发', means: '存档里没有，或已核定没有发出' },
  exception: { name: '互相矛盾', means: '事实互相矛盾，要人来核定' },
  open: { name: '还在等', means: '刚放行，期限还没到' },
}

const span = (ms: number): string => {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`
}

/** What waits for whoever works here, in Chinese. */
export const home = {
  title: (name: string) => `${name}，您好`,
  lead: (count: number, pressing: number) =>
    pressing > 0 ? `${count} 项等您处理，其中 ${pressing} 项要紧` : `${count} 项等您处理`,
  read: (at: Date) => `${clock(at)} 读取`,
  refresh: '刷新',
  refreshing: '正在刷新',
  stale: '没有刷新成功，下面是之前读到的',
  newer: '待办有变化，点此显示',
  paused: '您有一会儿没操作，已停止自动刷新',
  parts,
  count: (count: number, more: boolean) => (more ? `${count}+` : String(count)),
  items: (count: number, more: boolean) => `${count}${more ? ' 以上' : ''} 项`,
  oldest: (ms: number) => (ms < 60_000 ? '刚到' : `最早的等了 ${span(ms)}`),
  within: (days: number) => (days === 1 ? '24 小时内处理' : `${days} 天内处理`),
  late: (count: number) => `${count} 项已超时`,
  endsSoon: (count: number) => `${count} 项 3 天内到期`,
  faults: (count: number) => `${count} 项有错误`,
  waits: (ms: number) => (ms < 60_000 ? '刚刚' : `${span(ms)}前`),
  endsIn: (ms: number) => (ms < 86_400_000 ? `${span(ms)}后到期` : `${Math.ceil(ms / 86_400_000)} 天后到期`),
  overdue: (ms: number) => `超时 ${span(ms)}`,
  ends: (at: Date) => `到 ${dayAndClock(at)}`,
  contacts: (count: number) => `${count} 位联系人`,
  by: (name: string) => name,
  failed: '这一项没有读到，其他的不受影响',
  retry: '重试',
  none: '没有什么等您处理',
  noneMeans: '有新的待办，这里会自己出现；要紧的还会发到您的企业微信。',
  noRole: '您的角色没有待办，需要的内容从上方栏目进入。',
  notices: '消息设置',
  numbers: {
    title: '近 30 天',
    days: (from: string, until: string) => `${from} 到 ${until}（上海时间）`,
    until: (at: Date) => `统计到 ${dayAndClock(at)}`,
    none: '还没有统计',
    failed: '统计没有读到，待办不受影响',
    passed: '放行的发送',
    passedMeans: '通过了全部规则。下面各类加起来等于它，互不重叠，也不合称“已发送”。',
    refused: '被拦下的尝试',
    refusedMeans: '当时至少有一条规则不允许，没有发出。',
    opened: '链接被医生打开',
    openedMeans: '收件医生本人打开的链接 / 放行的链接。',
    agreed: '同意邀请',
    agreedMeans: '医生同意 / 选择不接收 / 发出的邀请。',
    of: (part: number, whole: number) => `${part} / ${whole}`,
    three: (yes: number, no: number, asked: number) => `${yes} / ${no} / ${asked}`,
    classes,
    territory: '只含您的片区',
  },
  day,
}
