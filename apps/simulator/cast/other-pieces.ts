import { piece } from './pieces.ts'
import type { Piece } from './world-types.ts'

/** The film has no sound: its captions say what it shows. */
const filmCaptions = `WEBVTT

00:00:00.000 --> 00:00:03.000
静脉输注准备要点。本片没有声音，字幕说明画面。

00:00:03.000 --> 00:00:06.000
第一步，核对与复温：核对姓名、批号、有效期；从 2–8 ℃ 取出，室温不超过 6 小时。

00:00:06.000 --> 00:00:09.000
第二步，稀释：用 0.9% 氯化钠稀释至 1–10 mg/ml，轻轻翻转，不可振摇。

00:00:09.000 --> 00:00:12.000
第三步，输注与观察：接 0.2–5 μm 滤器，30 分钟输完；首次观察 60 分钟。
`

const pictures: Piece[] = [
  piece({
    documentId: 'IMG-0101',
    version: 1,
    title: '免疫相关不良反应分级处理流程图',
    shortTitle: '分级流程图',
    aliases: ['流程图', 'fjlc'],
    cardTitle: '医学资料：流程图',
    kind: 'image',
    kinds: ['image', 'news'],
    class: 'non_promotional',
    product: 'EXMAB',
    approvalNumber: 'CN-2026-1101',
    approvedDaysAgo: 88,
    mayForward: true,
    source: 'irae-flow.png.md',
  }),
  piece({
    documentId: 'IMG-0102',
    version: 1,
    title: '示例单抗给药时间轴',
    shortTitle: '给药时间轴',
    aliases: ['时间轴', 'gysj'],
    cardTitle: '医学资料：给药时间轴',
    kind: 'image',
    kinds: ['image', 'news'],
    product: 'EXMAB',
    approvalNumber: 'CN-2026-1102',
    approvedDaysAgo: 60,
    source: 'dosing-timeline.jpg.md',
  }),
  piece({
    documentId: 'IMG-0103',
    version: 1,
    title: '肺癌免疫治疗线上学术会日程',
    shortTitle: '学术会日程',
    aliases: ['会议日程', '海报', 'hyrc'],
    cardTitle: '学术会议日程',
    kind: 'image',
    kinds: ['image', 'news'],
    class: 'non_promotional',
    audience: [],
    approvalNumber: 'CN-2026-1103',
    approvedDaysAgo: 12,
    lastsDays: 32,
    owner: 'fangyuan',
    source: 'congress-poster.jpg.md',
  }),
]

const video: Piece = piece({
  documentId: 'VID-0201',
  version: 1,
  title: '静脉输注准备要点（12 秒）',
  shortTitle: '输注准备视频',
  aliases: ['输注', '视频', 'szzb'],
  cardTitle: '医学资料：短视频（12 秒）',
  kind: 'video',
  kinds: ['video', 'news'],
  class: 'non_promotional',
  product: 'EXMAB',
  approvalNumber: 'CN-2026-1201',
  approvedDaysAgo: 58,
  source: 'infusion.mp4',
  captions: filmCaptions,
})

const articles: Piece[] = [
  piece({
    documentId: 'ART-0301',
    version: 1,
    title: '读懂一份 PD-L1 检测报告',
    shortTitle: '读懂 PD-L1',
    aliases: ['PD-L1 报告', 'ddbg'],
    cardTitle: '医学资料：文章（3 节）',
    kind: 'article',
    kinds: ['news'],
    product: 'EXMAB',
    approvalNumber: 'CN-2026-1301',
    approvedDaysAgo: 75,
    source: 'reading-pdl1.html',
    pages: 3,
  }),
  piece({
    documentId: 'ART-0302',
    version: 1,
    title: '免疫相关性肺炎：三步识别',
    shortTitle: '肺炎三步识别',
    aliases: ['免疫性肺炎', 'CIP', 'fysb'],
    cardTitle: '医学资料：文章（3 节）',
    kind: 'article',
    kinds: ['news'],
    class: 'non_promotional',
    product: 'EXMAB',
    approvalNumber: 'CN-2026-1302',
    approvedDaysAgo: 40,
    mayForward: true,
    source: 'pneumonitis.html',
    pages: 3,
  }),
]

const phrases: Piece[] = [
  phrase(
    'PHR-0401',
    '开场白：您要的研究',
    '{doctor}您好，我是示例药业的{rep}。这是您要的研究摘要，已经过公司医学与合规批准，请您有空时看。',
    95,
  ),
  phrase(
    'PHR-0402',
    '开场白：初次联系',
    '{doctor}您好，我是示例药业医药代表{rep}，负责您医院的学术沟通。今后如需医学资料，可以随时告诉我。',
    95,
  ),
  phrase(
    'PHR-0403',
    '会后跟进',
    '{doctor}您好，谢谢您参加今天的科室会。会上提到的资料我整理好了，您需要时我再发给您。',
    66,
  ),
  phrase(
    'PHR-0404',
    '不良反应报告提醒',
    '{doctor}您好，如您在用药中观察到任何不良反应，请及时记录并告诉我们：400-000-0000，或打开任一资料页底部的“报告不良反应”。',
    120,
    { class: 'non_promotional', audience: [] },
  ),
  phrase(
    'PHR-0405',
    'Opening: the paper you asked for',
    'Dear {doctor}, this is {rep} from Example Pharma. Here is the study summary you asked for. It has been approved by our medical and compliance colleagues.',
    78,
    { language: 'en-US' },
  ),
  phrase('PHR-0406', '节日问候（旧）', '{doctor}您好，祝您节日愉快，工作顺利。{rep}', 330, {
    state: 'expired',
    expiresAt: { days: -40, at: '23:59' },
    class: 'non_promotional',
  }),
]

/** Invitations to decide about consent; they open the consent page, so they travel as a link only. */
const invitations: Piece[] = [
  piece({
    documentId: 'CON-0001',
    version: 1,
    title: '接收医学资料的同意邀请',
    shortTitle: '同意邀请',
    cardTitle: '示例药业：请您决定是否接收医学资料',
    kind: 'article',
    kinds: ['news'],
    class: 'consent',
    audience: [],
    approvalNumber: 'CN-2025-0001',
    approvedDaysAgo: 432,
    lastsDays: 800,
    state: 'superseded',
    owner: 'xulan',
    source: 'consent-invitation.html',
    pages: 1,
  }),
  piece({
    documentId: 'CON-0001',
    version: 2,
    title: '接收医学资料的同意邀请',
    shortTitle: '同意邀请',
    aliases: ['邀请', 'tyyq'],
    cardTitle: '示例药业：请您决定是否接收医学资料',
    cardDesc: '约 1 分钟。同意或不同意都可以，随时可以改',
    kind: 'article',
    kinds: ['news'],
    class: 'consent',
    audience: [],
    approvalNumber: 'CN-2026-0001',
    approvedDaysAgo: 151,
    lastsDays: 800,
    owner: 'xulan',
    source: 'consent-invitation.html',
    pages: 1,
  }),
  piece({
    documentId: 'CON-0002',
    version: 1,
    title: 'Invitation: would you like to receive medical material?',
    shortTitle: 'Consent invitation',
    cardTitle: 'Example Pharma: please decide about medical material',
    cardDesc: 'About a minute. Either answer is fine, and you can change it at any time',
    kind: 'article',
    kinds: ['news'],
    class: 'consent',
    language: 'en-US',
    audience: [],
    approvalNumber: 'CN-2026-0002',
    approvedDaysAgo: 151,
    lastsDays: 800,
    owner: 'xulan',
    source: 'consent-invitation-en.html',
    pages: 1,
  }),
]

/** Several pieces one after the other, each sent by itself. */
const script: Piece = piece({
  documentId: 'SCR-0501',
  version: 1,
  title: '初次联系三步：问候、研究、安全性',
  shortTitle: '初次联系三步',
  aliases: ['初次拜访', 'cclx'],
  kind: 'script',
  kinds: ['news'],
  product: 'EXMAB',
  approvalNumber: 'CN-2026-1501',
  approvedDaysAgo: 70,
  source: null,
  pieces: ['PHR-0402', 'DOC-0417', 'IMG-0101'],
})

export const otherPieces: Piece[] = [...pictures, video, ...articles, ...phrases, script, ...invitations]

function phrase(
  documentId: string,
  title: string,
  text: string,
  approvedDaysAgo: number,
  more: Partial<Piece> = {},
): Piece {
  return piece({
    documentId,
    version: 1,
    title,
    shortTitle: title,
    kind: 'phrase',
    kinds: ['text'],
    class: 'promotional',
    approvalNumber: `CN-2026-${documentId.slice(4)}`,
    approvedDaysAgo,
    owner: 'fangyuan',
    text,
    ...more,
  })
}
