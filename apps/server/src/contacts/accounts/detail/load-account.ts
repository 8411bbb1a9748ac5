import type { AccountDetail } from '@vouch/contract'
import { appendAudit } from '../../../audit/append-audit.ts'
import { loadStanding } from '../../../consents/load-standing.ts'
import { csvTime } from '../../../csv.ts'
import { transact } from '../../../db/database.ts'
import type { Deps } from '../../../deps.ts'
import type { Session } from '../../../people/sessions.ts'
import { findRecordIds } from '../../../merged-records.ts'
import { asBrief } from '../account-briefs.ts'
import * as q from './detail-queries.ts'
import { loadAccountScope, refuseForeign } from '../account-scope.ts'
import { holdsOne } from '../../../people/role-queries.ts'

/** Who reads consents besides, see consents/consent-roles.ts. */
const consentReaders = ['compliance', 'compliance_officer', 'auditor', 'manager']

/** One doctor as the company knows them: who they are, how that is known, who serves and knows them. Looking is recorded. */
export async function loadAccount(deps: Deps, me: Session, accountId: string): Promise<AccountDetail> {
  const { db, now } = deps
  const scope = await loadAccountScope(deps, me)
  const account = await q.findAccount(db, accountId)
  refuseForeign(scope, account)
  const records = await findRecordIds(db, accountId)
  const today = csvTime(now()).slice(0, 10)
  const [assignments, relations, standings, sends, duplicates, merges, trail, choices] = await Promise.all([
    q.findAssignments(db, records, today),
    q.findRelations(db, accountId),
    loadStanding(db, accountId, now()),
    q.countSends(db, records),
    // They may be of another territory.
    scope.own ? [] : q.findDuplicates(db, accountId),
    q.findMerges(db, accountId, scope.mayWrite),
    q.findTrail(db, accountId),
    q.findChoices(db),
  ])
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now(), {
      ...{ event: 'accounts.viewed', subjectId: accountId, accountId },
    }),
  )
  const { corrected, verifier, mergedIntoDoctor, ...rest } = asBrief(account!) // refused above when there is none
  return {
    ...{ ...rest, verifiedBy: verifier ?? '', mergedIntoDoctor: mergedIntoDoctor ?? '' },
    corrected: corrected.split(',').filter(Boolean) as AccountDetail['corrected'], // as correct-account.ts wrote them
    ...{ assignments, relations, sends, duplicates, merges, trail, ...choices },
    standings: standings.map(({ purpose, standing }) => ({ purpose, standing: standing.state, since: standing.since })),
    mayWrite: scope.mayWrite && account?.mergedInto === null,
    mayReadConsents: holdsOne(scope.roles, consentReaders),
  }
}
