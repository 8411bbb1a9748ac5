import type { ConsentAsk, Mine, OwnCopy, OwnRecords, OwnRequest, View } from '../src/hcp-page.ts'

const now = new Date('2026-11-21T06:05:12Z')
const earlier = new Date('2026-11-02T10:52:00Z')

export const ask: ConsentAsk = {
  page: 'consent',
  sender: '王磊',
  doctor: null,
  action: '/l/token/consent',
  channel: 'link',
  basis: 'basis',
  problem: null,
  asksIdentity: true,
  purposes: [
    {
      purpose: 'receive',
      version: 2,
      title: '接收医学资料的同意说明',
      summary: [
        '我们会用到：姓名、医院、科室、微信联系人标识',
        '用来：发您要的资料；记录合规',
        '保存：同意有效期内及其后 3 年，存放在中国境内',
        '谁能看到：示例药业（中国）有关人员',
      ],
      body: '## 谁在请您同意\n示例药业是您的个人信息的处理者。\n\n## 您的权利\n- 查阅、更正、复制\n- 删除、撤回同意',
      ticked: false,
      changes: null,
    },
    {
      purpose: 'reading_record',
      version: 3,
      title: '记录阅读情况的同意说明',
      summary: ['只记看了哪些页、看了多久；不勾选也能看所有资料'],
      body: '只在您同意时记录。',
      ticked: false,
      changes: null,
    },
  ],
}

export const askedAgain: ConsentAsk = {
  ...ask,
  problem: 'replaced',
  purposes: ask.purposes.map((one, index) => ({
    ...one,
    ticked: true,
    changes: index === 0 ? { added: ['保存：同意有效期内及其后 5 年'], removed: ['保存：3 年'] } : null,
  })),
}

const requests: OwnRequest[] = [
  {
    ...{ receipt: 'T7K2M9QZ1', kind: 'complaint', life: 'done', filedAt: earlier, decidedAt: now },
    ...{ wording: '同一份资料发了三次。', answer: '已经核对，并提醒了医药代表。', kept: null },
  },
]
const erasing: OwnRequest = {
  ...{
    receipt: 'D7K2M9QZ2',
    kind: 'erasure',
    life: 'waiting',
    filedAt: now,
    decidedAt: null,
    wording: '',
    answer: '',
    kept: null,
  },
}

export const mine: Mine = {
  page: 'mine',
  name: '张伟',
  about: '主任医师 · 仁和医院（示例） · 肿瘤内科',
  unmatched: false,
  standings: [
    { purpose: 'receive', state: 'opted_in', since: earlier, version: 2 },
    { purpose: 'reading_record', state: 'declined', since: earlier, version: 3 },
  ],
  history: [
    { purpose: 'receive', statement: 'opted_in', at: earlier, version: 2, channel: 'link' },
    { purpose: 'receive', statement: 'opted_out', at: earlier, version: 1, channel: 'own_page' },
  ],
  received: [
    {
      ...{ title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要', sender: '王磊', sentAt: now, openedAt: now },
      ...{ pagesRead: 9, pages: 12, state: 'live', path: '/l/token' },
    },
    {
      ...{ title: '免疫相关不良反应管理手册', sender: '王磊', sentAt: earlier, openedAt: null },
      ...{ pagesRead: 0, pages: 8, state: 'expired', path: '/l/other' },
    },
  ],
  more: true,
  pause: null,
  wishes: { unwanted: 1, mostPerMonth: 2, quiet: '12:00–14:00' },
  requests: [erasing],
}

const records: OwnRecords = {
  person: {
    ...{ name: '张伟', title: '主任医师', hospital: '仁和医院（示例）', department: '肿瘤内科', specialty: 'oncology' },
    ...{ territory: 'east', licenceNumber: 'DEMO-LIC-000001', verified: true, pausedUntil: null },
  },
  contacts: [{ nickname: '伟岸', rep: '王磊', remark: '仁和 张主任', connected: true }],
  consents: [
    {
      ...{ at: earlier, purpose: 'receive', statement: 'opted_in', textVersion: 2, textHash: 'a'.repeat(64) },
      ...{ language: 'zh-CN', channel: 'link', identity: 'wechat_oauth' },
    },
  ],
  papers: [{ at: now, purposes: ['receive', 'archive'], enteredAt: now, stage: 'confirmed' }],
  safetyReports: [
    {
      ...{ number: 'AE-20261121-7K3FQ2', at: now, happened: '用药第三天皮疹', product: '示例单抗注射液' },
      ...{ occurred: '11 月 20 日晚', seriousness: 'not_serious', contact: '' },
    },
  ],
  sends: [
    {
      number: '01K0000000000000000000',
      at: now,
      title: '研究摘要',
      version: 3,
      rep: '王磊',
      way: 'news',
      class: 'scientific',
    },
  ],
  openings: [{ number: '01K0000000000000000000', at: now, title: '研究摘要', by: 'addressee' }],
  reading: [{ number: '01K0000000000000000000', at: now, title: '研究摘要', page: 3, seconds: 12 }],
  wishes: { unwanted: ['EXMAB'], mostPerMonth: 2, quietFrom: 720, quietUntil: 840 },
  requests,
  asks: [],
  welcomes: [{ at: earlier, rep: '王磊', wording: '您好，我是示例药业的医药代表王磊。', life: 'sent' }],
  changes: [
    {
      ...{ at: earlier, rep: '王磊', name: '张伟', title: '主任医师', hospital: '', department: '肿瘤内科' },
      ...{ licenceNumber: '', note: '已调到肿瘤内科', life: 'applied' },
    },
  ],
  claims: [{ at: earlier, purpose: 'receive', claimed: '同意', statedAt: earlier, source: '旧系统导出' }],
  servedBy: [{ rep: '王磊', territory: '华东', productLine: 'oncology', from: '2026-01-01', until: null }],
  access: [{ at: now, by: 'admin', event: 'consents.viewed' }],
}
const copy: OwnCopy = { page: 'copy', name: '张伟', madeAt: now, records, machine: JSON.stringify(records, null, 1) }

export const ownViews: Record<string, View> = {
  ask,
  'ask again': askedAgain,
  given: {
    page: 'consent_record',
    sender: '王磊',
    standings: mine.standings,
    until: null,
    waiting: { title: '免疫相关不良反应管理手册', path: '/l/other' },
    askPath: '/l/token/consent',
  },
  declined: {
    page: 'consent_record',
    sender: '王磊',
    standings: [{ purpose: 'receive', state: 'declined', since: now, version: 2 }],
    until: new Date('2027-02-18T16:00:00Z'),
    waiting: null,
    askPath: '/l/token/consent',
  },
  withdrawn: { page: 'withdrawn', since: now, purposes: ['receive', 'reading_record'] },
  'nothing withdrawn': { page: 'withdrawn', since: null, purposes: [] },
  'own door': { page: 'own_door', who: null },
  'own door, stranger': { page: 'own_door', who: 'stranger' },
  mine,
  'mine, unmatched': {
    ...mine,
    ...{ name: '', about: '', unmatched: true, standings: [], history: [], received: [], more: false, requests: [] },
  },
  received: { page: 'received', pieces: mine.received, next: '1.a', first: false },
  wishes: {
    page: 'wishes',
    topics: [
      { code: 'A', name: '示例单抗注射液', wanted: true },
      { code: 'B', name: '示例替尼片', wanted: false },
    ],
    ...{ mostPerMonth: 2, companyMost: 4, quietFrom: '12:00', quietUntil: '14:00', companyQuiet: '22:00–08:00' },
    ...{ pause: null, revision: 1, said: 'saved' },
  },
  'wishes, paused': {
    page: 'wishes',
    topics: [{ code: 'A', name: '示例单抗注射液', wanted: true }],
    ...{ mostPerMonth: null, companyMost: 4, quietFrom: '', quietUntil: '12:00', companyQuiet: '22:00–08:00' },
    ...{ pause: { until: now, open: true }, revision: 1, said: 'quiet_unclear' },
  },
  erasure: { page: 'erasure', requests: [], open: false, requestId: '00000000-0000-4000-8000-000000000000' },
  'erasure, done': {
    page: 'erasure',
    requests: [
      {
        ...{ ...erasing, life: 'done', decidedAt: now, answer: '已按规定删除。' },
        kept: { sends: 12, consents: 3, papers: 1, safetyReports: 1 },
      },
    ],
    open: false,
    requestId: '00000000-0000-4000-8000-000000000001',
  },
  'erasure, asked': { page: 'erasure', requests: [erasing], open: true, requestId: '' },
  complaint: { page: 'complaint', requests, requestId: '', typed: '', problem: 'empty' },
  copy,
}
