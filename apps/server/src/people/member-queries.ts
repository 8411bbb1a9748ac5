import type { Kysely, Transaction } from 'kysely'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import { endSessionsOf } from './queries.ts'
import { lockGranters } from './roles/granters.ts'
import { tellLeft } from './roles/role-notices.ts'
import { endRoles } from './roles/role-rows.ts'

type Needs = Pick<Deps, 'db' | 'now' | 'newId'>

async function lockPerson(trx: Transaction<Database>, personId: string) {
  return trx
    .selectFrom('person')
    .select(['status', 'wecomUserId', 'name'])
    .where('id', '=', personId)
    .forUpdate()
    .executeTakeFirst()
}

/**
 * Records that a person left the company and ends all their sessions and roles. Only after WeCom itself said so; a message that
 * says so is not enough (assurance.md A39). Once: false when it was recorded before.
 */
export function endEmployment({ db, now, newId }: Needs, by: Actor, personId: string): Promise<boolean> {
  return transact(db, async (trx) => {
    const at = now()
    const { ids } = await lockGranters(trx, at) // first, as for every change of roles
    const person = await lockPerson(trx, personId)
    if (person?.status !== 'active') return false
    await trx.updateTable('person').set({ status: 'left', leftAt: at }).where('id', '=', personId).execute()
    await endSessionsOf(trx, personId, 'left', at)
    const roles = await endRoles(trx, newId, personId, at)
    await appendAudit(trx, newId(), by, at, { event: 'rep.left', subjectId: personId, detail: { roles } })
    const to = ids.filter((id) => id !== personId)
    await tellLeft(trx, { newId }, at, { to, personId, person: person.name, roles })
    return true
  })
}

/** Records that WeCom knows this person under another userid now. False when somebody else has it. */
export function renameMember(
  { db, now, newId }: Needs,
  by: Actor,
  personId: string,
  wecomUserId: string,
): Promise<boolean> {
  return transact(db, async (trx) => {
    const person = await lockPerson(trx, personId)
    const wecomUserKey = wecomUserId.toLowerCase()
    const taken = await trx
      .selectFrom('person')
      .select('id')
      .where('wecomUserKey', '=', wecomUserKey)
      .executeTakeFirst()
    if (!person || (taken && taken.id !== personId)) return false
    const at = now()
    await trx
      .updateTable('person')
      .set({ wecomUserId, wecomUserKey, employmentProvedAt: at })
      .where('id', '=', personId)
      .execute()
    const detail = { from: person.wecomUserId, to: wecomUserId }
    await appendAudit(trx, newId(), by, at, { event: 'rep.renamed', subjectId: personId, detail })
    return true
  })
}

const minuteMs = 60_000
/** Sending needs a proof of at most 15 min; whoever may be working is asked about well before. */
const workingProofMs = 8 * minuteMs
const restingProofMs = 50 * minuteMs
const workingMs = 24 * 60 * minuteMs

/**
 * People whose proof of employment is to be renewed, the oldest first: reps, and everyone WeCom once vouched for. A
 * local administrator is no member and never asked about.
 */
export function findUnproved(db: Kysely<Database>, now: Date, most: number) {
  const before = (ms: number) => new Date(now.getTime() - ms)
  return db
    .selectFrom('person')
    .select(['person.id', 'person.wecomUserId'])
    .where('person.status', '=', 'active')
    .where((eb) => {
      const isRep = eb.exists(
        eb.selectFrom('personRole').select('role').whereRef('personId', '=', 'person.id').where('role', '=', 'rep'),
      )
      return eb.or([isRep, eb('person.employmentProvedAt', 'is not', null)])
    })
    .where((eb) => {
      const works = eb.exists(
        eb
          .selectFrom('session')
          .select('tokenHash')
          .whereRef('personId', '=', 'person.id')
          .where('endedAt', 'is', null)
          .where('lastSeenAt', '>', before(workingMs)),
      )
      const provedBefore = (ms: number) => eb('person.employmentProvedAt', '<', before(ms))
      return eb.or([
        eb('person.employmentProvedAt', 'is', null),
        provedBefore(restingProofMs),
        eb.and([provedBefore(workingProofMs), works]),
      ])
    })
    .orderBy('person.employmentProvedAt')
    .limit(most)
    .execute()
}
