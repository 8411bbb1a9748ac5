import type { HomePart, HomePartFound } from '@vouch/contract'

const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour)
const row = (rowId: string, title: string, hours: number, days: number | null, by = '') => ({
  ...{ rowId, title, titleEn: title, by, at: ago(hours), count: null },
  dueAt: days === null ? null : ago(hours - days * 24),
})
const part = (
  name: HomePart,
  { count, pressing = 0, days = 3 as number | null }: { count: number; pressing?: number; days?: number | null },
  rows: HomePartFound['rows'],
): HomePartFound => ({
  ...{ part: name, outcome: 'read', count, more: count >= 200, pressing, days, oldestAt: rows[0]?.at ?? null, rows },
})

/** A full morning of somebody who does several things. */
export const fullHome = {
  now: new Date(),
  parts: [
    part('safety', { count: 2, pressing: 1, days: 1 }, [
      row('r1', 'S7KQ2M9X', 26, 1, '许岚'),
      row('r2', 'S8AB1C2D', 2, 1),
    ]),
    part('review', { count: 5 }, [
      row('i1', 'PD-1 联合化疗一线治疗非小细胞肺癌 III 期研究摘要 v3', 30, 3),
      row('i2', '免疫相关不良反应管理手册 v1', 9, 3),
    ]),
    {
      ...part('expiring', { count: 3, pressing: 1, days: null }, [
        { ...row('i3', '剂量与给药周期 v4', 0, null), dueAt: ago(-47) },
        { ...row('i4', '旧版折页 v2', 0, null), dueAt: ago(-300) },
      ]),
      oldestAt: null,
    },
    part('unmatched', { count: 200, days: 7 }, [
      { ...row('p1', '王磊', 100, 7), count: 160 },
      { ...row('p2', '李娜', 50, 7), count: 40 },
    ]),
    { ...part('papers', { count: 0 }, []), outcome: 'failed' as const },
    part('notices', { count: 1, days: 1 }, [
      { ...row('n1', '医生的同意和撤回', 3, 1, '李娜'), titleEn: 'What doctors decided' },
    ]),
  ],
  numbers: {
    ...{ fromDay: '2026-10-23', untilDay: '2026-11-21', countedUntil: ago(1), passed: 412, refused: 38, reasons: [] },
    classes: {
      proven: 0,
      opened: 264,
      client: 120,
      unknown: 9,
      cancelled: 12,
      failed: 4,
      not_sent: 0,
      exception: 1,
      open: 2,
    },
    ...{ links: 390, opened: 264, asked: 41, agreed: 30, declined: 4 },
  },
  numbersFailed: false,
}

const kinds = [
  ['safety', '不良反应报告', 'Adverse reactions', true],
  ['review', '等您签名的资料', 'Pieces that wait for you', false],
  ['policy_decided', '规则修改的结果', 'What became of changes of rules', false],
] as const

/** What the office is told of, and what did not arrive. */
export function noticeAnswer(path: string): object | undefined {
  if (path === 'notices/failed') {
    const name = { zh: '医生的同意和撤回', en: 'What doctors decided' }
    const problems = ['unknown_member', 'gave_up', 'left'] as const
    const rows = problems.map((problem, nth) => ({
      ...{ noticeId: `n${nth}`, name, to: '李娜', owedAt: ago(5), attempts: nth * 12, problem },
      maySend: problem !== 'left',
    }))
    return { rows, next: null }
  }
  if (path !== 'notices' && path !== 'notices/choices') return undefined
  const fixed = { zh: '关系患者安全，不能关闭', en: 'It concerns the safety of patients and cannot be switched off' }
  return {
    kinds: kinds.map(([kind, zh, en, isFixed]) => ({
      ...{ kind, name: { zh, en }, pace: 'now', fixed: isFixed ? fixed : null, atNight: isFixed },
    })),
    ...{ quietFrom: 1_320, quietUntil: 480 },
  }
}
