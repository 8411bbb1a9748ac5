import type { ConsentState, Entry, FaultCode, MessageKind, Piece, SendRecord, Verdict, WireRefusal } from '../api.ts'
import type { OutcomeKind } from '../wecom-outcome.ts'
import { ago, clock, fullDay, length, ofDay, shortDay } from './format.ts'

type Reason = WireRefusal['reason']
/** `short` stands in a row, `long` in the sheet. */
type RefusalText = {
  short: (refusal: WireRefusal, now: Date) => string
  long: (refusal: WireRefusal, now: Date) => string
}

function agoWords(at: Date, now: Date): string {
  const { unit, count } = ago(at, now)
  return { now: '刚刚', minutes: `${count} 分钟前`, hours: `${count} 小时前`, days: `${count} 天前` }[unit]
}

const day = (at: Date | undefined, now: Date, otherwise: string): string => (at ? shortDay(at, now) : otherwise)

const same = (short: string, long: string): RefusalText => ({ short: () => short, long: () => long })

const refusals: Record<Reason, RefusalText> = {
  rep_inactive: same('账号已停用', '您的账号已停用，不能发送'),
  employment_proof_stale: same('在职状态待核对', '还没和企业微信核对您的在职状态，正在核对'),
  rep_not_entitled: same('备案不在有效期', '您的医药代表备案不在有效期内'),
  product_not_assigned: same('不负责这个产品', '您没有分配到这个产品'),
  rep_not_in_reach: same('不在使用范围', '这份资料不是给您的片区或小组的'),
  contact_not_yours: same('不是您的联系人', '企业微信里这位联系人不在您名下'),
  contact_proof_stale: same('联系人待核对', '还没和企业微信核对这位联系人，正在核对'),
  group_chat: same('群聊里不能发', '群聊里只能看资料，不能发'),
  account_not_matched: same('还没对上医生', '还没对上这位联系人，对上后才能查同意和次数'),
  match_not_reviewed: same('等合规看匹配', '您选的医生要合规看过才算数，看过后就能发'),
  account_inactive: same('医生已停用', '这位医生已停用'),
  other_territory: same('不在本片区', '这位医生不在本片区'),
  hcp_not_verified: same('医生身份待核实', '这位医生的执业身份还没核实'),
  not_opted_in: same('待医生同意', '医生尚未同意接收'),
  opted_out: {
    short: () => '医生选择不接收',
    long: ({ since }, now) => `医生选择不接收（${day(since, now, '已记录')}），请尊重`,
  },
  consent_outdated: same('同意书有新版', '同意书有新版，请医生再确认'),
  consent_expired: same('同意已过期', '医生的同意已过期，请医生再确认'),
  content_not_approved: same('未批准', '这份资料还没批准'),
  content_withdrawn: same('已撤回', '这份资料已撤回'),
  content_superseded: same('有新版', '这份资料有新版'),
  content_not_effective: {
    short: ({ until }, now) => `${day(until, now, '以后')} 生效后可发`,
    long: ({ until }, now) => `${day(until, now, '以后')} 生效，到时可发`,
  },
  content_expired: {
    short: ({ since }, now) => (since ? `已于 ${shortDay(since, now)} 到期` : '已到期'),
    long: ({ since }) => (since ? `资料已于 ${fullDay(since)} 到期` : '资料已到期'),
  },
  content_changed: same('文件待核对', '文件和批准的不一致，已停用并通知管理员'),
  content_held: same('资料待核对', '这个版本在文件库里对不上，核对后才能发'),
  content_proof_stale: same('资料待核对', '还没和文件库核对这个版本，正在核对'),
  wrong_market: same('不适用于本地区', '这份资料不适用于本地区'),
  wrong_audience: same('不适用于这位医生', '这份资料不是给这位医生的科室、医院等级或片区的'),
  class_not_allowed: same('这类资料不能发', '规定不允许发这类资料'),
  kind_not_allowed: same('不能这样发', '没有批准用这种方式发'),
  file_too_large: same('文件太大', '文件超过企业微信的大小限制，请发链接'),
  card_text_too_long: same('卡片文字太长', '卡片文字超过企业微信的限制，请联系管理员'),
  media_not_ready: same('文件在准备', '文件还在准备，稍等再发，或改发链接'),
  hcp_paused: {
    short: ({ until }, now) => (until ? `暂停到 ${shortDay(until, now)}` : '医生暂停接收'),
    long: ({ until }) => (until ? `医生要求暂停接收，到 ${fullDay(until)} 为止` : '医生要求暂停接收'),
  },
  topic_unwanted: same('医生不想收这类', '医生选择不接收这个产品的资料，请换别的产品或尊重医生的选择'),
  cap_reached: {
    short: () => '本月次数已满',
    long: ({ until }, now) => `本月次数已满，${day(until, now, '下月 1 日')} 恢复`,
  },
  hcp_cap_reached: {
    short: () => '到了医生自定的次数',
    long: ({ limit, until }, now) =>
      `医生希望每月最多收${limit ? ` ${limit} 次` : '零次'}，${day(until, now, '下月 1 日')} 恢复`,
  },
  quiet_hours: {
    short: () => '休息时间',
    long: ({ until }) => `现在是休息时间${until ? `，${clock(until)} 后可发` : ''}`,
  },
  hcp_quiet_hours: {
    short: () => '医生的休息时间',
    long: ({ until }) => `医生希望这段时间不被打扰${until ? `，${clock(until)} 后可发` : ''}`,
  },
  sent_recently: {
    short: ({ since }, now) => (since ? `${agoWords(since, now)}发过` : '最近发过'),
    long: ({ since }, now) => `同一份资料${since ? agoWords(since, now) : '最近'}发过`,
  },
  invitation_off: {
    short: () => '公司不发邀请',
    long: () => '公司不在微信里邀请同意，请医生签纸质同意书',
  },
  asked_again_too_soon: {
    short: ({ until }, now) => `${day(until, now, '过些天')}后可再邀请`,
    long: ({ until }, now) => `不久前邀请过，${day(until, now, '过些天')} 后可以再邀请`,
  },
}

const verdicts: Record<Verdict, string> = {
  NONE: '没有发送',
  OFF_SYSTEM: '不是从这里发的',
  OPEN: '等结果',
  SENT_PROVEN: '存档确认已发',
  SENT_RECALLED: '发后已撤回消息',
  SENT_OPENED: '医生打开',
  SENT_CLIENT: '已交给企业微信',
  SENT_DISPUTED: '有出入，待核查',
  SENT_ADJUDICATED: '合规认定已发',
  NOT_SENT_ADJUDICATED: '合规认定没发',
  NOT_SENT_PROVEN: '存档确认没发',
  CANCELLED: '已取消',
  FAILED: '没发出去',
  CONFLICT: '记录矛盾，待核查',
  UNKNOWN: '结果未知',
  UNKNOWN_ATTESTED_SENT: '您说已发出',
  UNKNOWN_ATTESTED_NOT: '您说没发出',
}

const failures: Record<OutcomeKind, string> = {
  ok: '',
  cancelled: '您取消了',
  no_permission: '企业微信不允许：应用或您的账号没有客户联系权限，请联系管理员',
  without_context: '企业微信不认这个入口，请从和医生的单聊里打开',
  too_old: '企业微信版本太旧，请更新',
  signature: '验证没通过，已换新的',
  domain: '网址没有登记为可信域名，请联系管理员',
  bad_message: '企业微信说消息格式不对，请联系管理员',
  cross_corp: '小程序属于另一家企业，不能发',
  no_answer: '企业微信没有回应',
  unknown: '企业微信没有说原因',
}

const consents: Record<ConsentState['state'], (consent: ConsentState, now: Date) => string> = {
  never: () => '尚未同意',
  invited: ({ at }, now) => (at ? `${agoWords(at, now)}邀请过` : '已邀请'),
  opted_in: () => '已同意',
  declined: () => '选择不接收',
  withdrawn: () => '已撤回同意',
  outdated: () => '同意书有新版',
  expired: () => '同意已过期',
}

const faults: Partial<Record<FaultCode, string>> = {
  no_answer: '网络断了，没有发出任何内容',
  too_many_requests: '点得太快了，稍等再试',
  wecom_unavailable: '企业微信暂时连不上，没有发出任何内容',
  content_not_found: '这份资料已经不在了',
  contact_not_found: '企业微信里找不到这位联系人',
  not_staff: '您还没有使用权限，请联系管理员',
  not_signed_in: '登录没有成功',
  step_up_needed: '需要重新登录确认是您本人',
  link_not_live: '链接已经失效',
  already_matched: '刚刚有人对上了，已刷新',
  account_taken: '刚刚有另一个微信对上了这位医生，请核对后再选',
  account_not_found: '这位医生已不在您的名单里',
  upload_not_found: '照片已失效，请重新选',
}

const kinds: Record<Piece['kind'], string> = {
  document: 'PDF',
  image: '图片',
  video: '视频',
  article: '图文',
  phrase: '话术',
  script: '话术组',
}
const ways: Record<MessageKind, { name: string; note: string }> = {
  news: { name: '链接', note: '可随时收回，能看到是否打开' },
  file: { name: '文件', note: '发出后收不回' },
  image: { name: '图片', note: '发出后收不回' },
  video: { name: '视频', note: '发出后收不回' },
  text: { name: '文字', note: '发出后收不回' },
  miniprogram: { name: '小程序', note: '可随时收回' },
}
const entries: Record<Entry, string> = {
  single_chat_tools: '单聊',
  group_chat_tools: '群聊',
  contact_profile: '联系人资料页',
  chat_attachment: '聊天附件栏',
  single_kf_tools: '微信客服',
  normal: '工作台',
}

const links: Record<SendRecord['link'], string> = {
  none: '',
  live: '',
  revoked: '链接已收回',
  expired: '链接已到期',
  withdrawn: '资料已撤回，链接已停用',
  superseded: '有新版，链接显示新版提示',
  not_consented: '医生未同意，链接不显示资料',
}

const whys: Record<NonNullable<Piece['why']>, string> = {
  asked: '医生要的',
  unread_new: '新',
  often_used: '常用',
  recent: '最近用过',
}

/** Facts of one piece, in the order one asks for them. */
function facts(piece: Piece, now: Date): string[] {
  const pages = piece.pages > 0 ? `${piece.pages} 页` : ''
  const size = piece.seconds > 0 ? length(piece.seconds) : piece.steps ? `${piece.steps.of} 份` : pages
  const until = piece.expiresAt ? `至 ${shortDay(piece.expiresAt, now)}` : ''
  return [kinds[piece.kind], size, `v${piece.version}`, until].filter(Boolean)
}

/** Every word of the sidebar in Chinese; `en.ts` must have the same shape, the compiler sees to it. */
export const zh = {
  app: '已批准资料',
  ownCode: '名片码',
  demo: '演示数据',
  language: { label: 'English', code: 'en' },
  loading: '正在读取',
  slow: '还在读取，网络有点慢',
  cancel: '取消',
  retry: '重试',
  close: '关闭',
  copy: '复制',
  copied: '已复制',
  more: '更多',
  code: (code: string, time: string) => `问题编号 ${code} · ${time}`,
  fault: (code: FaultCode) => faults[code] ?? '服务暂时有问题，没有发出任何内容',
  offline: {
    says: '网络断了。能看，不能发',
    again: '立即重试',
    later: '联网后可发',
    seen: (at: Date, now: Date) => `${agoWords(at, now)}的数据`,
  },
  tabs: { label: '看什么', content: '资料', phrases: '话术', history: '记录' },
  list: {
    search: '搜资料',
    hint: '搜资料，支持拼音首字母',
    hintPhrases: '搜话术，支持拼音首字母',
    clear: '清除',
    filters: '筛选',
    recommended: '推荐',
    favourites: '收藏',
    all: '全部',
    product: '产品',
    kind: '类型',
    anyProduct: '产品',
    anyKind: '类型',
    kinds,
    facts,
    why: (why: NonNullable<Piece['why']>) => whys[why],
    onPage: (page: number) => (page > 0 ? `第 ${page} 页：` : '正文：'),
    favour: (title: string) => `收藏 ${title}`,
    empty: '还没有分配资料',
    emptyHelp: '联系管理员',
    emptyFavourites: '还没有收藏',
    noHit: (query: string) => `没找到“${query}”`,
    found: (count: number, more: boolean) => `${count}${more ? '+' : ''} 份`,
    loadMore: '再看一些',
    checking: '核对中',
    canSend: '可发送',
    lookOnly: '只能看',
    stepsSent: (sent: number, of: number) => `已发 ${sent}/${of}`,
    justSent: '刚刚发过',
    sentAgo: (at: Date, now: Date, reading: { pages: number; of: number } | null) =>
      `${agoWords(at, now)}发过${reading ? `，已读 ${reading.pages}/${reading.of} 页` : ''}`,
    unknownBefore: '上次结果未知',
    expiresIn: (days: number) => (days === 0 ? '今天到期' : `${days} 天后到期`),
    moreReasons: (count: number) => `另有 ${count} 项`,
  },
  refusal: (refusal: WireRefusal, now: Date) => refusals[refusal.reason].long(refusal, now),
  refusalShort: (refusal: WireRefusal, now: Date) => refusals[refusal.reason].short(refusal, now),
  verdict: (verdict: Verdict) => verdicts[verdict],
  consent: (consent: ConsentState, now: Date) => consents[consent.state](consent, now),
  who: {
    label: '发给谁',
    left: (left: number) => (left > 0 ? `本月还可发 ${left} 次` : '本月次数已满'),
    unmatched: '还没对上',
    answered: (statement: 'opted_in' | 'declined' | 'opted_out') =>
      ({ opted_in: '医生已同意，对上后可发', declined: '医生暂不同意', opted_out: '医生撤回了同意' })[statement],
    cameBy: (code: string) => `扫“${code}”加入`,
    remark: '备注',
    nickname: '微信昵称',
    toCheck: '待核对',
    switched: (name: string) => `聊天已换成 ${name || '另一位'}`,
    invite: '邀请',
    match: '对上医生',
    profile: '档案',
    profileOf: (name: string) => `${name} 的档案`,
    top: '回到顶部',
  },
  place: {
    outside: '请从和医生的聊天里打开',
    viewOnly: '这里只能看资料，不能发',
    steps: ['打开和医生的单聊', '手机点右上角，电脑点右侧栏', '选“已批准资料”'],
    pick: '选一位医生',
    openSingle: '打开单聊',
    entry: (entry: Entry | null) => `现在的入口：${entry ? entries[entry] : '浏览器'}`,
    tooOld: '企业微信版本太旧',
    tooOldHelp: '更新企业微信后再打开。现在能看，不能发。',
    signature: '验证没通过，已换新的',
    domain: '网址没有登记为可信域名，请联系管理员',
    noPermission: '应用或您的账号没有客户联系权限，请联系管理员',
    silent: '企业微信没有回应，读不到当前聊天',
  },
  pick: {
    title: '选一位医生打开聊天',
    search: '搜姓名、拼音、医院',
    none: '没有找到医生',
    failed: '没能打开聊天',
  },
  sheet: {
    to: (name: string) => `发给 ${name}`,
    look: '看资料',
    pages: (count: number) => `${count} 页`,
    page: (page: number) => `第 ${page} 页`,
    pageLabel: '各页预览',
    approval: (version: number, number: string) =>
      [`v${version}`, number && `批准号 ${number}`].filter(Boolean).join(' · '),
    card: '医生在聊天里看到的卡片',
    cannot: (first: string) => `还不能发：${first}`,
    checks: '核对',
    consent: '已同意',
    consentSince: (at: Date | null, version: number | null) =>
      [version && `同意书 v${version}`, at && fullDay(at)].filter(Boolean).join(' · '),
    valid: '有效期内',
    validUntil: (at: Date | null) => (at ? `至 ${fullDay(at)}` : '长期有效'),
    cap: '次数够',
    leftAfter: (left: number) => `发后本月还剩 ${left} 次`,
    recipient: '收件人',
    recipientIs: (name: string) => `当前聊天就是${name}`,
    way: '怎么发',
    ways,
    noRecall: '文件发出后收不回，内容更新或撤回时医生手里的仍是旧版。',
    opening: '开场白（可选，已批准）',
    noOpening: '不加',
    send: '发送到当前聊天',
    sendAgain: '仍要发',
    sending: '正在发送',
    notNow: '先不发',
    invite: '邀请医生同意',
    inviteAgain: '再邀请一次',
    waiting: '等医生决定',
    consentText: '看同意书内容',
    scan: '当面扫码',
    scanHelp: '请医生用自己的微信扫一扫，看过再决定。这里会自动更新。',
    scanFailed: '二维码没有出来',
    after: '医生同意后，这份资料会留在这里，点一下就能发。',
    records: '看记录',
    successor: '用新版',
    withdrawn: (reason: string) => `已撤回：${reason}`,
    neverInvited: '从未邀请',
    textVersion: (version: number) => `同意书 v${version}`,
    used: (used: number, limit: number) => `本月 ${used}/${limit}`,
    quiet: (from: number, until: number) => `休息时间 ${ofDay(from)}-${ofDay(until)}`,
  },
  sent: {
    handed: '已交给企业微信',
    backToChat: '回到聊天',
    cancelled: '已取消，没有发出',
    openingSent: '开场白已交给企业微信',
    failed: '没发出去',
    failedHow: '企业微信没有接受这条消息。医生没有收到，次数没有扣。',
    reason: (kind: OutcomeKind) => failures[kind],
    copyLink: '复制链接，手动粘贴到聊天',
    unknown: '结果未知，请看聊天里有没有',
    unknownHow: '企业微信没有回应。这次先按发过计算次数，核对后更正。',
    wasSent: '已发出',
    wasNot: '没发出',
    sawIt: '在聊天里看到了',
    sawNot: '聊天里没有',
    changed: (name: string) => `聊天已换成 ${name || '另一位'}，刚才没有发`,
    seeNew: '看新医生',
    unread: '读不到当前聊天，没有发',
    expired: '刚才的请求已过期，没有发。请再点一次。',
    decided: (verdict: Verdict) => `这次已有结果：${verdicts[verdict]}`,
  },
  history: {
    filters: '筛选',
    this: '本医生',
    everyone: '全部医生',
    whose: '谁的记录',
    period: '时间',
    days: (days: number) => (days >= 3650 ? '全部时间' : `近 ${days} 天`),
    show: '状态',
    all: '全部状态',
    sent: '已发',
    unknown: '结果未知',
    refused: '没发成',
    today: (at: Date) => `今天 ${clock(at)}`,
    at: (at: Date, now: Date) => `${shortDay(at, now)} ${clock(at)}`,
    empty: '这段时间没有记录',
    refusedBecause: (reason: string) => `没有发：${reason}`,
    opened: '医生打开',
    openedByOther: '有别人打开，没看到内容',
    read: (pages: number, of: number, seconds: number) =>
      `已读 ${pages}/${of} 页 · ${Math.floor(seconds / 60)} 分 ${Math.round(seconds % 60)} 秒`,
    colleague: '同事发的',
    revoke: '收回链接',
    revokeSure: '收回后，医生再打开会看到“已收回”。不能恢复，可以再发一次。',
    revokeYes: '确定收回',
    revokeNo: '先不收',
    revoked: '链接已收回',
    links,
    linkSuperseded: '有新版，旧链接已停用',
    linkNotConsented: '医生不再接收，链接已停用',
    again: '再发一次',
    settle: '聊天里有这条消息吗？',
    settled: '已记下',
  },
}

export type Text = typeof zh
