import { buildAnswers, buildPiece, start, zhang } from '../test/world.ts'
import type { Answers } from '../test/fake-server.ts'

/** Doctors to switch between: everybody but the first is new to the page. */
export const doctors = Array.from({ length: 6 }, (_, index) => ({ id: `wm-doctor-${index}`, name: `医生${index}号` }))

const pieces = Array.from({ length: 10 }, (_, index) =>
  buildPiece({
    contentItemId: `item-${index}`,
    documentId: `doc-${index}`,
    title: `随访要点第 ${index + 1} 册：评估、记录与复诊安排`,
  }),
)

/** Ten pieces that may all be sent, to whomever the chat is with; the same first answer for every page measured. */
export const answers: Answers = buildAnswers({
  start: () => ({
    ...start,
    now: new Date(),
    pieces: pieces.map((piece) => ({ ...piece, refusals: null, lastSent: null, why: null })),
  }),
  openChat: ({ externalUserId }) => ({
    now: new Date(),
    contact: {
      ...zhang,
      externalUserId,
      account: { ...zhang.account, name: doctors.find(({ id }) => id === externalUserId)?.name ?? externalUserId },
    },
    pieces,
    next: null,
  }),
  preview: ({ contentItemId }) => ({
    piece: pieces.find((piece) => piece.contentItemId === contentItemId) ?? buildPiece({ contentItemId }),
    card: { title: '随访要点', desc: '示例药业 · 仅供医疗卫生专业人士' },
    pages: [],
    ways: [{ kind: 'news', refusals: [] }],
    leftAfter: 1,
    openings: [],
    successor: null,
    withdrawnReason: null,
    approvals: [],
  }),
})
