import type { bulkEndpoints, Input, Output } from '@vouch/contract'
import { decideContentStep } from '@vouch/rules'
import type { Insertable } from 'kysely'
import { auditRow } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { countReach } from '../withdrawal/count-reach.ts'
import { findInFlight } from '../withdrawal/in-flight.ts'
import { sendsOf } from '../withdrawal/sends-of-piece.ts'
import { findStopping, loadReach, stopFacts, type Stopping } from '../withdrawal/withdrawal-queries.ts'

type Endpoint = typeof bulkEndpoints.effectOfBulk
type Sums = Record<'liveLinks' | 'filesOut' | 'textsOut' | 'inFlight', number>

/** What withdrawing these would reach together, counted now as for one of them. */
export async function loadBulkEffect(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db } = deps
  const at = deps.now()
  const pieces = await findAllowed(deps, me, [...new Set(asked.contentItemIds)])
  const inReach = await loadReach(db, at)
  const [reps, doctors, repsToTell] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const sums: Sums = { liveLinks: 0, filesOut: 0, textsOut: 0, inFlight: 0 }
  const entries: Insertable<Database['auditEntry']>[] = []
  for (const piece of pieces) {
    const reach = countReach(piece, at)
    for await (const send of sendsOf(db, piece.contentItemId)) reach.add(send)
    const inFlight = (await findInFlight(db, piece.contentItemId, at)).length
    const counted = { ...reach.sum(), inFlight }
    for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += counted[name]
    for (const doctor of reach.doctors) doctors.add(doctor)
    for (const rep of reach.reps) reps.add(rep)
    for (const rep of [...reach.reps, ...inReach(piece)]) repsToTell.add(rep)
    const told = { event: 'content.effect_viewed' as const, subjectId: piece.contentItemId }
    const detail = { reps: counted.reps, doctors: counted.doctors, inFlight }
    entries.push(auditRow(deps.newId(), { kind: 'admin', id: me.personId }, at, { ...told, detail }))
  }
  if (entries.length > 0) await transact(db, (trx) => trx.insertInto('auditEntry').values(entries).execute())
  return { pieces: pieces.length, reps: reps.size, repsToTell: repsToTell.size, doctors: doctors.size, ...sums }
}

/** Those that this person may withdraw now. Throws `wrong_role` where it is not theirs to, as for one of them. */
async function findAllowed({ db, now }: Deps, me: Session, ids: readonly string[]): Promise<Stopping[]> {
  const allowed: Stopping[] = []
  for (const id of ids) {
    const piece = await findStopping(db, id)
    if (!piece) throw new AppError('content_not_found')
    const decided = decideContentStep(stopFacts(piece, { actorId: me.personId, roles: me.roles, reason: '-' }), now())
    if (decided.allowed) allowed.push(piece)
    else if (decided.refusals.some(({ reason }) => reason === 'wrong_role')) throw new AppError('wrong_role')
  }
  return allowed
}
