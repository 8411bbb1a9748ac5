import { doctorOf, isCopy, isFile, isLive, type SentRow } from './sends-of-piece.ts'
import type { Stopping } from './withdrawal-queries.ts'

/** Counts where a piece has gone: who sent it, to how many doctors, how many links show it, how many copies are in chats. */
export function countReach(piece: Stopping, now: Date) {
  const reps = new Set<string>()
  const doctors = new Set<string>()
  const counted = { liveLinks: 0, filesOut: 0, textsOut: 0 }
  return {
    reps,
    doctors,
    add(send: SentRow): void {
      reps.add(send.repId)
      doctors.add(doctorOf(send))
      if (isLive(send, piece, now)) counted.liveLinks += 1
      if (isFile(send)) counted.filesOut += 1
      else if (isCopy(send)) counted.textsOut += 1
    },
    sum: () => ({ reps: reps.size, doctors: doctors.size, ...counted }),
  }
}
