import type { NoticeProgress, ReaderRow, Recall } from '../src/api.ts'
import { noon } from './samples.ts'

/** How telling readers stands now; tests change it. */
export type ReaderMood = { recall: Recall; asked: boolean; waiting: number; refuse: boolean }

const minutes = (count: number): Date => new Date(noon.getTime() + count * 60_000)
const piece = '01KAH2D8Y4S7C1F6G9J3K5M100'
const successor = '01KAH2D8Y4S7C1F6G9J3K5M101'

export const startReaders = (): ReaderMood => ({
  recall: {
    ...{ contentItemId: piece, title: '剂量与给药周期', version: 4, lifeState: 'withdrawn', endedAt: noon },
    ...{ reason: '第 3 页的剂量有误', successorId: successor, readers: 4, reachable: 3 },
    inFlight: [
      {
        ...{ sendId: 's1', rep: '王磊', doctor: '张伟', kind: 'news', at: minutes(-1), until: minutes(1) },
        became: 'SENT_CLIENT',
      },
      {
        ...{ sendId: 's2', rep: '李娜', doctor: '', kind: 'file', at: minutes(-1), until: minutes(1) },
        became: 'UNKNOWN',
      },
    ],
    notices: [
      { contentItemId: successor, documentId: 'd', version: 5, title: '剂量与给药周期', kind: 'document' },
      { contentItemId: '01KAH2D8Y4S7C1F6G9J3K5M102', documentId: 'e', version: 1, title: '更正说明', kind: 'article' },
    ],
  },
  ...{ asked: false, waiting: 0, refuse: false },
})

function buildReaders({ asked }: ReaderMood): ReaderRow[] {
  const notice = { title: '剂量与给药周期', askedAt: minutes(5), askedOf: '王磊' }
  const open = { ...notice, standing: 'to_send' as const, sentAt: null, sentBy: '' }
  const rows: Omit<ReaderRow, 'accountId'>[] = [
    {
      ...{ doctor: '张伟', title: '主任医师', hospital: '仁和医院（示例）', how: 'opened', at: minutes(-90) },
      ...{ pages: [1, 2, 3, 7], sentBy: '王磊', rep: '王磊' },
      notice: asked ? { ...notice, standing: 'sent', sentAt: minutes(9), sentBy: '王磊' } : null,
    },
    {
      ...{ doctor: '阿依古丽·买买提', title: '副主任医师', hospital: '示例市第一人民医院肿瘤中心' },
      ...{ how: 'received', at: minutes(-80), pages: [], sentBy: '王磊', rep: '王磊', notice: asked ? open : null },
    },
    {
      ...{ doctor: '李敏', title: '主治医师', hospital: '', how: 'opened', at: minutes(-70), pages: [1] },
      ...{ sentBy: '李娜', rep: '李娜', notice: asked ? { ...open, askedOf: '李娜', standing: 'unknown' } : null },
    },
    {
      ...{ doctor: '赵强', title: '主任医师', hospital: '仁和医院（示例）', how: 'opened', at: minutes(-60) },
      ...{ pages: Array.from({ length: 12 }, (_, page) => page + 1), sentBy: '周涛', rep: null, notice: null },
    },
  ]
  return rows.map((row, place) => ({ accountId: `account-${place}`, ...row }))
}

function progress(mood: ReaderMood): NoticeProgress {
  if (!mood.asked) return { doctors: 0, sent: 0, waiting: 0, asked: [], next: null }
  const waiting = mood.waiting > 0 ? 1 : 0
  mood.waiting -= waiting
  const one = { notice: '剂量与给药周期', askedAt: minutes(5) }
  return {
    ...{ doctors: 3, sent: waiting ? 0 : 1, waiting, next: null },
    asked: [
      { ...one, rep: '王磊', doctors: 2, sent: waiting ? 0 : 1, message: waiting ? 'waiting' : 'told', problem: null },
      { ...one, rep: '李娜', doctors: 1, sent: 0, message: 'failed', problem: 'unknown_member' },
    ],
  }
}

/** The endpoints of readers and notices. */
export const readerAnswers = (mood: ReaderMood): Record<string, () => object> => ({
  'content/recalls': () => mood.recall,
  'content/readers': () => ({ of: 12, readers: mood.recall.readers ? buildReaders(mood) : [], next: null }),
  'content/notices/preview': () => ({
    ...{ doctors: mood.asked ? 0 : 3, reps: mood.asked ? 0 : 2, already: mood.asked ? 3 : 0, unreachable: 1 },
    ...(mood.asked
      ? { rep: '', title: '', text: '' }
      : {
          ...{ rep: '王磊', title: '请转告 2 位医生 Please tell 2：剂量与给药周期' },
          text: '《剂量与给药周期》第 4 版的读者请发送《剂量与给药周期》：张* 主任医师（仁和）、阿* 副主任医师（市一）\nPlease send “剂量与给药周期” to those who read “剂量与给药周期” v4.',
        }),
  }),
  'content/notices/progress': () => progress(mood),
  'content/notices'() {
    if (mood.refuse) return { outcome: 'refused', refusals: [{ reason: 'wrong_role' }] }
    mood.asked = true
    mood.waiting = 1
    return { outcome: 'done', doctors: 3, reps: 2, unreachable: 1 }
  },
})
