import type { Report } from '@vouch/contract'

/** How the figures stand now; tests change it. */
export type ReportMood = { countedUntil: Date | null; empty: boolean; proof: boolean }
export const startReports = (): ReportMood => ({ countedUntil: new Date(), empty: false, proof: true })

type Body = Record<string, unknown>
const classes = ['proven', 'opened', 'client', 'unknown', 'cancelled', 'failed', 'not_sent', 'exception', 'open']
const row = (member: string, zh: string, en: string, values: (number | null)[], withheld = false) => ({
  ...{ member, name: { zh, en }, values, withheld },
})

function sends(by: unknown): Pick<Report, 'columns' | 'rows' | 'total'> {
  const columns = ['passed', ...classes.map((one) => `is:${one}`), 'refused']
  const names =
    by === 'week'
      ? ['2026-04-20', '2026-04-27', '2026-05-04', '2026-05-11'].map((day) => [`${day} 起一周`, `Week of ${day}`])
      : Array.from({ length: 15 }, (_, place) => [`第 ${place + 1} 人民医院（示例）`, `People’s Hospital ${place + 1}`])
  const rows = names.map(([zh, en], place) =>
    row(String(place), zh!, en!, [
      1_240 - place * 50,
      400,
      300 - place * 20,
      200,
      150 - place * 10,
      40,
      10,
      5,
      3,
      2,
      77,
    ]),
  )
  return { columns, rows, total: [4_500, 1_600, 1_080, 800, 400, 160, 40, 20, 12, 8, 308] }
}

const reading = {
  columns: [
    'link',
    'opened',
    'opened_rate',
    'open_median',
    'read',
    'read_all',
    'read_share',
    'read_median',
    'read_p90',
  ],
  rows: [
    row('r1', '王磊', 'Wang Lei', [120, 80, 66.7, 42, 30, 12, 71.5, 95, 410]),
    row('r2', '李娜', 'Li Na', [20, 8, 40, 300, null, null, null, null, null], true),
  ],
  total: [140, 88, 62.9, 48, 33, 12, 70, 96, 410],
}

const refusals = {
  columns: ['refused', 'no:cap_reached', 'no:quiet_hours', 'no:not_opted_in'],
  rows: [row('PD1', '示例单抗', 'Examplimab', [31, 20, 9, 4])],
  total: [31, 20, 9, 4],
}

/** What the endpoints of reports answer. */
export function reportAnswers(mood: ReportMood, body: Body): Record<string, () => object> {
  const of = body['kind'] === 'reading' ? reading : body['kind'] === 'refusals' ? refusals : sends(body['by'])
  return {
    reports: () => ({
      ...{ ...of, more: 0, withheld: of.rows.filter((one) => one.withheld).length, countedUntil: mood.countedUntil },
      ...(mood.empty ? { rows: [], total: null } : {}),
    }),
    'reports/choices': () => ({
      products: [{ code: 'PD1', name: { zh: '示例单抗', en: 'Examplimab' } }],
      territories: [{ code: 'east', name: { zh: '华东', en: 'East' } }],
    }),
    'reports/exports': () => ({ csv: '\ufeff"报表"\r\n', rows: of.rows.length, cut: false }),
  }
}
