import { decideContentStep, type ContentStepFacts, type StepRefusal } from '@vouch/rules'
import type { BulkActTable } from '../../db/tables/bulk.ts'
import { officeWriters } from '../../office-writers.ts'
import { holdsOne } from '../../people/role-queries.ts'

type Row = Pick<ContentStepFacts, 'state' | 'class' | 'ownerId' | 'effectiveAt' | 'expiresAt'> & {
  source: 'own' | 'vault'
}
type Who = { personId: string; roles: readonly string[] }

const acts: readonly BulkActTable['act'][] = ['submit', 'withdraw', 'tag']
/** Who asks, and where the version stands; whether it is fit is seen when it is done. */
const barring: readonly StepRefusal['reason'][] = ['wrong_role', 'wrong_state', 'not_owner']

/** What a list offers this person to do with a version and others at once. */
export function bulkActsFor({ personId, roles }: Who, row: Row, now: Date): BulkActTable['act'][] {
  if (!holdsOne(roles, officeWriters)) return []
  const facts = {
    ...{ actorId: personId, roles, submittedBy: row.ownerId, steps: [], signatures: [], step: null },
    ...{ statementHash: '', signedHash: null, pagesReady: true, reason: '-', reauthenticatedAt: null },
    ...{ openVersion: false, held: false },
    text: { title: '', cardTitle: '', cardDesc: '', body: '', kind: 'document' as const },
  }
  return acts.filter((action) => {
    const decided = decideContentStep({ ...facts, ...row, action }, now)
    return decided.allowed || decided.refusals.every(({ reason }) => !barring.includes(reason))
  })
}
