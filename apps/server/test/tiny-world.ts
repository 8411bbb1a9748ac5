import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

type Loose = Record<string, unknown>

const rep = (wecomUserId: string, name: string, more: Loose = {}) => ({
  ...{ wecomUserId, name, nameEn: '', roles: ['rep'], status: 'active' },
  entitled: { filingNumber: 'DEMO-1', filedUntil: { days: 100 }, products: ['EXMAB'], territories: ['east'] },
  ...more,
})

const account = (id: string, name: string, more: Loose = {}) => ({
  ...{ id, name, nameEn: '', title: '主任医师', hospital: 'RENHE', department: '肿瘤内科', specialty: 'oncology' },
  ...{ territory: 'east', hcpVerified: true, licenceNumber: 'DEMO-LIC-1', active: true },
  ...more,
})

const contact = (externalUserId: string, accountId: string | null) => ({
  ...{ externalUserId, nickname: 'CJ', accountId },
  ...(accountId ? { matchedBy: { person: 'wanglei', at: { days: -300 } } } : {}),
  follows: [{ rep: 'wanglei', remark: '', followedAt: { days: -301 } }],
})

const approvals = [
  { person: 'guwen', role: 'medical', meaning: '医学内容准确', decision: 'approved', at: { days: -50, at: '10:00' } },
  { person: 'hejing', role: 'compliance', meaning: '合规', decision: 'approved', at: { days: -49, at: '16:10' } },
  { person: 'hejing', role: 'legal', meaning: '退回', decision: 'returned', at: { days: -51, at: '16:10' } },
]

const piece = (documentId: string, version: number, more: Loose = {}) => ({
  ...{
    documentId,
    version,
    title: '研究摘要',
    shortTitle: '摘要',
    aliases: ['301 研究'],
    cardTitle: '医学资料',
    cardDesc: '仅供',
  },
  ...{
    kind: 'document',
    class: 'scientific',
    product: 'EXMAB',
    market: 'CN',
    language: 'zh-CN',
    audience: ['oncology', 'thoracic'],
  },
  ...{
    approvalNumber: 'CN-2026-0417',
    state: 'approved',
    createdAt: { days: -60 },
    effectiveAt: { days: -48, at: '00:00' },
  },
  ...{ expiresAt: { days: 300 }, kinds: ['news', 'file'], mayForward: false, approvals, file: null, card: null },
  ...more,
})

const send = (externalUserId: string, at: Loose, facts: string[], more: Loose = {}) => ({
  ...{ rep: 'wanglei', externalUserId, documentId: 'DOC-1', version: 2, kind: 'news', at, facts },
  ...more,
})

/** A world of one company, two doctors and six pieces, in the shape the cast's build writes. */
function tinyWorld(files: { pdf: Loose; html: Loose; png: Loose; mp4: Loose }): Loose {
  const text = {
    title: '同意说明',
    summary: ['用到姓名', '用来发资料'],
    body: '## 谁\n示例药业。',
    materialChange: false,
  }
  return {
    fingerprint: 'tiny-1',
    company: {
      name: '示例药业',
      nameEn: 'Example Pharma',
      safetyPhone: '400-000-0000',
      safetyEmail: 'safety@example.com',
    },
    specialties: [{ code: 'oncology', name: '肿瘤内科', nameEn: 'Medical oncology' }],
    repGroups: [{ code: 'oncology-line', name: '肿瘤线', nameEn: 'Oncology line', reps: ['wanglei'] }],
    products: [{ code: 'EXMAB', name: '示例单抗注射液', nameEn: 'Exemplimab injection' }],
    hospitals: [
      {
        code: 'RENHE',
        name: '仁和医院（示例）',
        nameEn: 'Renhe',
        city: '江城市',
        level: '三级甲等',
        aliases: ['仁和'],
      },
    ],
    people: [
      rep('wanglei', '王磊'),
      rep('liuyang', '刘洋', { status: 'left', leftAt: { days: -2, at: '18:00' } }),
      rep('guwen', '顾雯', { roles: ['medical'], entitled: null }),
      rep('hejing', '何静', { roles: ['compliance', 'auditor'], entitled: null, roleUntil: { days: 21 } }),
    ],
    accounts: [
      account('HCP-A', '张伟', { nameEn: 'Zhang Wei' }),
      account('HCP-B', '单雪', { pausedUntil: { days: 20, at: '00:00' } }),
    ],
    contacts: [contact('wmA', 'HCP-A'), contact('wmB', 'HCP-B'), contact('wmNobody', null)],
    consentTexts: [
      { version: 1, language: 'zh-CN', activeFrom: { days: -400, at: '00:00' }, ...text },
      { version: 2, language: 'zh-CN', activeFrom: { days: -150, at: '00:00' }, ...text, materialChange: true },
    ],
    consents: [
      {
        ...{ accountId: 'HCP-A', purpose: 'receive', statement: 'opted_in', textVersion: 2, language: 'zh-CN' },
        ...{
          statedAt: { days: -140, at: '12:40' },
          channel: 'qr_in_person',
          evidence: { identity: 'in_person', rep: 'wanglei' },
        },
      },
    ],
    content: [
      piece('DOC-1', 1, { state: 'superseded', file: files.pdf }),
      piece('DOC-1', 2, { file: files.pdf, pages: 2 }),
      piece('DOC-2', 1, {
        state: 'withdrawn',
        withdrawn: { at: { days: -22 }, reason: '更新', by: 'hejing', successor: 'DOC-1' },
        file: files.pdf,
      }),
      piece('DOC-3', 1, {
        state: 'draft',
        approvals: [],
        approvalNumber: null,
        effectiveAt: null,
        expiresAt: null,
        file: files.pdf,
      }),
      piece('IMG-1', 1, { kind: 'image', kinds: ['image'], file: files.png, expiresAt: null }),
      piece('VID-1', 1, { kind: 'video', kinds: ['video'], file: files.mp4 }),
      piece('SCR-1', 1, { kind: 'script', kinds: ['news'], pieces: ['DOC-1', 'IMG-1'] }),
      piece('ART-1', 1, { kind: 'article', kinds: ['news'], file: files.html, pages: 3 }),
      piece('PHR-1', 1, {
        kind: 'phrase',
        kinds: ['text'],
        text: '{doctor}您好，我是{rep}。',
        product: '',
        audience: [],
      }),
      piece('CON-1', 1, {
        kind: 'article',
        class: 'consent',
        kinds: ['news'],
        file: files.html,
        pages: 1,
        product: '',
      }),
    ],
    pastSends: [
      send('wmA', { thisMonth: 1 }, ['A', 'H', 'K', 'O'], { openedAfterMinutes: 22, readPages: 9, readSeconds: 60 }),
      send('wmA', { thisMonth: 2 }, ['A', 'H', 'K'], { onlyIfBeforeThisMonth: { days: -7, at: '09:30' } }),
      send('wmA', { days: -7, at: '09:30' }, ['A', 'H', 'K']),
      send('wmA', { days: -65, at: '09:30' }, ['A', 'H', 'F'], { failure: 'sendChatMessage:fail' }),
      send('wmA', { days: -60, at: '11:00' }, ['A', 'H', 'R+']),
      send('wmB', { days: -70, at: '11:00' }, ['A', 'H', 'K', 'O'], { documentId: 'CON-1', version: 1 }),
    ],
    pastRefusals: [
      {
        ...{ rep: 'wanglei', externalUserId: 'wmB', documentId: 'DOC-2', version: 1, kind: 'news' },
        at: { days: -2, at: '14:02' },
        reasons: ['content_withdrawn', 'not_opted_in'],
      },
    ],
    policy: { quietFrom: 0, quietUntil: 0 },
    asks: [
      { externalUserId: 'wmA', rep: 'wanglei', documentId: 'DOC-1', at: { days: 0, hours: -5 }, note: '请发' },
      { externalUserId: 'wmNobody', rep: 'wanglei', documentId: 'DOC-1', at: { days: -1 }, note: '' },
    ],
    favourites: [{ rep: 'wanglei', documentId: 'DOC-1' }],
  }
}

/** Writes world.json and its files into a folder, as the cast's build does; returns the path of world.json. */
export function writeTinyWorld(
  folder: string,
  bytes: { pdf: Buffer; html: Buffer; png: Buffer; mp4: Buffer },
  change: (world: Loose) => void = () => {},
): string {
  const built = (name: string, mime: string, content: Buffer) => {
    const path = join(folder, 'files', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    const sha256 = createHash('sha256').update(content).digest('hex')
    return { name, fileName: `资料 ${name}`, mime, bytes: content.length, sha256 }
  }
  const world = tinyWorld({
    pdf: built('summary.pdf', 'application/pdf', bytes.pdf),
    html: built('article.html', 'text/html', bytes.html),
    png: built('flow.png', 'image/png', bytes.png),
    mp4: built('infusion.mp4', 'video/mp4', bytes.mp4),
  })
  change(world)
  const path = join(folder, 'world.json')
  writeFileSync(path, JSON.stringify(world))
  return path
}
