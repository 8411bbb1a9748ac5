import type { Kysely } from 'kysely'
import type { Settings } from '../../config.ts'
import type { Database } from '../../db/schema.ts'

export type VerifyFile = { name: string; body: string; setBy: string; setAt: Date | null }

/** Files that prove our domain, those of the environment first. Without a database these are all there are. */
export async function findVerifyFiles(db: Kysely<Database> | null, settings: Settings): Promise<VerifyFile[]> {
  const { WECOM_VERIFY_NAME: name, WECOM_VERIFY_TEXT: body } = settings
  const own = name && body ? [{ name, body, setBy: '', setAt: null }] : []
  const kept = await (db
    ?.selectFrom('verifyFile')
    .select(['name', 'body', 'setBy', 'setAt'])
    .orderBy('name')
    .limit(20)
    .execute() ?? [])
  return [...own, ...kept.filter((file) => file.name !== name)]
}

/** When WeCom last told us something we took; two looks, because what is settled lies by another end of the key. */
export async function findLastEvent(db: Kysely<Database>): Promise<Date | undefined> {
  const events = db.selectFrom('callbackEvent').select('receivedAt')
  const [settled, waiting] = await Promise.all([
    events.where('settledAt', 'is not', null).orderBy('settledAt', 'desc').limit(1).executeTakeFirst(),
    events.where('settledAt', 'is', null).orderBy('receivedAt', 'desc').limit(1).executeTakeFirst(),
  ])
  const times = [settled, waiting].flatMap((row) => row?.receivedAt.getTime() ?? [])
  return times.length > 0 ? new Date(Math.max(...times)) : undefined
}

export function findNote(db: Kysely<Database>, name: string) {
  return db.selectFrom('setupNote').select(['at', 'said']).where('name', '=', name).executeTakeFirst()
}

/** The last sign-in that WeCom answered for, of the last day. */
export async function findLastSignIn(db: Kysely<Database>, face: 'rep' | 'console'): Promise<Date | undefined> {
  const row = await db
    .selectFrom('signIn')
    .select((eb) => eb.fn.max('usedAt').as('at'))
    .where('face', '=', face)
    .where('identity', 'is not', null)
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** Everybody who sends. */
export function findReps(db: Kysely<Database>, now: Date) {
  return db
    .selectFrom('person')
    .innerJoin('personRole', 'personRole.personId', 'person.id')
    .select(['person.name', 'person.wecomUserId'])
    .where('personRole.role', '=', 'rep')
    .where('person.status', '=', 'active')
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .orderBy('person.name')
    .execute()
}
