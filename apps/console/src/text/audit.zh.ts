import type { AuditRow } from '@vouch/contract'

/** What was done and by whom, in Chinese. */
export const audit = {
  title: '审计',
  note: '只增不改：程序没有修改或删除审计的权限。查看和导出审计本身也记下来。',
  caption: '做过的事',
  search: '搜做事的人',
  hint: '同事姓名',
  filter: { event: '做了什么' },
  anyEvent: '全部',
  from: '从',
  until: '到',
  subject: (id: string) => `只看对象 ${id}`,
  doctor: (name: string) => `只看医生 ${name}`,
  column: { at: '时间 (+08:00)', actor: '谁', said: '做了什么', subject: '对象', doctor: '医生', reason: '原因' },
  kinds: { rep: '代表', hcp: '医生', admin: '后台', system: '系统' } satisfies Record<AuditRow['actorKind'], string>,
  everything: '这个对象的全部',
  everyDoctor: '这位医生的全部',
  open: (name: string) => `打开 ${name}`,
  details: '详情',
  more: '更早的',
  export: '导出 CSV',
  exportFailed: '没有导出成功。',
  exported: (rows: number, cut: boolean) => `已导出 ${rows} 条${cut ? '，还有更早的没有导出，请缩小范围' : ''}`,
  none: '还没有记录',
  noHit: '没有找到符合条件的记录',
  shown: (count: number, more: boolean) => (more ? `已显示 ${count} 条，还有更早的` : `共 ${count} 条，到头了`),
  keys: '',
  reloadFailed: '没有刷新成功，下面是之前读取的',
  moreFailed: '更早的记录没有读到',
  entry: (id: string) => `编号 ${id}`,
}
export type AuditText = typeof audit
