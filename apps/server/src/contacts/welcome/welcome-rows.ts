import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import type { openGate } from '../../sends/authorise-send.ts'
import type { appendFact } from '../../sends/append-fact.ts'
import { sha256 } from '../../secrets.ts'

/** What other rooms do in a welcome; whoever starts the worker hands it in. */
export type Others = {
  /** The gate every send goes through. */
  gate: ReturnType<typeof openGate>
  appendFact: typeof appendFact
  /** Asks WeCom about a rep whose proof may be old. */
  proveEmployed: (rep: { id: string; wecomUserId: string }) => Promise<void>
  /** Their newest word on receiving is a yes that counts. */
  hasAgreed: (accountId: string) => Promise<boolean>
}

export const by: Actor = { kind: 'system', id: 'serve-welcomes' }
/** Whoever died with a welcome in hand leaves it to the next after this; a call to WeCom is over by then. */
const claimMs = 6_000

const columns = ['digest', 'changeType', 'userId', 'externalUserId', 'scanState', 'welcomeCode', 'occurredAt'] as const

/** Messages whose welcome is due, each given to one of those who ask at the same time. */
export function claimWelcomes(deps: Pick<Deps, 'db' | 'now'>, most: number): Promise<DueWelcome[]> {
  return transact(deps.db, async (trx) => {
    const now = deps.now()
    const due = await dueOf(trx, now, most).forUpdate().execute()
    if (due.length > 0) await lookAgain(trx, digests(due), new Date(now.getTime() + claimMs))
    return due
  })
}

const dueOf = (trx: Transaction<Database>, now: Date, most: number) =>
  trx.selectFrom('callbackEvent').select(columns).where('welcomeAt', '<=', now).orderBy('welcomeAt').limit(most)
export type DueWelcome = Awaited<ReturnType<ReturnType<typeof dueOf>['execute']>>[number]

const digests = (due: readonly DueWelcome[]): string[] => due.map(({ digest }) => digest)

async function lookAgain(trx: Kysely<Database>, which: readonly string[], at: Date | null): Promise<void> {
  await trx.updateTable('callbackEvent').set({ welcomeAt: at }).where('digest', 'in', which).execute()
}

const postponeWelcome = ({ db, now }: Pick<Deps, 'db' | 'now'>, due: DueWelcome, waitMs: number): Promise<void> =>
  lookAgain(db, [due.digest], new Date(now().getTime() + waitMs))

/** One attempt at a welcome. `triedAt` is when an earlier one was handed to WeCom, of which nothing was heard. */
type BegunWelcome = { codeHash: string; attempts: number; triedAt: Date | null }

/**
 * Takes a welcome in hand: one row for a code, whoever asks first; the others get undefined. The message is marked as
 * looked at for good once its welcome is settled.
 */
export function beginWelcome(
  deps: Pick<Deps, 'db' | 'now'>,
  due: DueWelcome,
  about: { repId: string | null; contactCodeId: string | null },
): Promise<BegunWelcome | undefined> {
  const codeHash = sha256(due.welcomeCode)
  return transact(deps.db, async (trx) => {
    const now = deps.now()
    const ownedUntil = new Date(now.getTime() + claimMs)
    const inserted = await trx
      .insertInto('welcome')
      .ignore()
      .values({
        ...{ codeHash, digest: due.digest, ...about, externalUserId: due.externalUserId, life: 'sending' },
        ...{ errcode: null, sendId: null, attempts: 1, triedAt: null, ownedUntil, settledAt: null },
        ...{ occurredAt: due.occurredAt, beganAt: now },
      })
      .executeTakeFirst()
    if (Number(inserted.numInsertedOrUpdatedRows) === 1) return { codeHash, attempts: 1, triedAt: null }

    const known = await trx
      .selectFrom('welcome')
      .select(['attempts', 'triedAt', 'ownedUntil', 'settledAt'])
      .where('codeHash', '=', codeHash)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (known.settledAt) await lookAgain(trx, [due.digest], null)
    if (known.settledAt || known.ownedUntil > now) return undefined
    const attempts = known.attempts + 1
    await trx.updateTable('welcome').set({ attempts, ownedUntil }).where('codeHash', '=', codeHash).execute()
    return { codeHash, attempts, triedAt: known.triedAt }
  })
}

type SaidWelcome = { wording: string; sendId: string | null; asksConsent: boolean }

/** Remembered before WeCom is asked, so that whatever becomes of the call is about these words. */
export async function noteTried({ db, now }: Pick<Deps, 'db' | 'now'>, codeHash: string, said: SaidWelcome) {
  await db
    .updateTable('welcome')
    .set({ ...said, triedAt: now() })
    .where('codeHash', '=', codeHash)
    .where('settledAt', 'is', null)
    .execute()
}

/** Leaves a welcome for another attempt; `untried` when WeCom said that it took nothing. */
export async function leaveWelcome(
  deps: Pick<Deps, 'db' | 'now'>,
  due: DueWelcome,
  { waitMs, untried = false }: { waitMs: number; untried?: boolean },
): Promise<void> {
  await deps.db
    .updateTable('welcome')
    .set({ ownedUntil: deps.now(), ...(untried ? { triedAt: null } : {}) })
    .where('codeHash', '=', sha256(due.welcomeCode))
    .execute()
  await postponeWelcome(deps, due, waitMs)
}

type Life = Exclude<Database['welcome']['life'], 'sending'>

/** What became of it, once; with the send it carried: K when WeCom took it, F when it refused (assurance.md 2.2). */
export function settleWelcome(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  { appendFact }: Pick<Others, 'appendFact'>,
  due: DueWelcome,
  { codeHash, life, errcode = null }: { codeHash: string; life: Life; errcode?: number | null },
): Promise<void> {
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const welcome = await lockWelcome(trx, codeHash)
    await lookAgain(trx, [due.digest], null)
    if (welcome.settledAt) return
    await trx
      .updateTable('welcome')
      .set({ life, errcode, settledAt: at, ownedUntil: at })
      .where('codeHash', '=', codeHash)
      .execute()
    const { repId, contactCodeId, sendId, asksConsent } = welcome
    // Of what nobody knows its deadline says so.
    if (sendId && repId && asksConsent && life !== 'unknown')
      await appendFact(trx, {
        ...{ sendId, kind: life === 'sent' ? 'K' : 'F', factId: 'welcome', author: repId, at, clientAt: null },
        ...{ seenExternalUserId: due.externalUserId, code: life === 'sent' ? '' : `${life} ${errcode ?? ''}`.trim() },
      })
    await appendAudit(trx, deps.newId(), by, at, {
      event: life === 'sent' ? 'welcome.sent' : 'welcome.not_sent',
      subjectId: due.externalUserId,
      detail: { repId, life, errcode, contactCodeId, sendId },
    })
  })
}

const lockWelcome = (trx: Transaction<Database>, codeHash: string) =>
  trx
    .selectFrom('welcome')
    .select(['settledAt', 'sendId', 'repId', 'contactCodeId', 'asksConsent'])
    .where('codeHash', '=', codeHash)
    .forUpdate()
    .executeTakeFirstOrThrow()
