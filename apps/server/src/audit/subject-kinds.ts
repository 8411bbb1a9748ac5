import type { EntryRow } from './audit-queries.ts'
import { both, type Both } from './words/both.ts'

type Kind = { called: Both; path?: (entry: EntryRow) => string | null }

const doctor = ({ accountId }: EntryRow): string | null => accountId && `/doctors/of/${accountId}`
const at = (path: string) => (): string => path
const textPath = ({ subjectId }: EntryRow): string | null => {
  const version = /(\d+)$/.exec(subjectId)?.[1]
  return version ? `/consents/texts/${version}` : null
}

/** What the subject of an entry is, by the first word of its event: an id says nothing of its kind; and where it is shown. */
const kinds: Record<string, Kind> = {
  account: { called: both('医生档案', 'Doctor’s record'), path: doctor },
  account_change: { called: both('医生名单申请', 'Request about the list'), path: at('/doctors/changes') },
  account_import: { called: both('医生名单导入', 'Import of doctors'), path: at('/doctors/imports') },
  account_pair: { called: both('可能重复的医生', 'Possible duplicate'), path: doctor },
  bulk: { called: both('批量操作', 'Step on many pieces') },
  choice: { called: both('公司的名单', 'List of the company'), path: at('/company') },
  company: { called: both('公司', 'Company'), path: at('/company') },
  complaint: { called: both('医生的投诉', 'Complaint'), path: at('/requests') },
  consent: {
    called: both('医生的表示', 'Statement'),
    path: ({ accountId }) => accountId && `/consents/doctors/${accountId}`,
  },
  consent_import: { called: both('同意导入', 'Import of consents'), path: at('/consents/imports') },
  consent_paper: { called: both('纸质同意', 'Consent on paper'), path: at('/consents/papers') },
  consent_text: { called: both('同意书', 'Consent text'), path: textPath },
  contact: {
    called: both('微信联系人', 'WeChat contact'),
    path: (entry) => (/sync|repairs/.test(entry.event) ? '/contacts/sync' : doctor(entry)),
  },
  contact_code: { called: both('名片码', 'Contact code'), path: ({ subjectId }) => `/contact-codes/${subjectId}` },
  content: { called: both('资料', 'Piece') },
  erasure: { called: both('医生的删除请求', 'Request for erasure'), path: at('/requests') },
  file: { called: both('文件', 'File') },
  import: { called: both('资料导入', 'Import of pieces') },
  link: { called: both('资料链接', 'Link'), path: ({ subjectId }) => `/sends/${subjectId}` },
  notice: { called: both('通知', 'Notice') },
  own_data: { called: both('医生', 'Doctor'), path: doctor },
  policy: { called: both('发送规则', 'Sending rules'), path: at('/policy') },
  safety: {
    called: both('不良反应报告', 'Adverse reaction'),
    path: ({ event, subjectId }) => (event === 'safety.rule_changed' ? null : `/safety/${subjectId}`),
  },
  send: { called: both('发送', 'Send'), path: ({ subjectId }) => `/sends/${subjectId}` },
  vault: { called: both('Vault 连接', 'Vault connection'), path: at('/vault') },
  verify_file: { called: both('域名校验文件', 'Domain check file'), path: at('/system') },
  webhook: { called: both('数据推送', 'Webhook'), path: ({ subjectId }) => `/settings/webhooks/${subjectId}` },
  welcome: { called: both('欢迎语的发送', 'Welcome'), path: at('/contact-codes/welcome') },
  welcome_text: { called: both('欢迎语', 'Welcome text'), path: at('/contact-codes/welcome') },
  wish: { called: both('医生的接收设置', 'Doctor’s wishes'), path: doctor },
}
const unknown: Both = both('', '')

const kindOf = ({ event }: EntryRow): Kind | undefined => kinds[event.split('.')[0] ?? '']

export const subjectKind = (entry: EntryRow): Both => kindOf(entry)?.called ?? unknown
export const subjectPath = (entry: EntryRow): string | null => kindOf(entry)?.path?.(entry) ?? null
