import type { ContactCodeRow, contactCodeEndpoints, Output, welcomeEndpoints, WelcomeRefusal } from '@vouch/contract'
import { dayAndClock } from './format.ts'

export type CodeDetail = Output<typeof contactCodeEndpoints.loadContactCode>['code']
export type CameContact = Output<typeof contactCodeEndpoints.loadContactCode>['contacts'][number]
export type WelcomeRow = Output<typeof welcomeEndpoints.loadWelcomeText>['rows'][number]
type Refused = Extract<Output<typeof contactCodeEndpoints.askContactCode>, { outcome: 'refused' }>

const lives: Record<ContactCodeRow['life'], string> = {
  making: '正在生成',
  live: '使用中',
  refused: '没有生成',
  ending: '正在停用',
  ended: '已停用',
}
const problems: Record<Exclude<ContactCodeRow['problem'], ''>, string> = {
  nobody_left: '码上的代表都已离职，扫码加不到人。请换成在职的代表。',
  not_medical:
    '企业微信只给认证为医疗行业的企业生成临时会话码，你们的企业没有获得。请改用普通名片码，或在企业微信管理后台核对企业认证的行业。',
  not_verified: '有代表还没有激活企业微信或没有实名认证。请代表认证后再试。',
  no_permission: '应用没有客户联系权限，或代表不在应用可见范围内。请在企业微信管理后台补上，再试。',
  too_many: '企业微信的名片码数量已到上限。请停用不再使用的码。',
  lost: '原来的码在企业微信里没有了，已重新生成。请重新打印海报，旧海报扫不出来。',
  refused: '企业微信拒绝了这个码。',
  unreachable: '企业微信暂时没有回应，会自动再试。',
}
const whys: Record<Refused['why'], (about: string) => string> = {
  unknown_rep: () => '选的代表里有人已不在职，请重新选。',
  too_many_reps: () => '代表重复，或超过 100 位。',
  names_product: (about) => `欢迎语里出现了产品名“${about}”。欢迎语不能提到产品。`,
  temporary_shape: () => '临时会话码只能对应一位代表，也不能设时段。',
  half_hours: () => '时段要有开始和结束，或者都不填。',
  over: () => '这个码已停用，不能再改。',
}
const welcomes: Record<string, string> = {
  sending: '正在发送',
  sent: '已发送',
  late: '太晚，没有发',
  already: '已有别的欢迎语',
  expired: '超过 20 秒，没有发出',
  refused: '企业微信拒绝',
  unknown: '结果未知',
  no_rep: '不是在职代表，没有发',
}
const dayNames = ['一', '二', '三', '四', '五', '六', '日']

/** Codes by which doctors add reps, in Chinese. */
export const contactCodes = {
  title: '名片码',
  lead: '医生扫码就能加代表为联系人。代表在侧边栏里有自己的码；会议、展位的码在这里做。',
  show: '显示',
  shows: { standing: '使用中的', ended: '已停用的', all: '全部' },
  new: '新建名片码',
  welcome: '欢迎语',
  kind: { rep: '代表的码', event: '活动的码' },
  temporary: '临时会话',
  life: (life: ContactCodeRow['life']) => lives[life],
  problem: (problem: ContactCodeRow['problem'], errcode: number | null) =>
    problem === '' ? '' : `${problems[problem]}${errcode ? `（企业微信 ${errcode}）` : ''}`,
  column: {
    name: '名称',
    reps: '代表',
    life: '状态',
    came: '加入',
    welcomed: '收到欢迎语',
    createdAt: '新建 (+08:00)',
  },
  left: '已离职',
  backup: '后备',
  none: '还没有名片码。',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 个，后面还有` : `共 ${count} 个，已到底`),
  keys: '',
  reloadFailed: '没有刷新，下面是之前读到的',
  moreFailed: '后面的没有读到',
  back: '名片码',
  notFound: '没有这个名片码',
  picture: (name: string) => `${name} 的二维码`,
  making: '正在请企业微信生成，通常几秒',
  print: '打印海报',
  poster: {
    title: '海报',
    print: '打印',
    language: '海报文字',
    zh: '中文',
    en: 'English',
    both: '中文和 English',
    scan: { zh: '微信扫一扫，添加医药代表', en: 'Scan with WeChat to add your medical representative' },
    note: {
      zh: '仅供医疗卫生专业人士。是否接收资料由您决定，可随时撤回。',
      en: 'For healthcare professionals only. Whether you receive material is your choice, and you can withdraw at any time.',
    },
    notYet: '二维码生成后才能打印海报。',
  },
  facts: {
    takes: '现在加到',
    switches: '下次自动换人',
    hours: '主要代表的时段',
    verify: '加好友',
    wording: '欢迎语',
    remark: '企业微信里的备注',
    config: '小程序按钮的 config_id',
    ends: '到期',
    source: '来源标记 (state)',
  },
  always: '全天',
  never: '不会',
  verifies: (skip: boolean): string => (skip ? '不用代表确认' : '代表确认后才加上'),
  companyWords: '公司统一的欢迎语',
  hours: (days: string, from: string, until: string) =>
    [
      days === '' ? '每天' : `周${[...days].map((day) => dayNames[Number(day) - 1]).join('、')}`,
      from ? `${from}–${until}` : '',
    ]
      .filter(Boolean)
      .join(' '),
  dayNames: dayNames.map((name) => `周${name}`),
  contacts: '由它加入的联系人',
  contactColumn: { contact: '联系人', rep: '代表', came: '加入时间 (+08:00)', welcome: '欢迎语' },
  nameless: '没有昵称',
  unmatched: '还没对上医生',
  gone: '已不是联系人',
  noContacts: '还没有人扫过。',
  contactsShown: (count: number, more: boolean) => (more ? `已显示 ${count} 位，后面还有` : `共 ${count} 位，已到底`),
  welcomeLife: (life: string | null) => (life ? (welcomes[life] ?? life) : '-'),
  form: {
    newTitle: '新建名片码',
    changeTitle: '修改名片码',
    kind: '给谁用',
    name: '名称（海报和列表里显示）',
    main: '主要代表',
    backup: '后备代表（时段外，或主要代表都离职后接手）',
    find: '输入姓名找代表',
    add: (name: string) => `加上${name}`,
    remove: (name: string) => `去掉${name}`,
    nobody: '没有找到在职的代表',
    days: '主要代表的日子（不选就是每天）',
    from: '从',
    until: '到',
    language: '欢迎语的语言',
    languages: { 'zh-CN': '中文', 'en-US': 'English' },
    wording: '这个码的欢迎语（不填就用公司统一的；{rep} 是代表姓名，{company} 是公司名）',
    remark: '企业微信里的备注（最多 30 字，医生看不到）',
    skip: '医生扫码直接加上，不用代表确认',
    place: '放在哪里',
    qr: '二维码',
    button: (style: number) => `小程序按钮，样式 ${style}`,
    temporary: '临时会话：到期后聊天自动结束（只限医疗行业企业）',
    codeDays: '码的有效期（天，1–14）',
    chatHours: '加上后聊天多久（小时，1–336）',
    reason: '为什么改（至少 3 个字）',
    make: '生成名片码',
    save: '保存修改',
    failed: '没有保存。写的内容还在，可以再试。',
    stale: (by: string) => `${by || '别人'}刚刚改过，没有保存。写的内容还在：刷新看对方改了什么，再决定。`,
    refused: ({ why, about }: Refused) => whys[why](about),
  },
  retry: '再请企业微信生成',
  end: '停用',
  endTitle: '停用名片码',
  endHelp: '停用后不能恢复：已经印出去的海报扫不出来，已经加上的联系人不受影响。',
  endReason: '为什么停用（至少 3 个字）',
  changed: '已保存，企业微信几秒内更新。',
  ended: '已停用。',
  welcomePage: {
    title: '欢迎语',
    lead: '医生加上代表后 20 秒内自动发出，只发一次。{rep} 是代表姓名，{company} 是公司名。不能提到产品。',
    mode: (mode: number): string =>
      mode === 2
        ? '现在：欢迎语后面带同意书卡片，医生当场就能决定。'
        : mode === 1
          ? '现在：只发文字。对上医生以后，由代表邀请同意。'
          : '现在：只发文字，公司不通过链接询问同意。',
    zh: '中文',
    en: 'English',
    change: '修改欢迎语',
    inForce: '现在用的',
    reason: '为什么改（至少 3 个字）',
    propose: '提交审批',
    cancel: '不改了',
    twoPeople: '合规的另一位同事批准后才用新的；在那之前，新联系人收到的还是现在这一版。',
    proposed: '已提交，等合规的另一位同事批准。',
    open: '等待批准的修改',
    openBy: (by: string, at: Date) => `${by} 在 ${dayAndClock(at)} 提出`,
    openReason: (reason: string) => `原因：${reason}`,
    mine: '您提出的，要由合规的另一位同事批准。',
    othersDecide: '由合规的同事批准。',
    answer: '给提出人的话',
    answerHint: '不批准时必须写明原因',
    approve: '批准',
    decline: '不批准',
    takeBack: '收回',
    notDecided: '没有处理成功，欢迎语没有变。',
    done: {
      approved: '已批准，从下一位新联系人开始用',
      declined: '没有批准，欢迎语没有变',
      taken_back: '已收回，欢迎语没有变',
    },
    refused: (reason: WelcomeRefusal, about: string): string =>
      ({
        nothing_changed: '和现在用的没有差别',
        newer_version: '您填写时欢迎语已有新版，请对照上面的新版再提交',
        another_open: '已有一项修改在等批准，要先决定那一项。您写的还在。',
        own_change: '自己提出的不能自己批准，别人提出的不能替人收回',
        already_decided: '已经有人决定了',
        asker_lost_right: '提出的人现在已经无权提出修改，只能选“不批准”',
        names_product: `不能提到产品：${about}`,
      })[reason],
    changedAt: (at: Date, by: string, approver: string) =>
      `${dayAndClock(at)} 起${by ? `，${by} 提出` : ''}${approver ? `，${approver} 批准` : ''}`,
    rows: '最近的欢迎语',
    column: { contact: '联系人', rep: '代表', code: '名片码', life: '结果', took: '用时', at: '时间 (+08:00)' },
    took: (ms: number | null) => (ms === null ? '-' : `${(ms / 1000).toFixed(1)} 秒`),
    asked: '带同意书',
    none: '还没有新联系人。',
    shown: (count: number, more: boolean) => (more ? `已显示 ${count} 条，后面还有` : `共 ${count} 条，已到底`),
  },
}
export type ContactCodesText = typeof contactCodes
