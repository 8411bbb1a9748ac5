import type { FactLetter, PastRefusal, PastSend, TravelKind, When } from './world-types.ts'

type Told = Partial<PastSend> & { to: string; documentId: string; at: When }

const handed: FactLetter[] = ['A', 'H', 'K']
const opened: FactLetter[] = ['A', 'H', 'K', 'O']

/**
 * Sends that make the point of a doctor, all younger than a month or of note. How many fall into this month is the same
 * on every day: 张伟 2 of 4, 刘颖 4 of 4 by two reps, 黄磊 3 of 4, 高珊 1, everybody else none.
 */
// prettier-ignore
const told: Told[] = [
  { to: 'ZhangWei', documentId: 'DOC-0388', kind: 'news', at: { days: -7, at: '09:30' }, facts: opened, openedAfterMinutes: 22, readPages: 6, readSeconds: 245 },
  { to: 'ZhangWei', documentId: 'IMG-0101', kind: 'image', at: { thisMonth: 1 }, facts: handed, rep: 'lina' },
  { to: 'ZhangWei', documentId: 'ART-0302', at: { thisMonth: 2 }, facts: opened, openedAfterMinutes: 61, readPages: 3, readSeconds: 130, onlyIfBeforeThisMonth: { days: -7, at: '09:30' } },
  { to: 'ZhangWei', documentId: 'DOC-0301', version: 3, at: { days: -33, at: '10:11' }, facts: ['A', 'H'] },

  { to: 'LiuYing', documentId: 'DOC-0417', version: 3, at: { thisMonth: 1 }, facts: opened, openedAfterMinutes: 9, readPages: 12, readSeconds: 540 },
  { to: 'LiuYing', documentId: 'IMG-0102', kind: 'image', at: { thisMonth: 2 }, facts: handed, rep: 'lina' },
  { to: 'LiuYing', documentId: 'ART-0301', at: { thisMonth: 3 }, facts: opened, openedAfterMinutes: 180, readPages: 2, readSeconds: 75 },
  { to: 'LiuYing', documentId: 'DOC-0402', kind: 'file', at: { thisMonth: 4 }, facts: handed, rep: 'lina' },

  { to: 'HuangLei', documentId: 'DOC-0417', version: 3, at: { thisMonth: 1 }, facts: opened, openedAfterMinutes: 40, readPages: 4, readSeconds: 96 },
  { to: 'HuangLei', documentId: 'DOC-0420', at: { thisMonth: 2 }, facts: handed },
  { to: 'HuangLei', documentId: 'VID-0201', kind: 'video', at: { thisMonth: 3 }, facts: ['A', 'H'] },

  { to: 'GaoShan', documentId: 'DOC-0333', version: 2, at: { thisMonth: 2 }, facts: opened, openedAfterMinutes: 15, readPages: 3, readSeconds: 88 },

  { to: 'WangFang', documentId: 'CON-0001', version: 2, at: { days: -3, at: '18:47' }, facts: handed },
  { to: 'ZhaoQiang', documentId: 'CON-0001', version: 2, at: { days: -20, at: '12:15' }, facts: opened, openedAfterMinutes: 24 },
  { to: 'ZhouTao', documentId: 'DOC-0417', version: 2, at: { days: -170, at: '11:20' }, facts: opened, openedAfterMinutes: 33, readPages: 7, readSeconds: 300 },
  { to: 'HanXue', documentId: 'DOC-0388', kind: 'file', at: { days: -36, at: '15:40' }, facts: ['A', 'H', 'F'], failure: 'sendChatMessage:fail' },
  { to: 'LuoChenxi', documentId: 'DOC-0388', kind: 'file', at: { days: -34, at: '17:25' }, facts: ['A', 'H', 'C'] },
  { to: 'OuyangWenxuan', documentId: 'DOC-0211', version: 2, at: { days: -38, at: '10:50' }, facts: opened, openedAfterMinutes: 12, readPages: 2, readSeconds: 41 },
  { to: 'HuKun', documentId: 'DOC-0198', at: { days: -52, at: '09:55' }, facts: ['A', 'H', 'R+'], rep: 'liuyang-left' },
]

export const toldSends: PastSend[] = told.map(({ to, ...send }, index) => ({
  id: `SEND-T${String(index + 1).padStart(3, '0')}`,
  rep: 'wanglei',
  externalUserId: `wmDemo${to}`,
  version: 1,
  kind: 'news',
  facts: handed,
  ...send,
}))

export const pastRefusals: PastRefusal[] = [
  refused('LiMin', 'DOC-0301', 3, 'news', { days: -2, at: '14:02' }, ['not_opted_in']),
  refused('LiuYing', 'DOC-0388', 1, 'news', { days: -1, at: '17:31' }, ['cap_reached']),
  refused('Unverified', 'DOC-0417', 3, 'news', { days: -4, at: '10:44' }, ['hcp_not_verified', 'not_opted_in']),
  refused('Ayi', 'DOC-0417', 3, 'news', { days: -9, at: '16:18' }, ['other_territory']),
  refused('OuyangWenxuan', 'DOC-0211', 2, 'news', { days: -16, at: '09:37' }, ['content_withdrawn']),
  refused('ChenJie', 'DOC-0420', 1, 'news', { days: -12, at: '11:26' }, ['opted_out']),
]

function refused(
  to: string,
  documentId: string,
  version: number,
  kind: TravelKind,
  at: When,
  reasons: string[],
): PastRefusal {
  return { rep: 'wanglei', externalUserId: `wmDemo${to}`, documentId, version, kind, at, reasons }
}
