import { accountId, doctors, externalUserId, type Doctor } from './doctors.ts'
import type { ConsentPurpose, ConsentRow, ConsentStatement } from './world-types.ts'

type Statement = {
  key: string
  statement: ConsentStatement
  daysAgo: number
  textVersion?: number
  purposes?: ConsentPurpose[]
  channel?: ConsentRow['channel']
  language?: ConsentRow['language']
}

const receive: ConsentPurpose[] = ['receive']
const both: ConsentPurpose[] = ['receive', 'reading_record']

/** Statements that make the point of a doctor; everybody else simply opted in (see `silent`). */
const told: Statement[] = [
  { key: 'ZhangWei', statement: 'opted_in', daysAgo: 400, textVersion: 1, channel: 'qr_in_person' },
  { key: 'ZhangWei', statement: 'opted_in', daysAgo: 140, purposes: both },
  { key: 'ZhaoQiang', statement: 'declined', daysAgo: 20 },
  { key: 'ChenJie', statement: 'opted_in', daysAgo: 135 },
  { key: 'ChenJie', statement: 'opted_out', daysAgo: 15 },
  { key: 'ZhouTao', statement: 'opted_in', daysAgo: 290, textVersion: 1 },
  { key: 'GaoShan', statement: 'declined', daysAgo: 330, textVersion: 1 },
  { key: 'GaoShan', statement: 'opted_in', daysAgo: 110 },
  { key: 'HeJun', statement: 'opted_in', daysAgo: 120, channel: 'paper', purposes: receive },
  { key: 'HuKun', statement: 'opted_in', daysAgo: 380, textVersion: 1, channel: 'import' },
  { key: 'HuKun', statement: 'opted_in', daysAgo: 100 },
  { key: 'LuoChenxi', statement: 'opted_in', daysAgo: 125, purposes: receive },
  { key: 'SongJia', statement: 'opted_in', daysAgo: 130 },
  { key: 'SongJia', statement: 'opted_out', daysAgo: 60, purposes: ['reading_record'] },
  { key: 'Okafor', statement: 'opted_in', daysAgo: 95, language: 'en-US' },
]

/** Never asked, or asked and not answered. */
const silent = new Set(['LiMin', 'WangFang', 'Unverified', 'ZhangWei3', 'XiaoZihan', 'Gulnar', 'LiangYutong'])

export const consents: ConsentRow[] = [
  ...told.flatMap(rowsOf),
  ...doctors
    .filter((doctor) => !silent.has(doctor.key) && !told.some((statement) => statement.key === doctor.key))
    .flatMap((doctor, index) => rowsOf({ key: doctor.key, statement: 'opted_in', daysAgo: 90 + ((index * 13) % 50) })),
]

function rowsOf(statement: Statement): ConsentRow[] {
  const doctor = doctors.find((one) => one.key === statement.key)
  if (!doctor) throw new Error(`No doctor ${statement.key}`)
  const purposes = statement.purposes ?? (statement.statement === 'declined' ? receive : both)
  return purposes.map((purpose) => ({
    accountId: accountId(doctor),
    purpose,
    statement: statement.statement,
    // Before the reading record had a text of its own it was asked with the first.
    textVersion: statement.textVersion ?? (purpose === 'receive' ? 2 : 3),
    language: statement.language ?? 'zh-CN',
    statedAt: { days: -statement.daysAgo, at: '12:40' },
    channel: statement.channel ?? 'link',
    evidence: evidenceOf(doctor, statement.channel ?? 'link'),
  }))
}

function evidenceOf(doctor: Doctor, channel: ConsentRow['channel']): ConsentRow['evidence'] {
  const rep = doctor.reps[0] ?? 'wanglei'
  if (channel === 'paper') {
    return { identity: 'paper_scan', rep, confirmedBy: 'hejing', note: '纸质同意书，编号 DEMO-CF-0001，扫描件已归档' }
  }
  if (channel === 'import') return { identity: 'earlier_system', note: '旧系统导出 2025-批次 03，第 118 行' }
  const seen = { externalUserId: externalUserId(doctor), rep, browser: 'WeChat on iOS' }
  return { identity: channel === 'link' ? 'wechat_oauth' : 'in_person', ...seen }
}
