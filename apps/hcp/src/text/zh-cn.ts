import { consent } from './consent.zh.ts'
import { own } from './own.zh.ts'
import { safety } from './safety.zh.ts'
import type { Words } from './words.ts'

const on = (date: string | null): string => (date ? `${date} ` : '已')

/** Every word shown in Chinese. To doctors: 您, full sentences, no marketing (ux.md section 9). */
export const zh = {
  material: '医学资料',
  rep: '医药代表',
  professionals: '仅供医疗卫生专业人士',
  demo: '演示数据',
  otherLanguage: 'English',
  problem: '问题编号',

  neutral: {
    heading: (sender: string | null, company: string) =>
      sender ? `${sender}（${company}医药代表）给您准备了一份资料` : `${company}的医药代表给一位医生准备了一份资料`,
    why: '这份资料只给收件的医生本人看。点下面的按钮，由微信核对您是不是收件人。',
    open: '我是收件人，打开资料',
    promise: '只核对身份标识，不读取您的聊天、头像和通讯录，不用登录。同一个浏览器核对一次，180 天内直接打开。',
  },

  other: {
    contact: {
      heading: '这份资料是发给另一位医生的',
      explain: '链接与收件人绑定。如果您也需要，请联系您熟悉的医药代表。',
    },
    member: {
      heading: '您是公司成员，这里不展示资料',
      explain: '链接只对收件的医生打开。要预览，请在企业微信的侧边栏里打开这份资料。这次打开不计入医生的打开。',
    },
    stranger: {
      heading: '没有认出您是收件人',
      explain:
        '微信没有把您识别为收件的医生，所以不展示资料。如果页面顶部提示“快照”，请先点“使用完整服务”，再重新核对。如果您也需要这份资料，请联系您熟悉的医药代表。',
    },
    again: '我就是收件人，重新核对',
    promise: '只核对了身份标识，没有读取您的其他微信信息。',
  },

  reading: {
    class: { promotional: '产品推广资料', scientific: '学术资料', non_promotional: '非推广资料', consent: '同意说明' },
    version: (version: number) => `v${version}`,
    approval: (number: string) => `批准号 ${number}`,
    pages: (pages: number) => `${pages} 页`,
    sections: (sections: number) => `${sections} 节`,
    effective: (date: string) => `${date} 起生效`,
    valid: (date: string) => `有效至 ${date}`,
    paidBy: (company: string) => `由${company}提供并承担费用`,
    sentBy: (sender: string, date: string) => `${sender}（医药代表）${date} 发给您`,
    replaces: (version: number, sent: number) => `您收到的是 v${sent}，这里展示的是替代它的 v${version}。`,
    facts: '资料信息',
    contents: '目录',
    page: (page: number) => `第 ${page} 页`,
    of: (page: number, pages: number) => `${page} / ${pages}`,
    untitled: '图',
    asText: '文字版',
    noText: '这一页没有可提取的文字。',
    zoom: (page: number) => `放大第 ${page} 页`,
    mark: (name: string) => `供 ${name} 医生本人阅读`,
    video: (seconds: number, size: string) => `视频 · ${seconds} 秒 · 播放约用 ${size} 流量`,
    captionsIn: (language: string) => (language === 'en-US' ? '英文字幕' : '中文字幕'),
    transcript: '文字稿：视频里说了什么',
    says: (voice: string) => `${voice}：`,
    bar: '阅读工具',
    large: '大字',
    saver: '省流量',
    resume: '接着看第 {n} 页',
    find: '在全文里查找',
    found: '{n} 页里有',
    none: '全文里没有。图片里的字查不到',
    forYou: '这份资料只供您本人阅读，转发给别人也打不开。',
    file: (format: string, size: string) => `下载原文件 · ${format} · ${size}`,
    fileNote: '下载的文件不会随新版更新，也不能撤回。',
    offline: '网络断了。已经显示的可以继续看，有网络后自动接着加载。',
    slow: '网络有点慢，可以先看每页下面的文字版。',
    lost: (page: number) => `第 ${page} 页没有加载出来。`,
    retry: '再加载',
    close: '关闭',
    zoomIn: '放大',
    zoomOut: '缩小',
  },

  ended: {
    expired: {
      heading: '这份资料已过有效期',
      explain: (date: string | null) => `${on(date)}到期，不再展示，以免您看到旧信息。`,
    },
    withdrawn: {
      heading: '这份资料已撤回',
      explain: (date: string | null) => `${on(date)}由公司撤回，不再展示。如果您保存过，请不要再使用。`,
    },
    superseded: {
      heading: '这份资料有新版',
      explain: (date: string | null) => `${on(date)}被新版替换，旧版不再展示。`,
    },
    revoked: { heading: '这条链接已收回', explain: () => '发送人收回了这条链接。需要时，可以请对方再发一次。' },
    not_consented: {
      heading: '您已撤回同意，资料不再显示',
      explain: () => '我们尊重您的决定。如果想重新接收，请告诉医药代表，您会收到一份新的同意邀请。',
    },
    reason: (reason: string) => `原因：${reason}`,
    successor: (title: string, version: number) => `有新版：${title} v${version}`,
    ask: (sender: string) => `请${sender}发新版`,
    asked: (sender: string) => `已经转告${sender}。新版发出后，会出现在你们的聊天里。`,
    nobody: '发送人已不在公司。如需新版，请联系公司。',
  },

  trouble: {
    busy: { heading: '暂时打不开', explain: '服务正忙，您的链接没有问题。请过一会儿再试。' },
    wecom_unavailable: { heading: '现在核对不了身份', explain: '微信那边暂时没有回应，什么都没有丢。请再试一次。' },
    not_recognised: { heading: '这次核对没有成功', explain: '核对凭证已失效，什么都没有丢。请再核对一次。' },
    bad_state: {
      heading: '请回到聊天，重新点开链接',
      explain: '这次核对不是从这个浏览器开始的，或者已经用过，所以没有继续。',
    },
    too_many_requests: { heading: '打开得太频繁了', explain: '请过一分钟再试。' },
    internal: { heading: '服务暂时有问题', explain: '我们已经记下。请过一会儿再试。' },
    retry: '再试一次',
    recognise: '重新核对',
  },

  foot: {
    back: (sender: string) => `有问题？回到聊天，直接问${sender}。`,
    backUnknown: '有问题？回到聊天，直接问发给您的人。',
    safety: '报告不良反应',
    safetyExplain: '如果您观察到任何不良反应，请尽快告诉我们。不需要确定与用药有关。',
    phone: '电话',
    email: '邮箱',
    withdraw: '撤回同意',
    withdrawExplain:
      '随时可以撤回，不需要说明理由，也不影响您与医药代表聊天。撤回后不再给您发资料，已发的链接不再展示内容。',
    withdrawNow: '确认撤回',
    mine: '我的：同意、收到的资料、暂停、删除、投诉',
    privacy: '隐私',
    privacyExplain:
      '打开页面时，我们核对您的微信联系人标识，并记下这份资料已被收件人打开的时间。只有您另外同意“记录我的阅读情况”，才会记下看了哪些页、看了多久。不使用位置，不向医药代表展示您的 IP 或设备。',
    contact: '个人信息保护联系',
  },

  consent,
  own,
  safety,
}

/** What every language must have. */
export type Text = Words<typeof zh>
