import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Actor, Deps } from '../deps.ts'
import { endEmployment, renameMember } from '../people/member-queries.ts'
import { findPersonByUserId } from '../people/queries.ts'
import { askWhetherFollowing } from './ask-wecom.ts'
import { endFollowsOf, type EndReason } from './end-follows.ts'
import { recordHalfFollow } from './record-half-follow.ts'
import type { DueEvent } from './callback-queries.ts'

const by: Actor = { kind: 'system', id: 'settle-callback-events' }

export type Outcome =
  | 'done'
  /** Half a relation, known as one. */
  | 'half'
  | 'no_effect'
  | 'unknown_member'
  | 'not_found'
  /** A message said somebody left or a relation ended, and WeCom itself says they did not. */
  | 'contradicted'
  | 'gave_up'

/** Gives events that say the same of the same pair, or of the same member, their effect: WeCom is asked once for all. */
export async function effectOf(deps: Deps, event: DueEvent): Promise<Outcome> {
  switch (`${event.event}/${event.changeType}`) {
    case 'change_contact/delete_user':
      return settleMember(deps, event, 'contradicted')
    case 'change_contact/update_user':
      return settleMember(deps, event, 'no_effect')
    case 'change_external_contact/add_external_contact':
    case 'change_external_contact/edit_external_contact':
      return settleRelation(deps, event, null)
    case 'change_external_contact/add_half_external_contact':
      return settleHalf(deps, event)
    case 'change_external_contact/del_external_contact':
      return settleRelation(deps, event, event.source === 'DELETE_BY_TRANSFER' ? 'handed_over' : 'rep_deleted')
    case 'change_external_contact/del_follow_user':
      return settleRelation(deps, event, 'hcp_deleted')
    case 'change_external_contact/transfer_fail':
      return noteFailedHandOver(deps, event)
    default:
      return 'no_effect'
  }
}

/** Left, disabled or renamed. `otherwise` is the outcome when WeCom says they are still there. */
async function settleMember(deps: Deps, { userId, newUserId }: DueEvent, otherwise: Outcome): Promise<Outcome> {
  const person = await findPersonByUserId(deps.db, userId)
  if (!person) return 'unknown_member'
  if (person.status === 'active') {
    if (await deps.wecom.isEmployed(person.wecomUserId)) return otherwise
    const renamed = newUserId && (await deps.wecom.isEmployed(newUserId))
    if (renamed && (await renameMember(deps, by, person.id, newUserId))) return 'done'
    await endEmployment(deps, by, person.id)
  }
  // Also for who was found to have left before: an instance may have died half way through their contacts.
  const ended = await endFollowsOf(deps, by, person.id)
  return person.status === 'active' || ended.length > 0 ? 'done' : 'no_effect'
}

async function settleRelation(deps: Deps, event: DueEvent, ends: EndReason | null): Promise<Outcome> {
  const person = await findPersonByUserId(deps.db, event.userId)
  if (!person || !event.externalUserId) return 'unknown_member'
  const follows = await askWhetherFollowing(deps, person, event.externalUserId, { by, learnt: 'event', ends })
  if (ends === null) return follows ? 'done' : 'not_found'
  return follows ? 'contradicted' : 'done'
}

/** The message may be older than the confirmation: a relation that WeCom shows is whole. */
async function settleHalf(deps: Deps, { userId, externalUserId, scanState }: DueEvent): Promise<Outcome> {
  const person = await findPersonByUserId(deps.db, userId)
  if (!person || !externalUserId) return 'unknown_member'
  const told = { by, learnt: 'event' as const, askedAt: deps.now() }
  if (await askWhetherFollowing(deps, person, externalUserId, { ...told, ends: null })) return 'done'
  await recordHalfFollow(deps, told, { repId: person.id, externalUserId, scanState })
  return 'half'
}

/** The relations stay as they are; that the contact was to go to somebody else, and why not, is worth keeping. */
async function noteFailedHandOver(deps: Deps, event: DueEvent): Promise<Outcome> {
  const { digest, userId, externalUserId, failReason } = event
  const person = await findPersonByUserId(deps.db, userId)
  if (!person || !externalUserId) return 'unknown_member'
  await transact(deps.db, async (trx) => {
    const at = deps.now()
    const settled = await trx
      .updateTable('callbackEvent')
      .set({ settledAt: at, outcome: 'done' satisfies Outcome })
      .where('digest', '=', digest)
      .where('settledAt', 'is', null)
      .executeTakeFirst()
    if (settled.numUpdatedRows === 0n) return
    const detail = { repId: person.id, why: failReason }
    const entry = { event: 'contact.hand_over_failed' as const, subjectId: externalUserId, detail }
    await appendAudit(trx, deps.newId(), by, at, entry)
  })
  return 'done'
}
