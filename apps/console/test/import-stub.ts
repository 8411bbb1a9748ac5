import type { ImportList, ImportLook, ImportRow, ImportSummary } from '../src/api.ts'
import { noon } from './samples.ts'

/** How imports stand now; tests change it. */
export type ImportMood = {
  files: ImportList['files']
  unknown: string[]
  listProblem: string | null
  runs: Record<string, ImportLook>
  /** Looks that an import still answers "running" to. */
  running: number
}

const outcomes: ImportRow['outcome'][] = ['new', 'new', 'new_version', 'failed', 'unchanged', 'failed', 'changed']
const faults = [
  { field: 'class', problem: 'not_known' },
  { field: 'file', problem: 'no_such_file' },
]
const titles = ['PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要', '剂量与给药周期', '免疫相关不良反应管理手册']

function buildRow(place: number, dry: boolean): ImportRow {
  const outcome = outcomes[place % outcomes.length]!
  const known = outcome !== 'failed' && !(dry && outcome === 'new')
  return {
    ...{ number: place + 1, line: place + 3, outcome, documentId: `DOC-2026-${1000 + place}` },
    ...{ contentItemId: known ? `01KAH2D8Y4S7C1F6G9J3K5M${100 + place}` : null },
    title: known ? titles[place % titles.length]! : '',
    ...(outcome === 'failed' ? faults[place % 2]! : { field: '', problem: '' }),
  }
}

export function buildRun(importId: string, change: Partial<ImportLook> = {}): ImportLook {
  const dry = change.dry ?? true
  const rows = Array.from({ length: 14 }, (_, place) => buildRow(place, dry))
  const count = (outcome: ImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  return {
    ...{ importId, dry, stage: 'done', createdAt: noon, doneAt: noon, fileName: '2026 年 12 月资料清单.csv' },
    ...{ csvUploadId: 'up1', problem: null, about: '', of: rows.length, done: rows.length, failed: count('failed') },
    counts: {
      ...{ new: count('new'), new_version: count('new_version'), changed: count('changed') },
      ...{ unchanged: count('unchanged'), failed: count('failed') },
    },
    ...{ rows, next: null },
    ...change,
  }
}

export const startImports = (): ImportMood => ({
  files: [
    { name: '研究摘要.pdf', purpose: 'content', stored: true },
    { name: '剂量卡片.png', purpose: 'card', stored: false },
    { name: '给药周期.pdf', purpose: 'content', stored: false },
  ],
  ...{ unknown: ['备注'], listProblem: null, running: 0 },
  runs: {
    dry1: buildRun('dry1'),
    run1: buildRun('run1', { dry: false, createdAt: new Date(noon.getTime() - 3_600_000) }),
    bad1: buildRun('bad1', {
      ...{ stage: 'failed', problem: 'heading_missing', about: 'title', of: null, done: 0, failed: 0, rows: [] },
      ...{ counts: { new: 0, new_version: 0, changed: 0, unchanged: 0, failed: 0 } },
      createdAt: new Date(noon.getTime() - 7_200_000),
    }),
  },
})

const summaryOf = ({ rows: _rows, next: _next, ...summary }: ImportLook): ImportSummary => summary

/** The endpoints of imports. */
export const importAnswers = (mood: ImportMood, body: Record<string, unknown>): Record<string, () => object> => ({
  imports() {
    const importId = body['dry'] ? 'dry2' : 'run2'
    mood.runs[importId] = buildRun(importId, { dry: Boolean(body['dry']) })
    return { importId }
  },
  'imports/lists': () => ({
    ...{ fileName: '2026 年 12 月资料清单.csv', rows: mood.listProblem ? 0 : 14, problem: mood.listProblem },
    ...{ about: mood.listProblem ? 'title' : '', unknown: mood.unknown, files: mood.listProblem ? [] : mood.files },
  }),
  'imports/list': () => ({ imports: Object.values(mood.runs).map(summaryOf), next: null }),
  'imports/look': () => look(mood, body),
})

function look(mood: ImportMood, { importId, failedOnly }: Record<string, unknown>): object {
  const run = mood.runs[String(importId)]
  if (!run) return {}
  if (mood.running > 0) {
    mood.running -= 1
    return { ...run, stage: 'running', done: 5, doneAt: null, rows: run.rows.slice(0, 5) }
  }
  return { ...run, rows: run.rows.filter((row) => !failedOnly || row.outcome === 'failed') }
}
