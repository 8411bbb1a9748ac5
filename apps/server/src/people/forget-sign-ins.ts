import type { Deps } from '../deps.ts'

/** Job: sign-ins and proofs older than a day are of no use to anybody; what they came to is in the audit trail. */
export async function forgetSignIns({ db, now }: Deps): Promise<void> {
  const before = new Date(now().getTime() - 86_400_000)
  await db.deleteFrom('signIn').where('startedAt', '<', before).execute()
  await db.deleteFrom('proof').where('begunAt', '<', before).execute()
  await db.deleteFrom('attemptCount').where('since', '<', before).execute()
  await db.deleteFrom('localChallenge').where('begunAt', '<', before).execute()
  await db.deleteFrom('localInvite').where('madeAt', '<', before).execute()
}
