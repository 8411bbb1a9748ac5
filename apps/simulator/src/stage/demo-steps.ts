import type { Step } from './composables/use-phones.ts'

/** One step of the automatic demo: a caption, where it plays, how long it stays, and what is done. */
export type DemoStep = {
  caption: { zh: string; en: string }
  pane: 'chat' | 'sidebar' | 'doctor'
  ms: number
  scenario?: string
  /** Take the next doctor of the demo's round. */
  hcp?: true
  say?: { from: 'rep' | 'hcp'; zh: string; en: string }
  drive?: Step
  confirm?: true
  open?: true
  /** When this doctor cannot get anything any more, take the next one and look again. */
  elseNextDoctor?: true
  /** The demo goes on when the page has no such button. */
  optional?: true
}

export const demoSteps: DemoStep[] = [
  {
    caption: {
      zh: '王磊是医药代表。他在企业微信里打开和医生的聊天。',
      en: 'Wang Lei is a rep. He opens the chat with a doctor in WeCom.',
    },
    pane: 'chat',
    ms: 4500,
    scenario: 'normal',
    hcp: true,
  },
  {
    caption: { zh: '医生想看一份研究摘要。', en: 'The doctor would like to see a study summary.' },
    pane: 'chat',
    ms: 4000,
    say: { from: 'hcp', zh: '小王，那份研究摘要发我看看。', en: 'Could you send me that study summary?' },
  },
  {
    caption: {
      zh: '侧边栏认出聊天里的医生：已同意接收，还可以发几次，哪些资料能发。',
      en: 'The sidebar knows whose chat this is: consent, sends left, and what may go.',
    },
    pane: 'sidebar',
    ms: 5500,
    drive: {
      action: 'wait',
      roles: ['button', 'text'],
      name: '(PDF|图文|article).*(可发送|can be sent)',
      withinMs: 8000,
    },
    elseNextDoctor: true,
  },
  {
    caption: {
      zh: '选一份批准过的资料，发送前核对：版本、同意、次数、收件人。',
      en: 'He picks an approved piece and checks: version, consent, limit, addressee.',
    },
    pane: 'sidebar',
    ms: 5500,
    drive: {
      action: 'press',
      roles: ['button', 'link'],
      name: '(PDF|图文|article).*(可发送|can be sent)',
      withinMs: 6000,
    },
  },
  {
    caption: {
      zh: '点发送。服务器先判断并记下来，再把消息交给企业微信。',
      en: 'He sends. The server decides and records first, then hands the message over.',
    },
    pane: 'sidebar',
    ms: 2500,
    drive: { action: 'press', roles: ['button'], name: '^(发送|邀请)|^send', withinMs: 6000 },
  },
  {
    caption: { zh: '企业微信自己再问一次。', en: 'WeCom itself asks once more.' },
    pane: 'sidebar',
    ms: 3000,
    confirm: true,
  },
  {
    caption: { zh: '一张卡片到了医生的微信里，打开它。', en: "A card arrives in the doctor's WeChat. It is opened." },
    pane: 'doctor',
    ms: 5000,
    open: true,
  },
  {
    caption: { zh: '先确认是医生本人：轻点一次，不用登录。', en: 'One tap says that this is the addressee. No login.' },
    pane: 'doctor',
    ms: 5000,
    optional: true,
    drive: {
      action: 'press',
      roles: ['button', 'link'],
      name: '本人|收件人|打开|查看|确认|open|continue|it.s me|view',
      withinMs: 5000,
    },
  },
  {
    caption: {
      zh: '资料马上就能读。看过哪几页，只有在医生同意时才记录。',
      en: 'It reads at once. Which pages were read is recorded only if the doctor agreed.',
    },
    pane: 'doctor',
    ms: 6000,
    optional: true,
    drive: { action: 'scroll', by: 700 },
  },
  {
    caption: {
      zh: '回到侧边栏：这次发送和医生的打开都在记录里。',
      en: 'Back in the sidebar: the send and the opening are on record.',
    },
    pane: 'sidebar',
    ms: 5500,
    optional: true,
    drive: {
      action: 'press',
      roles: ['tab', 'button', 'link'],
      name: '^(记录|history|record)',
      withinMs: 6000,
      anywhere: true,
    },
  },
  {
    caption: { zh: '发错了？收回链接，医生那边立刻失效。', en: 'A mistake? Revoke the link, and it ends at once.' },
    pane: 'sidebar',
    ms: 3000,
    optional: true,
    drive: { action: 'press', roles: ['button'], name: '^收回|^revoke', withinMs: 4000 },
  },
  {
    caption: { zh: '发错了？收回链接，医生那边立刻失效。', en: 'A mistake? Revoke the link, and it ends at once.' },
    pane: 'sidebar',
    ms: 2500,
    optional: true,
    drive: { action: 'press', roles: ['button'], name: '^(确定收回|确认收回|yes|confirm|revoke)', withinMs: 3000 },
  },
  {
    caption: { zh: '医生再点同一张卡片：已经收回。', en: 'The doctor taps the same card again: it is gone.' },
    pane: 'doctor',
    ms: 5000,
    open: true,
    optional: true,
  },
  {
    caption: {
      zh: '每一步，连同被拦下的，都进了审计。看下面“发生了什么”，或者去管理后台。',
      en: 'Every step, refused ones too, is in the audit trail. See the log below, or the console.',
    },
    pane: 'doctor',
    ms: 6000,
  },
]
