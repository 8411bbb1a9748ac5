import type { ReaderRow } from './describe-readers.ts'

type Notice = NonNullable<ReaderRow['notice']>
/** Words of the table of readers. */
export type ReaderTexts = {
  headings: string[]
  how: Record<ReaderRow['how'], string>
  standing: Record<Notice['standing'], string>
  nobody: string
  taken: (name: string, at: string, exportId: string) => string
}

export const readerTexts: Record<'zh' | 'en', ReaderTexts> = {
  zh: {
    headings: [
      ...['医生', '职称', '医院', '怎么看到的', '时间', '看过的页', '发送的代表', '可以告知的代表'],
      ...['要告知的资料', '请求时间', '请了哪位代表', '告知情况', '发送时间', '告知的代表'],
    ],
    how: { opened: '打开过', received: '收到副本' },
    standing: { to_send: '还没发', sent: '已发', unknown: '结果未知' },
    nobody: '没有代表能联系',
    taken: (name, at, exportId) => `${name}导出 · ${at} · ${exportId}`,
  },
  en: {
    headings: [
      ...['Doctor', 'Title', 'Hospital', 'How', 'Time', 'Pages read', 'Sent by', 'Rep who can tell'],
      ...['Notice', 'Asked at', 'Rep asked', 'Told', 'Sent at', 'Told by'],
    ],
    how: { opened: 'opened it', received: 'received a copy' },
    standing: { to_send: 'not yet sent', sent: 'sent', unknown: 'outcome unknown' },
    nobody: 'no rep reaches them',
    taken: (name, at, exportId) => `Exported by ${name} · ${at} · ${exportId}`,
  },
}
