import { csvTime } from '../../csv.ts'
import type { OfficeSend } from './list-sends.ts'
import type { SendFilter } from './send-row-queries.ts'
import { outcomeWord, reasonWord, type WordLanguage } from './send-words.ts'

export const sendHeadings: Record<WordLanguage, string[]> = {
  zh: [
    ...['编号', '时间', '代表', '医生', '医生编号', '医院', '资料', '版本', '资料编号', '方式', '结果', '拦下的原因'],
    ...['同意书版本', '规则版本', '链接', '已读页数', '总页数', '阅读秒数', '本人打开次数', '证据'],
  ],
  en: [
    ...[
      'Send',
      'Time',
      'Rep',
      'Doctor',
      'Doctor id',
      'Hospital',
      'Piece',
      'Version',
      'Piece id',
      'Way',
      'Outcome',
      'Why blocked',
    ],
    ...['Consent text', 'Policy', 'Link', 'Pages read', 'Pages', 'Seconds read', 'Looks by the doctor', 'Facts'],
  ],
}

/** One send as the screen shows it. Facts as `A 2026-11-21 14:05:12 +08:00`, in their order. */
export function lineOf(send: OfficeSend, language: WordLanguage): string[] {
  const { reading, visits } = send
  return [
    ...[send.sendId, csvTime(send.at), send.rep, send.contact, send.accountId ?? '', send.hospital, send.title],
    ...[String(send.version), send.contentItemId, send.kind],
    outcomeWord(send.outcome === 'refused' ? 'REFUSED' : send.verdict, language),
    send.refusals.map(({ reason }) => reasonWord(reason, language)).join('\n'),
    ...[send.consentVersion === null ? '' : String(send.consentVersion), String(send.policyVersion), send.link],
    ...(reading ? [String(reading.pages), String(reading.of), String(reading.seconds)] : ['', '', '']),
    visits ? String(visits.addressee) : '',
    send.facts.map(({ kind, at, late }) => `${kind} ${csvTime(at)}${late ? ' late' : ''}`).join('\n'),
  ]
}

type Head = {
  language: WordLanguage
  exportId: string
  at: Date
  by: string
  why: string
  rows: number
  filter: SendFilter
  own: readonly string[] | null
}

/** What was asked, by whom and what for, and how many rows answer it: so that a copy can be told from its source. */
export function headLines({ language, exportId, at, by, why, rows, filter, own }: Head): string[][] {
  const zh = language === 'zh'
  const asked = Object.entries(filter).filter(([name, value]) => value !== '' && value !== 0 && name !== 'order')
  const range = [filter.from || (zh ? '最早' : 'the beginning'), filter.until || csvTime(at)].join(' - ')
  return [
    [
      zh ? '问题' : 'Question',
      zh ? '哪些发送，给谁，依据什么，结果如何' : 'Which sends, to whom, on what ground, with what outcome',
    ],
    [zh ? '筛选' : 'Filter', asked.map(([name, value]) => `${name}: ${value}`).join('; ') || (zh ? '全部' : 'all')],
    [zh ? '片区' : 'Territories', own === null ? (zh ? '全部' : 'all') : own.join(', ')],
    [zh ? '时间范围' : 'Time range', range],
    [
      zh ? '顺序' : 'Order',
      filter.order === 'at' ? (zh ? '从早到晚' : 'oldest first') : zh ? '从晚到早' : 'newest first',
    ],
    [zh ? '记录数' : 'Records', String(rows)],
    [zh ? '导出人' : 'Exported by', by],
    [zh ? '导出时间' : 'Exported at', csvTime(at)],
    [zh ? '原因' : 'Reason', why],
    [zh ? '导出编号' : 'Export id', exportId],
    [
      zh ? '说明' : 'Facts',
      zh
        ? 'A 允许 H 交给客户端 K 企业微信接受 C 取消 F 失败 T 到时限 O 本人打开 M 存档有 N 存档没有 V 撤回消息 R 代表说明 X 合规认定'
        : 'A allowed, H handed to the client, K accepted by WeCom, C cancelled, F failed, T deadline, O opened by the doctor, M in the archive, N not in the archive, V recalled, R stated by the rep, X settled by compliance',
    ],
  ]
}
