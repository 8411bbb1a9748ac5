import type { SendDetail } from '@vouch/contract'
import type { Me, Send, Verdict, WireRefusal } from '../src/api.ts'

export const me: Me = {
  ...{ personId: '01KAH2D8Y4S7C1F6G9J3K5M900', name: '许岚', roles: ['compliance_officer'] },
  ...{ demo: true, company: { name: '示例药业', nameEn: 'Example Pharma' }, way: 'wecom', wecom: true },
}

/** 2026-11-21 14:05:12 +08:00 */
export const noon = new Date('2026-11-21T06:05:12.000Z')
const minuteMs = 60_000

/** A send handed to WeCom, unless changed. */
export function buildSend(change: Partial<Send> = {}): Send {
  const at = change.at ?? noon
  return {
    sendId: '01KAJ7ZQ0V6R3X8T2M5N9P4WBC',
    at,
    contentItemId: '01KAH2D8Y4S7C1F6G9J3K5M0NP',
    title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要',
    version: 3,
    kind: 'news',
    contact: '张伟',
    mine: false,
    outcome: 'authorised',
    verdict: 'SENT_CLIENT',
    refusals: [],
    facts: [
      { kind: 'A', at, late: false },
      { kind: 'H', at: new Date(at.getTime() + 900), late: false },
      { kind: 'K', at: new Date(at.getTime() + 2_100), late: false },
    ],
    reading: null,
    link: 'live',
    rep: '王磊',
    hospital: '仁和医院（示例）',
    policyVersion: 3,
    accountId: '01KAH2D8Y4S7C1F6G9J3K5M0DR',
    consentVersion: 2,
    ...change,
  }
}

export function buildRefused(refusals: WireRefusal[], change: Partial<Send> = {}): Send {
  return buildSend({ outcome: 'refused', verdict: 'NONE', facts: [], link: 'none', refusals, ...change })
}

const pieces = [
  { title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要', version: 3, kind: 'news' },
  { title: '免疫相关不良反应管理手册', version: 1, kind: 'file' },
  { title: '剂量与给药周期', version: 4, kind: 'news' },
  { title: '术后随访要点（一分钟视频）', version: 2, kind: 'video' },
  { title: '同意邀请', version: 2, kind: 'news' },
] as const
const people = [
  { rep: '王磊', contact: '张伟', hospital: '仁和医院（示例）' },
  { rep: '李娜', contact: '李敏', hospital: '第一人民医院（示例）' },
  { rep: '王磊', contact: '阿依古丽·买买提', hospital: '天山区中心医院肿瘤诊疗中心（示例）' },
  { rep: '赵子轩', contact: '陈静', hospital: '滨江医院（示例）' },
  { rep: '李娜', contact: '', hospital: '' },
] as const
const endings: { verdict: Verdict; kinds: string[] }[] = [
  { verdict: 'SENT_OPENED', kinds: ['A', 'H', 'K', 'O'] },
  { verdict: 'SENT_CLIENT', kinds: ['A', 'H', 'K'] },
  { verdict: 'UNKNOWN', kinds: ['A', 'H', 'T'] },
  { verdict: 'SENT_CLIENT', kinds: ['A', 'K'] },
  { verdict: 'CANCELLED', kinds: ['A', 'H', 'C'] },
  { verdict: 'OPEN', kinds: ['A'] },
  { verdict: 'FAILED', kinds: ['A', 'H', 'F'] },
  { verdict: 'UNKNOWN_ATTESTED_SENT', kinds: ['A', 'H', 'T', 'R+'] },
  { verdict: 'CONFLICT', kinds: ['A', 'K', 'C'] },
  { verdict: 'SENT_PROVEN', kinds: ['A', 'H', 'K', 'M'] },
]
const refusedWhy: WireRefusal[][] = [
  [{ reason: 'not_opted_in' }],
  [{ reason: 'cap_reached', count: 4, limit: 4, until: new Date('2026-11-30T16:00:00Z') }, { reason: 'quiet_hours' }],
  [{ reason: 'content_expired', since: new Date('2026-10-31T16:00:00Z') }],
]

/** A day's work: every ending in turn, every fourth attempt blocked, newest first. */
export function buildSends(count: number): Send[] {
  return Array.from({ length: count }, (_, place) => {
    const at = new Date(noon.getTime() - place * 47 * minuteMs)
    const about = {
      ...pieces[place % 5]!,
      ...people[(place * 2) % 5]!,
      at,
      sendId: `01KAJ7ZQ0V6R3X8T2M5N9P${1000 + place}`,
    }
    if (place % 4 === 1) return buildRefused(refusedWhy[Math.floor(place / 4) % 3]!, about)
    const { verdict, kinds } = endings[place % 10]!
    const facts = kinds.map((kind, step) => ({
      kind,
      at: new Date(at.getTime() + step * 1_100),
      late: kind === 'K' && place % 8 === 3,
    }))
    const reading = verdict === 'SENT_OPENED' ? { pages: 9, of: 12, seconds: 190 } : null
    return buildSend({ ...about, verdict, facts, reading, link: about.kind === 'news' ? 'live' : 'none' })
  })
}

export const sendFilters = {
  products: [{ code: 'PD1', name: '示例单抗', nameEn: 'Examplimab' }],
  consentVersions: [2, 1],
  policyVersions: [3, 2, 1],
}
export const sendChoice = { id: '01KAH2D8Y4S7C1F6G9J3K5M0DR', label: '张伟', aside: '仁和医院（示例）' }

/** One send with everything that was weighed. */
export function buildWhole(): SendDetail {
  return {
    send: buildSend(),
    ...{ requestId: 'f0e4f0c2-7e52-4bb6-9b1d-1f7d2a0c9e11', messageDigest: 'b'.repeat(64) },
    doctor: {
      accountId: sendChoice.id,
      name: '张伟',
      title: '主任医师',
      hospital: sendChoice.aside,
      territory: 'east',
    },
    mergedInto: { accountId: 'whole', name: '张伟', at: noon },
    facts: [
      { kind: 'A', at: noon, clientAt: null, late: false, author: '王磊', code: '' },
      { kind: 'K', at: noon, clientAt: noon, late: false, author: '王磊', code: 'ok' },
    ],
    weighed: [
      { name: 'rep.filingNumber', value: 'F-2026-0001' },
      { name: 'consent.newest.statedAt', value: '2026-05-01T03:00:00.000Z' },
    ],
    policy: { version: 3, holdsFrom: noon, rules: [{ name: 'sendsPerMonth', value: '4' }] },
    consent: {
      ...{ consentId: 'c', statement: 'opted_in', textVersion: 2, textTitle: '同意书', language: 'zh-CN' },
      ...{ channel: 'link', identity: 'wechat_oauth', statedAt: noon, textHash: 'a'.repeat(64) },
    },
    piece: {
      ...{
        contentItemId: 'x',
        title: '研究摘要',
        version: 3,
        approvalNumber: 'CN-2026-0417',
        fileHash: 'c'.repeat(64),
      },
      ...{ effectiveAt: noon, expiresAt: null },
      card: { title: '研究摘要', text: '示例药业', picture: null },
      approvals: [{ step: 'medical', by: '顾雯', at: noon, signedHash: 'd'.repeat(64) }],
    },
    ...{ revoked: null, mayRevoke: true },
  }
}
