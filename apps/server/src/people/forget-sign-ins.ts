import type { Deps } from '../deps.ts'

/** Job: sign-ins older than a day are of no use to anybody. */
export async function forgetSignIns({ db, now }: Deps): Promise<void> {
  await db
    .deleteFrom('signIn')
    .where('startedAt', '<', new Date(now().getTime() - 86_400_000))
    .execute()
}
