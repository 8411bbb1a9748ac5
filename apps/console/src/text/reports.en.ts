import { refusalWordsEn, reportWordsEn } from '@vouch/contract'
import type { ReportsText } from './reports.zh.ts'

/** The same in English. */
export const reports: ReportsText = {
  words: reportWordsEn,
  reasons: refusalWordsEn,
  title: 'Reports',
  report: 'Report',
  by: 'By',
  period: 'Period',
  periods: { days30: 'Last 30 days', quarter: 'This quarter', last_quarter: 'Last quarter', own: 'Own dates' },
  from: 'From',
  until: 'To',
  product: 'Product',
  territory: 'Territory',
  all: (what) => `All: ${what.toLowerCase()}`,
  caption: (report, by) => `${report}, ${by}`,
  byWord: (by) => `by ${by.toLowerCase()}`,
  inOrder: 'largest first',
  chart: (report) => `Chart: ${report}. Its numbers are in the table below`,
  chartFailed: 'The chart could not be drawn; its numbers are in the table.',
  chartOnly: (shown, of) => `The chart has the first ${shown} only, the table all ${of}.`,
  chartOverall: 'The chart shows everything together.',
  drawing: 'Drawing the chart',
  meaning: 'What these numbers mean',
  table: 'Table',
  countedUntil: (at) => `Counted until ${at} (Shanghai), updated every minute.`,
  countedLate: (at) => `Counted only until ${at} (Shanghai). What came later is not in yet; the system check says why.`,
  notCounted: 'Nothing has been counted yet. It takes a few minutes after the server starts; refresh then.',
  few: 'fewer than 5',
  withheld: (rows) => `Reading figures of ${rows} rows are about too few doctors and not shown.`,
  more: (rows) => `${rows} more rows with smaller first numbers are not listed; the total has them. Narrow it down.`,
  export: 'Export CSV',
  exportFailed: 'The export did not work out. ',
  exported: (rows) => `${rows} rows exported; the file begins with the filter and what each number means.`,
  picture: 'Save as picture',
  print: 'Print',
  wrongPeriod: 'The end must follow the beginning, at most 400 days later.',
  none: 'Nothing to count in this period',
  shown: (rows) => `${rows} rows`,
  clearAll: 'Clear filters',
  reloadFailed: 'Could not refresh; below is what was read before',
  nothing: '—',
  duration: (seconds) => {
    if (seconds < 60) return `${Math.round(seconds)} s`
    if (seconds < 3_600) return `${Math.round(seconds / 6) / 10} min`
    return seconds < 86_400 ? `${Math.round(seconds / 360) / 10} h` : `${Math.round(seconds / 8_640) / 10} days`
  },
}
