import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import { endEmployment, renameMember } from '../people/member-queries.ts'
import { findPersonByUserId } from '../people/queries.ts'
import { askWhetherFollowing } from './ask-wecom.ts'

const actor: Actor = { kind: 'system', id: 'settle-callback-events' }
const atOnce = 50
/** WeCom shows a change to its own API some seconds after the message (84061); an event not borne out by then is not. */
const again = [2_000, 5_000, 15_000]
/** A server that died with an event in hand leaves it to the next after this. */
const claimMs = 60_000
const mostAttempts = 20

type Outcome =
  | 'done'
  | 'no_effect'
  | 'unknown_member'
  | 'not_found'
  /** A message said somebody left or a relation ended, and WeCom itself says they did not. */
  | 'contradicted'
  | 'gave_up'
type DueEvent = Awaited<ReturnType<typeof findDue>>[number]

/**
 * Gives received events their effect, once. None has any by itself: WeCom is asked, and what it answers is recorded, so
 * order and repetition do not matter and a forged message changes nothing (assurance.md A39).
 */
export async function settleCallbackEvents(deps: Deps): Promise<void> {
  for (const event of await findDue(deps.db, deps.now())) {
    if (await claim(deps, event)) await settle(deps, { ...event, attempts: event.attempts + 1 })
  }
}

function findDue(db: Kysely<Database>, now: Date) {
  return db
    .selectFrom('callbackEvent')
    .select(['digest', 'event', 'changeType', 'userId', 'newUserId', 'externalUserId', 'attempts'])
    .where('settledAt', 'is', null)
    .where('runAt', '<=', now)
    .orderBy('runAt')
    .limit(atOnce)
    .execute()
}

/** True for exactly one of those who saw the same row. */
async function claim({ db, now }: Deps, { digest, attempts }: DueEvent): Promise<boolean> {
  const claimed = await db
    .updateTable('callbackEvent')
    .set({ attempts: attempts + 1, runAt: new Date(now().getTime() + claimMs) })
    .where('digest', '=', digest)
    .where('settledAt', 'is', null)
    .where('attempts', '=', attempts)
    .executeTakeFirst()
  return claimed.numUpdatedRows === 1n
}

async function settle(deps: Deps, event: DueEvent): Promise<void> {
  let outcome: Outcome
  try {
    outcome = await effectOf(deps, event)
  } catch (fault) {
    deps.log.warn(
      { digest: event.digest, attempts: event.attempts, code: (fault as { code?: unknown }).code },
      'an event waits',
    )
    if (event.attempts < mostAttempts) return later(deps, event, Math.min(2_000 * 2 ** event.attempts, 300_000))
    outcome = 'gave_up' // the hourly and daily proofs find what it said
  }
  const waitMs = again[event.attempts - 1]
  if (waitMs && (outcome === 'not_found' || outcome === 'contradicted')) return later(deps, event, waitMs)
  if (outcome === 'contradicted') tellContradiction(deps, event)
  await deps.db
    .updateTable('callbackEvent')
    .set({ settledAt: deps.now(), outcome })
    .where('digest', '=', event.digest)
    .execute()
}

async function later({ db, now }: Deps, { digest }: DueEvent, waitMs: number): Promise<void> {
  const runAt = new Date(now().getTime() + waitMs)
  await db.updateTable('callbackEvent').set({ runAt }).where('digest', '=', digest).execute()
}

function tellContradiction({ log }: Deps, { digest, event, changeType }: DueEvent): void {
  log.error(
    { alarm: 'callback_contradicted', digest, event, changeType },
    'a signed message said what WeCom denies; if this repeats, change the callback’s token and key',
  )
}

async function effectOf(deps: Deps, event: DueEvent): Promise<Outcome> {
  switch (`${event.event}/${event.changeType}`) {
    case 'change_contact/delete_user':
      return settleMember(deps, event, 'contradicted')
    case 'change_contact/update_user':
      return settleMember(deps, event, 'no_effect')
    case 'change_external_contact/add_external_contact':
    case 'change_external_contact/edit_external_contact':
      return settleRelation(deps, event, 'begins')
    case 'change_external_contact/del_external_contact':
    case 'change_external_contact/del_follow_user':
      return settleRelation(deps, event, 'ends')
    default:
      return 'no_effect'
  }
}

/** Left, disabled or renamed. `otherwise` is the outcome when WeCom says they are still there. */
async function settleMember(deps: Deps, { userId, newUserId }: DueEvent, otherwise: Outcome): Promise<Outcome> {
  const person = await findPersonByUserId(deps.db, userId)
  if (!person) return 'unknown_member'
  if (person.status !== 'active') return 'no_effect'
  if (await deps.wecom.isEmployed(person.wecomUserId)) return otherwise
  if (newUserId && (await deps.wecom.isEmployed(newUserId)) && (await renameMember(deps, actor, person.id, newUserId)))
    return 'done'
  await endEmployment(deps, actor, person.id)
  return 'done'
}

async function settleRelation(
  deps: Deps,
  { userId, externalUserId }: DueEvent,
  says: 'begins' | 'ends',
): Promise<Outcome> {
  const person = await findPersonByUserId(deps.db, userId)
  if (!person || !externalUserId) return 'unknown_member'
  const follows = await askWhetherFollowing(deps, actor, person, externalUserId, says === 'begins' ? 'yes' : 'both')
  if (says === 'begins') return follows ? 'done' : 'not_found'
  return follows ? 'contradicted' : 'done'
}
