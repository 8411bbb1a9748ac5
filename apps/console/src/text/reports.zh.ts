import { refusalWordsZh, reportWordsZh } from '@vouch/contract'
import type { Period } from '../composables/use-report-filter.ts'

/** Words around the figures, in Chinese; those of the figures themselves are the contract's. */
export const reports = {
  words: reportWordsZh,
  reasons: refusalWordsZh,
  title: '报表',
  report: '报表',
  by: '按',
  period: '时间',
  periods: { days30: '近 30 天', quarter: '本季度', last_quarter: '上季度', own: '自选' } satisfies Record<
    Period,
    string
  >,
  from: '从',
  until: '到',
  product: '产品',
  territory: '片区',
  all: (what: string) => `全部${what}`,
  caption: (report: string, by: string) => `${report}，${by}`,
  byWord: (by: string) => `按${by}`,
  inOrder: '数大的在前',
  chart: (report: string) => `${report}的图，数字在下面的表里`,
  chartFailed: '图没有画出来，数字在表里。',
  chartOnly: (shown: number, of: number) => `图里只有前 ${shown} 项，表里有全部 ${of} 项。`,
  chartOverall: '图里是全部合计。',
  drawing: '正在画图',
  meaning: '这些数字的意思',
  table: '表',
  countedUntil: (at: string) => `统计到 ${at}（上海时间），每分钟更新一次。`,
  countedLate: (at: string) => `只统计到 ${at}（上海时间）。之后的还没算进来，系统检查里能看到原因。`,
  notCounted: '还没有统计过。服务启动后几分钟内会算好，请稍后刷新。',
  few: '少于 5 位',
  withheld: (rows: number) => `${rows} 行的阅读数字涉及的医生太少，没有显示。`,
  more: (rows: number) => `还有 ${rows} 行没有列出，第一个数都更小，合计里有。请缩小范围。`,
  export: '导出 CSV',
  exportFailed: '没有导出成功。',
  exported: (rows: number) => `已导出 ${rows} 行，文件开头有筛选和各数字的意思。`,
  picture: '存成图片',
  print: '打印',
  wrongPeriod: '结束的日子要在开始之后，最多 400 天。',
  none: '这段时间没有可统计的',
  shown: (rows: number) => `共 ${rows} 行`,
  clearAll: '清除筛选',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  nothing: '—',
  duration: (seconds: number) => {
    if (seconds < 60) return `${Math.round(seconds)} 秒`
    if (seconds < 3_600) return `${Math.round(seconds / 6) / 10} 分钟`
    return seconds < 86_400 ? `${Math.round(seconds / 360) / 10} 小时` : `${Math.round(seconds / 8_640) / 10} 天`
  },
}
export type ReportsText = typeof reports
