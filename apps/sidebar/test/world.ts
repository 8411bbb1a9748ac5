import type {
  Answer,
  MatchCandidate,
  Matched,
  OpenedChat,
  Piece,
  Preview,
  Script,
  Start,
  Unmatched,
} from '../src/api.ts'
import type { Answers } from './fake-server.ts'

export const now = new Date()
export const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000)

/** One approved piece that may be sent. */
export function buildPiece(changes: Partial<Piece> = {}): Piece {
  return {
    contentItemId: 'item-1',
    documentId: 'doc-1',
    version: 3,
    title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要',
    highlights: [],
    kind: 'document',
    product: '安瑞宁',
    language: 'zh-CN',
    approvalNumber: 'CN-2026-0417',
    pages: 12,
    seconds: 0,
    effectiveAt: days(-200),
    expiresAt: days(130),
    thumbnail: null,
    text: '',
    favourite: false,
    why: null,
    lastSent: null,
    sendAs: 'news',
    refusals: [],
    ...changes,
  }
}

export const pieces: Piece[] = [
  buildPiece({ why: 'asked', favourite: true }),
  buildPiece({
    contentItemId: 'item-2',
    documentId: 'doc-2',
    version: 1,
    title: '免疫相关不良反应管理手册',
    pages: 8,
    expiresAt: days(12),
    refusals: [{ reason: 'sent_recently', since: days(-7), until: days(7) }],
    lastSent: { sendId: 's-7', at: days(-7), verdict: 'SENT_OPENED', reading: { pages: 6, of: 8, seconds: 190 } },
  }),
  buildPiece({
    contentItemId: 'item-3',
    documentId: 'doc-3',
    title: '用药指导手册（新版）',
    kind: 'article',
    pages: 4,
    expiresAt: null,
    refusals: [{ reason: 'content_not_effective', until: days(9) }],
  }),
  buildPiece({
    contentItemId: 'item-4',
    documentId: 'doc-4',
    title: '给药方法三分钟短片',
    kind: 'video',
    pages: 0,
    seconds: 184,
    sendAs: 'file',
  }),
  buildPiece({
    contentItemId: 'item-5',
    documentId: 'doc-5',
    version: 2,
    title: '旧版产品折页',
    pages: 2,
    kind: 'image',
    refusals: [{ reason: 'content_withdrawn', since: days(-2) }, { reason: 'wrong_audience' }],
  }),
  ...Array.from({ length: 6 }, (_, index) =>
    buildPiece({
      contentItemId: `item-${index + 10}`,
      documentId: `doc-${index + 10}`,
      title: `随访要点第 ${index + 1} 册：评估、记录与复诊安排`,
    }),
  ),
]

export const zhang: Matched = {
  state: 'matched',
  externalUserId: 'wm-zhang',
  account: {
    accountId: 'a1',
    name: '张伟',
    title: '主任医师',
    hospital: '仁和医院（示例）',
    department: '肿瘤内科',
    sameName: false,
  },
  consent: { state: 'opted_in', at: days(-40), textVersion: 2 },
  cap: { used: 2, limit: 4, resetsAt: days(9) },
  refusals: [],
  invitation: null,
  consentText: { version: 2, title: '接收医学资料同意书', body: '示例药业希望通过微信向您发送医学资料……' },
  toTell: [],
}

export const li: Matched = {
  ...zhang,
  externalUserId: 'wm-li',
  account: { ...zhang.account, accountId: 'a2', name: '李敏', title: '副主任医师', department: '呼吸与危重症医学科' },
  consent: { state: 'never', at: null, textVersion: 2 },
  cap: { used: 0, limit: 4, resetsAt: days(9) },
  invitation: 'invite-1',
}

/** A doctor a contact may be. */
function candidate(changes: Partial<MatchCandidate>): MatchCandidate {
  return {
    ...{ ...zhang.account, post: '科主任', city: '江城市（示例）', licenceTail: '0001', reasons: ['sounds_alike'] },
    ...{ apart: [], taken: false, secondLook: false },
    ...changes,
  }
}

/** A choice of this rep that the office is still to look at. */
export const inReview: Unmatched = {
  ...{ state: 'unmatched', externalUserId: 'wm-new', nickname: 'Dr.Z 仁和', remark: '张伟', candidates: [] },
  waiting: { account: zhang.account, mine: true, by: '王磊', at: now },
  ...{ declined: null, request: null, cameBy: null, answered: null },
}

export const stranger: Unmatched = {
  state: 'unmatched',
  externalUserId: 'wm-new',
  nickname: 'Dr.Z 仁和',
  remark: '张伟',
  candidates: [
    candidate({
      sameName: true,
      reasons: ['name_in_remark', 'hospital', 'own_territory'],
      apart: ['department', 'post'],
    }),
    candidate({ accountId: 'a4', title: '住院医师', post: '', department: '胸外科', sameName: true, secondLook: true }),
    candidate({
      accountId: 'a3',
      name: '张威',
      title: '主治医师',
      department: '呼吸内科',
      taken: true,
      secondLook: true,
    }),
  ],
  ...{ waiting: null, declined: null, request: null },
  ...{ cameBy: '2026 肿瘤年会', answered: { statement: 'opted_in', at: now } },
}

const signature = { timestamp: 1_700_000_000, nonceStr: 'nonce', signature: 'a'.repeat(40) }

export const start: Start = {
  rep: { repId: 'rep-wang', name: '王磊' },
  corpId: 'wwdemo0000000001',
  agentId: '1000002',
  now,
  demo: true,
  company: '示例药业',
  policy: { sendsPerMonth: 4, quietFrom: 1320, quietUntil: 480 },
  products: [
    { code: 'arn', name: '安瑞宁' },
    { code: 'bk', name: '博康' },
  ],
  signatures: { corp: signature, agent: signature },
  pieces: pieces.map((piece) => ({ ...piece, refusals: null, lastSent: null, why: null })),
  next: null,
}

export function openedFor(externalUserId: string): OpenedChat {
  if (externalUserId === 'wm-new') {
    return {
      now: new Date(),
      contact: stranger,
      pieces: pieces.map((piece) => ({ ...piece, refusals: [{ reason: 'account_not_matched' }] })),
      next: null,
    }
  }
  const contact = externalUserId === 'wm-li' ? li : zhang
  const refused = contact === li ? [{ reason: 'not_opted_in' as const }] : []
  const decided = pieces.map((piece) => ({ ...piece, refusals: [...refused, ...(piece.refusals ?? [])] }))
  return { now: new Date(), contact, pieces: decided, next: null }
}

export function previewOf(contentItemId: string, externalUserId: string | null): Preview {
  const opened = externalUserId ? openedFor(externalUserId).pieces : start.pieces
  const piece = opened.find((one) => one.contentItemId === contentItemId) ?? buildPiece({ contentItemId })
  return {
    piece,
    card: { title: piece.title, desc: '示例药业 · 仅供医疗卫生专业人士' },
    pages: Array.from({ length: Math.min(4, piece.pages) }, (_, index) => ({
      number: index + 1,
      image: `/pages/${index + 1}.svg`,
      width: 600,
      height: 800,
      placeholder: '',
    })),
    ways: [
      { kind: 'news', refusals: [] },
      { kind: 'file', refusals: [] },
    ],
    leftAfter: externalUserId ? 1 : null,
    openings: [{ contentItemId: 'line-1', text: '张主任您好，这是您要的研究资料。' }],
    successor: null,
    withdrawnReason: null,
    approvals: [],
  }
}

const stepTitles = [
  '初次联系的开场白',
  'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要',
  '免疫相关不良反应分级处理流程图',
]

/** A script of a phrase, a document and a picture, of which the first ones were sent and the last is blocked. */
export function scriptOf(sent = 0, blocked: Script['script']['refusals'] = []): Script {
  return {
    script: buildPiece({
      contentItemId: 'script-1',
      title: '初次拜访：自我介绍、研究、安全性',
      kind: 'script',
      steps: { sent, of: 3 },
    }),
    ...{ successor: null, withdrawnReason: null, cap: { needed: 3 - sent, left: 4 - sent } },
    steps: stepTitles.map((title, nth) => ({
      ...{ position: nth + 1, standing: nth < sent ? ('sent' as const) : ('to_send' as const) },
      ...{ sendId: nth < sent ? `send-${nth + 1}` : null, at: nth < sent ? days(-1) : null },
      piece: buildPiece({
        ...{ contentItemId: `step-${nth + 1}`, documentId: `step-doc-${nth + 1}`, title },
        ...(nth === 0
          ? { kind: 'phrase' as const, sendAs: 'text' as const, pages: 0, text: '张伟您好，我是王磊。' }
          : {}),
        ...(nth === 2 ? { refusals: blocked } : {}),
      }),
    })),
  }
}

type Upload = Answer<'lookAtUpload'>

/** A file on its way; an upload is called like its purpose. */
export function uploadOf(uploadId: string, stage: Upload['stage'], changes: Partial<Upload> = {}): Upload {
  return {
    ...{ uploadId, stage, stored: stage === 'stored', fileName: 'a.jpg', bytes: 1, partBytes: 1_048_576, have: [] },
    ...{ problem: null, fileHash: null, mime: null, rendition: null, endsAt: days(1) },
    ...changes,
  }
}

/** A world in which everything works. */
export function buildAnswers(changes: Answers = {}): Answers {
  let sends = 0
  return {
    start: () => start,
    sign: () => ({ corp: signature, agent: signature }),
    openChat: ({ externalUserId }) => openedFor(externalUserId),
    watchChat: () => ({ changedAt: null }),
    listPapers: () => ({ papers: [], purposes: ['receive', 'reading_record'], today: '2026-11-21' }),
    listPieces: ({ query }) => ({
      pieces: pieces.filter(({ title }) => title.includes(query)).map((piece) => marked(piece, query)),
      next: null,
    }),
    preview: ({ contentItemId, externalUserId }) => previewOf(contentItemId, externalUserId),
    openScript: () => scriptOf(),
    listToTell: () => ({ doctors: [], next: null }),
    showInvitation: () => ({ outcome: 'shown', link: 'https://vouch.example/l/token?qr' }),
    authoriseSend: ({ kind }) => ({
      outcome: 'authorised',
      sendId: `send-${++sends}`,
      ticket: 'ticket',
      ticketExpiresAt: new Date(Date.now() + 90_000),
      digest: 'digest',
      message:
        kind === 'text'
          ? { msgtype: 'text', text: { content: '张主任您好，这是您要的研究资料。' } }
          : {
              msgtype: 'news',
              news: {
                link: 'https://vouch.example/l/token',
                title: '标题',
                desc: '说明',
                imgUrl: 'https://vouch.example/card/1.webp',
              },
            },
    }),
    recordFact: () => ({ verdict: 'OPEN', late: false }),
    setFavourite: () => ({ done: true }),
    findContacts: () => ({
      contacts: [
        { externalUserId: 'wm-zhang', account: zhang.account },
        { externalUserId: 'wm-li', account: li.account },
      ],
    }),
    findAccounts: () => ({ accounts: stranger.candidates }),
    matchContact: () => ({ outcome: 'in_force' }),
    endMatch: () => ({ outcome: 'ended' }),
    askChange: () => ({ changeId: 'change-1' }),
    openUpload: ({ purpose, bytes }) => uploadOf(purpose, 'open', { bytes }),
    closeUpload: ({ uploadId }) => uploadOf(uploadId, 'checking'),
    lookAtUpload: ({ uploadId }) => uploadOf(uploadId, 'stored'),
    lookAtAccount: () => ({
      account: { ...zhang.account, post: '科主任', city: '江城市（示例）', licenceTail: '0001', verified: true },
      matches: [
        {
          ...{ doctor: '张伟', hospital: '仁和医院（示例）', life: 'in_force', by: '王磊', at: days(-20) },
          ...{ endedAt: null, reason: '' },
        },
      ],
      changes: [
        {
          ...{ changeId: 'change-0', kind: 'detail', life: 'declined', name: '张伟', hospital: '仁和医院（示例）' },
          ...{ askedAt: days(-9), decidedAt: days(-8), reason: '医院官网仍写肿瘤内科' },
        },
      ],
    }),
    history: () => ({ sends: historySends, next: null }),
    revokeLink: () => ({ done: true }),
    ...changes,
  }
}

function marked(piece: Piece, query: string): Piece {
  return query ? { ...piece, highlights: [[piece.title.indexOf(query), query.length]] } : piece
}

const sent = {
  contentItemId: 'item-1',
  title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要',
  version: 3,
  kind: 'news' as const,
  contact: '张伟',
  mine: true,
  outcome: 'authorised' as const,
  refusals: [],
  reading: null,
  link: 'live' as const,
}
const historySends: ReturnType<NonNullable<Answers['history']>>['sends'] = [
  {
    ...sent,
    sendId: 'h1',
    at: new Date(),
    verdict: 'SENT_OPENED',
    facts: [{ kind: 'O', at: new Date(), late: false }],
    reading: { pages: 9, of: 12, seconds: 190 },
  },
  {
    ...sent,
    sendId: 'h2',
    at: days(-8),
    verdict: 'SENT_CLIENT',
    facts: [],
    link: 'revoked',
    title: '免疫相关不良反应管理手册',
  },
  { ...sent, sendId: 'h3', at: days(-20), verdict: 'UNKNOWN', facts: [], title: '剂量与给药周期' },
  {
    ...sent,
    sendId: 'h4',
    at: days(-21),
    verdict: 'NONE',
    outcome: 'refused',
    refusals: [{ reason: 'quiet_hours' }],
    facts: [],
    link: 'none',
    title: '旧版产品折页',
  },
]
