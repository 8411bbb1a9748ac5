import type { Bulk, BulkAct, BulkRow } from '../api.ts'

const done: Record<BulkAct, string> = { submit: '已提交', withdraw: '已撤回', tag: '已改标签' }
const problems: Record<string, string> = {
  stale_revision: '开始之后又改过，没有提交。请看过再提交',
  internal: '服务有问题，这一份没有做成。请再试一次',
}

/** Words of what is done with many pieces at once. */
export const bulk = {
  choose: (title: string, version: number) => `选择 ${title} v${version}`,
  column: '选择',
  keys: '空格 选择 · Shift 连选',
  all: (count: number) => `全选显示的 ${count} 份`,
  bar: '批量操作',
  chosen: (count: number) => (count === 0 ? '没有选择' : `已选 ${count} 份`),
  clear: '取消选择',
  tooMany: (most: number) => `一次最多 ${most} 份`,
  act: { submit: '提交审批', withdraw: '撤回', tag: '改标签' } satisfies Record<BulkAct, string>,
  sheet: {
    submit: (count: number) => `提交审批：${count} 份`,
    withdraw: (count: number) => `撤回：${count} 份`,
    tag: (count: number) => `改标签：${count} 份`,
  } satisfies Record<BulkAct, (count: number) => string>,
  others: (count: number) => `选中的另外 ${count} 份现在不能这样做，不会动。`,
  submitMeans: '每份草稿按现在的样子交给审批，之后一个字都不能改。不合要求的会留下，并说明原因。',
  withdrawMeans: '逐份撤回，每份都单独记录。批量撤回不指定替代资料；要指定的，请打开那一份撤回。',
  inFlight: '次正在发送，撤回拦不住',
  pieces: '哪些资料',
  title: { submit: '批量提交审批', withdraw: '批量撤回', tag: '批量改标签' } satisfies Record<BulkAct, string>,
  reason: (reason: string) => `原因：${reason}`,
  progress: (settled: number, all: number) => `进行中，已处理 ${settled}/${all} 份`,
  progressLabel: '处理进度',
  over: (stage: Bulk['stage'], act: BulkAct, { did, not, left }: { did: number; not: number; left: number }) =>
    [
      `${stage === 'stopped' ? '已停止' : '全部处理完'}：${did} 份${done[act]}`,
      ...(not > 0 ? [`${not} 份没有做成，原因在下面`] : []),
      ...(left > 0 ? [`${left} 份没有动`] : []),
    ].join('，'),
  stop: '停止',
  stopMeans: '停止后，还没轮到的不再处理；已做的不变。',
  notStopped: '没有停成：',
  notRead: '进度没有读到，正在重试：',
  outcome: ({ outcome, tags }: Pick<BulkRow, 'outcome' | 'tags'>, act: BulkAct, stage: Bulk['stage']) => {
    if (outcome === 'done') return act === 'tag' && !tags ? '本来就是这样' : done[act]
    if (outcome === 'waiting') return stage === 'running' ? '等待' : '没有动'
    return '没有做成'
  },
  problem: (code: string) => problems[code],
  row: (act: BulkAct) => ({ title: '标题', outcome: '结果', why: act === 'tag' ? '标签或原因' : '原因' }),
  tags: {
    add: '加上的标签',
    hint: '可选已用过的；回车加上',
    adds: (count: number, had: number) => (had > 0 ? `加到 ${count} 份，另外 ${had} 份已有` : `加到 ${count} 份`),
    drop: (tag: string) => `不加 ${tag}`,
    dropShort: '不加',
    remove: '去掉的标签',
    held: (count: number) => `${count} 份有`,
    none: '现在没有可去掉的标签',
    means: '标签只用来查找，不在签名的内容里；已批准的也能改，改动都有记录。',
    asked: (add: readonly string[], remove: readonly string[]) =>
      [
        ...(add.length > 0 ? [`加上：${add.join(' · ')}`] : []),
        ...(remove.length > 0 ? [`去掉：${remove.join(' · ')}`] : []),
      ].join('；'),
    changed: (before: readonly string[], after: readonly string[]) =>
      `${before.join(' · ') || '空'} → ${after.join(' · ') || '空'}`,
    takeBack: (count: number) => `改回去：${count} 份`,
    takeBackMeans: '之后又被改过标签的不动。',
    notTakenBack: '没有开始改回：',
    undoing: '把标签改回去',
    undone: '看要改回的那一次',
  },
  caption: '各份资料的结果',
  table: {
    export: '导出 CSV',
    exportFailed: '没有导出：',
    exported: (rows: number, cut: boolean) => (cut ? `已导出前 ${rows} 行，请缩小条件再导` : `已导出 ${rows} 行`),
  },
  notFound: '没有这次批量操作，或者是别人开始的',
}
