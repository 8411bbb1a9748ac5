import type { Captions, Ended, HcpPage, PageImage, Reading, SafetyForm, Video, View } from '../src/hcp-page.ts'

const now = new Date('2026-11-21T06:05:12Z')

export const company = {
  name: '示例药业',
  nameEn: 'Example Pharma',
  safetyPhone: '400-000-0000',
  safetyEmail: 'safety@example.com',
  privacyEmail: 'privacy@example.com',
}

export function buildPage(view: View, given: Partial<HcpPage> = {}): HcpPage {
  return {
    language: 'zh-CN',
    look: { size: 'normal', saver: false, chosen: false },
    demo: false,
    path: '/l/token',
    script: '/l/assets/reader.0123456789.js',
    company,
    view,
    ...given,
  }
}

export function buildImage(number: number): PageImage {
  return {
    number,
    width: 1080,
    height: 1527,
    placeholder: 'data:image/webp;base64,UklGRhYAAABXRUJQVlA4TAoAAAAvAAAAAEX/I/of',
    text: `第 ${number} 部分：疗效结果\n中位无进展生存期 9.1 个月，对照组 5.6 个月。`,
    headings: [],
  }
}

/** A film of which the company has said what is said in it. */
export const captions: Captions = {
  address: '/l/token/captions.vtt',
  language: 'zh-CN',
  passages: [
    { seconds: 1, voice: '王医生', words: '各位好，这项研究入组 412 例患者。' },
    { seconds: 75, voice: '', words: '中位无进展生存期 9.1 个月，对照组 5.6 个月。' },
  ],
}
export const film: Video = { address: '/l/token/video', seconds: 90, bytes: 3_400_000, poster: null, captions }

export function buildReading(given: Partial<Reading> = {}): Reading {
  return {
    page: 'reading',
    title: 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要',
    contentLanguage: 'zh-CN',
    kind: 'document',
    class: 'scientific',
    version: 3,
    approvalNumber: 'CN-2026-0417',
    effectiveAt: new Date('2026-10-06T00:00:00Z'),
    expiresAt: new Date('2027-03-31T15:59:00Z'),
    sender: '王磊',
    sentAt: now,
    markedFor: '张*',
    pages: Array.from({ length: 12 }, (_, index) => buildImage(index + 1)),
    body: '',
    video: null,
    file: null,
    recordsReading: false,
    replaces: null,
    ...given,
  }
}

export function buildEnded(given: Partial<Ended> = {}): Ended {
  return {
    page: 'ended',
    why: 'expired',
    since: new Date('2026-10-31T15:59:00Z'),
    reason: '',
    sender: '王磊',
    successor: null,
    asked: false,
    now,
    ...given,
  }
}

export const neutral: View = { page: 'neutral', sender: '王磊' }
export const otherReader = (who: 'contact' | 'member' | 'stranger'): View => ({ page: 'other_reader', who, now })
export const trouble: View = { page: 'trouble', what: 'wecom_unavailable', now }

export const safetyForm: SafetyForm = {
  page: 'safety',
  requestId: '7a3f2f0e-6a51-4c9b-9d1c-0d3a5a8f0c11',
  typed: { happened: '', product: '', occurred: '', seriousness: 'unknown', contact: '', unnamed: false },
  wrong: null,
  trouble: null,
  recognised: true,
  now,
}
export const safetyReceived: View = { page: 'safety_received', receipt: 'AE-20261121-7K3FQ2', at: now }

export const article = `<!doctype html><html><head><title>x</title><style>p{color:red}</style></head><body>
<h1>读懂一份 PD-L1 检测报告</h1><p>先看<strong>标本</strong>，再看抗体克隆号 &lt;22C3&gt;。</p>
<ul><li>肿瘤细胞阳性比例<li>免疫细胞阳性比例</ul>
<h2>怎样读数</h2><table><tr><th colspan="2">TPS</th></tr><tr><td>1–49 %</td><td>低表达</td></tr></table>
<p onclick="steal()">行内<script>alert(1)</script><a href="javascript:alert(2)">链接</a><img src=x onerror=alert(3)></p>
<h2>要点</h2><p>结合临床判断。</p></body></html>`
