import type { Approval, Piece, When } from './world-types.ts'

/** What differs from piece to piece; `approvedDaysAgo` gives approvals, effective date and creation. */
type Told = Pick<Piece, 'documentId' | 'version' | 'title' | 'shortTitle' | 'kind' | 'kinds'> &
  Partial<Piece> & { approvedDaysAgo?: number; lastsDays?: number }

const signers: { person: string; role: Approval['role']; meaning: string; at: string }[] = [
  { person: 'guwen', role: 'medical', meaning: '医学内容准确、均衡，参考文献已核对', at: '10:20' },
  { person: 'songjie', role: 'legal', meaning: '符合法规与批准的说明书', at: '14:45' },
  { person: 'hejing', role: 'compliance', meaning: '符合公司合规要求，可用于已同意的医生', at: '16:10' },
]

/** All three signatures, the last one `daysAgo`. */
export function approvals(daysAgo: number, count = 3): Approval[] {
  return signers.slice(0, count).map(({ person, role, meaning, at }, nth) => ({
    person,
    role,
    meaning,
    decision: 'approved',
    at: { days: nth - daysAgo - count + 1, at },
  }))
}

/** A piece with what is usual filled in: approved, for China, in Chinese, for all who treat lung cancer. */
export function piece(told: Told): Piece {
  const { approvedDaysAgo, lastsDays, ...rest } = told
  const approved = approvedDaysAgo === undefined ? {} : approvedFields(approvedDaysAgo, lastsDays ?? 540)
  return {
    aliases: [],
    cardTitle: '示例药业医学资料',
    cardDesc: '仅供医疗卫生专业人士阅读，打开前会核对收件人',
    class: 'scientific',
    product: '',
    market: 'CN',
    language: 'zh-CN',
    audience: ['oncology', 'radiation', 'thoracic', 'respiratory'],
    approvalNumber: null,
    state: 'approved',
    createdAt: { days: -30, at: '11:00' },
    effectiveAt: null,
    expiresAt: null,
    mayForward: false,
    owner: 'chenchen',
    approvals: [],
    approvalsNeeded: 3,
    source: null,
    ...approved,
    ...rest,
  }
}

function approvedFields(daysAgo: number, lastsDays: number): Partial<Piece> {
  const effectiveAt: When = { days: 1 - daysAgo, at: '00:00' }
  return {
    createdAt: { days: -daysAgo - 14, at: '11:00' },
    approvals: approvals(daysAgo),
    effectiveAt,
    expiresAt: { days: lastsDays - daysAgo, at: '23:59' },
  }
}
