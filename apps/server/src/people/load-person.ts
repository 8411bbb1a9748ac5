import type { Output, peopleEndpoints, PersonDetail } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findEntitlement, markOf } from './entitlement-rows.ts'
import { findPersonRow } from './people-queries.ts'
import { findWaiting } from './roles/change-queries.ts'
import { findGranters } from './roles/granters.ts'
import { holdsOne } from './role-queries.ts'
import { repEntitlers } from './roles/people-roles.ts'
import { findHistory } from './roles/history.ts'
import type { Session } from './sessions.ts'

/** One person: what they may do and since when, what they sell and where, and how it came to be. Looking is recorded. */
export async function loadPerson(
  deps: Deps,
  me: Session,
  { personId }: { personId: string },
): Promise<Output<typeof peopleEndpoints.loadPerson>> {
  const { db } = deps
  const now = deps.now()
  const row = await findPersonRow(db, personId, now)
  if (!row) throw new AppError('not_found')
  const granters = await findGranters(db, now)
  const [history, changes, entitlement, managed, choices] = await Promise.all([
    findHistory(db, personId),
    findWaiting(db, { granters, me: me.personId, personId }),
    findEntitlement(db, personId),
    db.selectFrom('managedTerritory').select('territory').where('personId', '=', personId).execute(),
    findChoices(deps),
  ])
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now, {
      ...{ event: 'person.viewed', subjectId: personId },
    }),
  )
  const mayGrant = granters.ids.includes(me.personId)
  const { products, territories, groups } = entitlement
  return {
    ...{ ...row, holdings: holdingsOf(row, history, mayGrant), changes, history: [...history].reverse() },
    ...{ products, territories, groups, managed: managed.map(({ territory }) => territory).toSorted() },
    ...{ mark: markOf(entitlement), choices, mayGrant, mayEntitle: holdsOne(me.roles, repEntitlers) },
    mayReview: mayGrant && personId !== me.personId,
  }
}

/** Each role of today with the grant it stands on; roles from before grants were kept have none. */
function holdingsOf(
  { roles }: Pick<PersonDetail, 'roles'>,
  history: PersonDetail['history'],
  mayTake: boolean,
): PersonDetail['holdings'] {
  return roles.map(({ role, until }) => {
    const grant = history.findLast((step) => step.what === 'granted' && step.role === role)
    return {
      ...{ role, until, mayTake, since: grant?.at ?? null },
      ...{ askedBy: grant?.askedBy ?? '', approvedBy: grant?.decidedBy ?? '' },
    }
  })
}

async function findChoices({ db }: Deps): Promise<PersonDetail['choices']> {
  const [products, territories, groups] = await Promise.all([
    db.selectFrom('product').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
    db.selectFrom('territory').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
    db.selectFrom('repGroup').select(['code', 'name', 'nameEn']).orderBy('code').execute(),
  ])
  return { products, territories, groups }
}
