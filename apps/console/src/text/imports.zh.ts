import type { ImportRow, ImportSummary } from '../api.ts'
import { dayAndClock } from './format.ts'
import { wordingFields } from './wording.zh.ts'

type Outcome = ImportRow['outcome']

/** Columns of a list, as its template calls them. */
const columns: Record<string, string> = {
  document_id: wordingFields.documentId,
  kind: wordingFields.kind,
  title: wordingFields.title,
  short_title: wordingFields.shortTitle,
  class: wordingFields.class,
  product: wordingFields.product,
  market: wordingFields.market,
  language: wordingFields.language,
  approval_number: wordingFields.approvalNumber,
  file: '文件',
  body: wordingFields.body,
  script: wordingFields.scriptPieces,
  card_title: wordingFields.cardTitle,
  card_desc: wordingFields.cardDesc,
  card: '卡片图片',
  poster: '封面',
  aliases: wordingFields.aliases,
  tags: wordingFields.tags,
  audience: wordingFields.audience,
  hospital_grades: wordingFields.hospitalGrades,
  territories: wordingFields.territories,
  rep_groups: wordingFields.repGroups,
  ways: wordingFields.ways,
  may_forward: wordingFields.mayForward,
  first_day: wordingFields.effectiveAt,
  last_day: wordingFields.expiresAt,
  change_note: wordingFields.changeNote,
  sha256: wordingFields.fileHash,
}

/** What is wrong with a row, after the name of its column. */
const rowProblems: Record<string, string> = {
  missing: '没有填写',
  not_valid: '格式不对或太长',
  not_known: '没有这个值',
  twice: '同一份资料在清单里出现了两次',
  kind_changed: '已有的资料不能改变类型',
  no_such_file: '没有上传这个文件',
  file_not_fit: '文件不能用于这种类型',
  open_version_exists: '已有人在编辑或审批这份资料的新版本',
  refused: '系统没有接受这一步',
}

const listProblems: Record<string, string> = {
  list_encoding: '读不出文字。请在 Excel 或 WPS 里另存为“CSV UTF-8”',
  list_broken: '有一个引号没有配对',
  list_empty: '清单里没有内容',
  list_too_long: '清单超过 1 万行，请分成几份',
  heading_twice: '同一列出现了两次',
  heading_missing: '缺少必需的列',
  wrong_role: '您现在没有内容编辑的角色',
}

const outcomes: Record<'dry' | 'real', Record<Outcome, string>> = {
  dry: { new: '会新建', new_version: '会新建版本', changed: '会修改草稿', unchanged: '没有变化', failed: '出错' },
  real: { new: '已新建', new_version: '已新建版本', changed: '已修改草稿', unchanged: '没有变化', failed: '出错' },
}

const column = (field: string): string => columns[field] ?? field

/** Words of bringing in many pieces by a list. */
export const imports = {
  title: '导入',
  open: '导入',
  back: '回到导入记录',
  create: '新导入',
  template: '下载模板',
  templateNote: '模板的第二行写着每一列填什么，导入时会跳过它。',
  list: '清单',
  listNote: 'CSV，Excel 和 WPS 都能另存。每行一份资料。',
  listKept: (name: string, rows: number) => `${name} · ${rows} 行`,
  listGone: '清单保留 7 天，这份已经不在了。请重新选择。',
  listProblem: (code: string, about: string) => {
    const what = columns[about] ?? (/^\d+$/.test(about) ? `第 ${about} 行` : about)
    return `${listProblems[code] ?? code}${about ? `（${what}）` : ''}`
  },
  notRead: '这份清单读不了：',
  unknown: (headings: readonly string[]) => `这些列不认识，不会导入：${headings.join('、')}`,
  files: '文件',
  filesNote: '选清单旁边的文件夹就行，只上传清单提到的文件。刷新后再选一次，已传的不会重传。',
  named: (all: number, missing: number) => {
    if (all === 0) return '清单没有提到文件'
    return missing === 0 ? `清单提到 ${all} 个文件，都已上传` : `清单提到 ${all} 个文件，还缺 ${missing} 个`
  },
  missing: '还缺的文件',
  more: (count: number) => `另 ${count} 个`,
  folder: '选择文件夹',
  chooseFiles: '选择文件',
  unnamed: (count: number) => `另有 ${count} 个文件清单没有提到，没有上传`,
  noneNamed: '选的文件里没有清单还缺的',
  twice: (names: readonly string[]) => `选了几个同名的文件，不知道用哪个，没有上传：${names.join('、')}`,
  queue: (settled: number, all: number) => `正在上传 ${settled}/${all}`,
  queueHeld: (settled: number, all: number) => `已暂停，传了 ${settled}/${all}`,
  queueDone: (stored: number, all: number) =>
    stored === all ? `${all} 个文件都已上传` : `${all} 个文件里上传了 ${stored} 个`,
  notStored: '没有上传的',
  tryAgain: '重传没成功的',
  dry: '试运行',
  dryNote: '先试一遍，什么都不会改。',
  dryMissing: (missing: number) => `还缺 ${missing} 个文件，用到它们的行会出错。`,
  wait: '等文件传完',
  kind: (dry: boolean): string => (dry ? '试运行' : '正式导入'),
  stages: { waiting: '排队中', running: '进行中', done: '已完成', failed: '没有完成' } as Record<
    ImportSummary['stage'],
    string
  >,
  progress: (done: number, of: number | null) => (of === null ? '正在读清单' : `已处理 ${done}/${of} 行`),
  progressLabel: '导入进度',
  run: (rows: number) => `正式导入 ${rows} 行`,
  runNote: (failed: number) =>
    failed > 0 ? `出错的 ${failed} 行会跳过。导入的都是草稿，还要提交审批。` : '导入的都是草稿，还要提交审批。',
  nothing: '没有要导入的行。',
  again: '用这份清单再试一遍',
  addFiles: '补文件',
  corrected: '选改好的清单',
  errors: '下载出错的行',
  errorsNote: '在下载的表里改好，直接作为新清单导入。',
  drafts: '看我的草稿',
  dryDone: '试运行完成，什么都没有改。',
  done: '导入完成。',
  failed: '没有完成：',
  counts: '结果',
  outcome: (outcome: Outcome, dry: boolean) => outcomes[dry ? 'dry' : 'real'][outcome],
  show: { label: '显示', all: '全部', failed: '只看出错' },
  rowsCaption: (name: string) => `${name} 各行的结果`,
  row: { line: '行', document: wordingFields.documentId, title: '标题', outcome: '结果', problem: '问题' },
  problem: (field: string, problem: string) =>
    [field && column(field), rowProblems[problem] ?? problem].filter(Boolean).join('：'),
  noRows: '还没有结果',
  noFailed: '没有出错的行',
  rowsShown: (count: number, more: boolean) => (more ? `已显示 ${count} 行，还有更多` : `共 ${count} 行`),
  moreRows: '更多',
  notFound: '没有这次导入，或者是别人做的',
  onlyAuthors: '只有内容编辑可以导入。',
  caption: '做过的导入，新的在前',
  column: {
    at: '时间 (+08:00)',
    list: '清单',
    kind: '方式',
    stage: '状态',
    new: '新建',
    new_version: '新版本',
    changed: '改草稿',
    unchanged: '没变',
    failed: '出错',
  },
  at: (at: Date) => dayAndClock(at),
  none: '还没有导入过',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 次，还有更早的` : `共 ${count} 次`),
  earlier: '更早的',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '后面的没有读到',
  downloadFailed: '没有下载成功：',
  startFailed: '没有开始：',
}
