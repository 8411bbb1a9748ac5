import type { ConsentRow } from '@vouch/contract'

export type WordLanguage = 'zh' | 'en'
type Words = {
  headings: string[]
  purpose: Record<ConsentRow['purpose'], string>
  statement: Record<ConsentRow['statement'], string>
  standing: Record<NonNullable<ConsentRow['standing']>, string>
  channel: Record<string, string>
  replaced: string
  madeBy: (name: string, at: string) => string
}

/** The words of an exported table, as the page shows them. */
export const consentWords: Record<WordLanguage, Words> = {
  zh: {
    headings: [
      ...['编号', '医生编号', '姓名', '职称', '医院', '目的', '医生的表示', '现在的状态', '有效至或可再问'],
      ...['同意书版本', '语言', '途径', '身份确认', '表示时间', '记录时间'],
    ],
    purpose: { receive: '接收资料', reading_record: '阅读记录', archive: '聊天存档' },
    statement: { opted_in: '同意', declined: '不同意', opted_out: '撤回' },
    standing: {
      ...{ never: '从未询问', invited: '已邀请', opted_in: '有效', declined: '不同意', withdrawn: '已撤回' },
      ...{ outdated: '同意书已换新', expired: '已过期' },
    },
    channel: {
      ...{ link: '邀请链接', qr: '当面扫码', own_page: '医生自己的页面', paper: '纸质', import: '导入' },
      ...{ rep_request: '代表转达', company: '公司受理' },
    },
    replaced: '之后有新的表示',
    madeBy: (name, at) => `由 ${name} 于 ${at} 导出`,
  },
  en: {
    headings: [
      ...['Id', 'Doctor id', 'Name', 'Title', 'Hospital', 'Purpose', 'Statement', 'Stands now', 'Until'],
      ...['Text version', 'Language', 'Channel', 'Identity', 'Stated at', 'Recorded at'],
    ],
    purpose: { receive: 'Receive material', reading_record: 'Reading record', archive: 'Chat archive' },
    statement: { opted_in: 'Agreed', declined: 'Declined', opted_out: 'Withdrew' },
    standing: {
      ...{ never: 'Never asked', invited: 'Invited', opted_in: 'In force', declined: 'Declined' },
      ...{ withdrawn: 'Withdrawn', outdated: 'Text replaced', expired: 'Expired' },
    },
    channel: {
      ...{ link: 'Invitation link', qr: 'QR in person', own_page: 'Own page', paper: 'Paper', import: 'Import' },
      ...{ rep_request: 'Passed on by rep', company: 'Asked the company' },
    },
    replaced: 'Replaced by a later statement',
    madeBy: (name, at) => `Exported by ${name} at ${at}`,
  },
}
