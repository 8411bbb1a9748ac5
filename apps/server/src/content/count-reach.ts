import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { doctorOf, isCopy, isFile, isLive, sendsOf } from './sends-of-piece.ts'
import type { Stopping } from './withdrawal-queries.ts'

/** Where a piece has gone: who sent it, to how many doctors, how many links show it, how many copies are in chats. */
export async function countReach(db: Kysely<Database>, piece: Stopping, now: Date) {
  const reps = new Set<string>()
  const doctors = new Set<string>()
  const counted = { liveLinks: 0, filesOut: 0, textsOut: 0 }
  for await (const send of sendsOf(db, piece.contentItemId)) {
    reps.add(send.repId)
    doctors.add(doctorOf(send))
    if (isLive(send, piece, now)) counted.liveLinks += 1
    if (isFile(send)) counted.filesOut += 1
    else if (isCopy(send)) counted.textsOut += 1
  }
  return { reps, doctors: doctors.size, ...counted }
}
