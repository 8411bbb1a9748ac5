import { sql } from 'kysely'
import { accountWriters } from '../contacts/accounts/account-roles.ts'
import { matchReviewers } from '../contacts/matching/matching-roles.ts'
import { consentWriters } from '../consents/consent-roles.ts'
import { requestDeciders } from '../evidence/own-data/office-queries.ts'
import { mostCounted, othersOf, waitingSince, type Asked, type Part, type Waiting } from './part.ts'

const days = { requests: 15, unmatched: 7 }
/** So many contacts are looked at for who has most of them. */
const mostContacts = 1_000
const shown = 4

/** Reports nobody has acknowledged: 24 hours, day and night. */
async function findSafety({ db, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('safetyTask')
    .innerJoin('safetyReport', 'safetyReport.id', 'safetyTask.reportId')
    .leftJoin('person as owner', 'owner.id', 'safetyTask.ownerId')
    .select(['safetyTask.reportId as rowId', 'safetyReport.receipt as title', 'safetyTask.awareAt as at', 'owner.name'])
    .where('safetyTask.acknowledgedAt', 'is', null)
    .orderBy('safetyTask.awareAt')
    .orderBy('safetyTask.reportId')
    .limit(mostCounted + 1)
    .execute()
  return waitingSince(
    rows.map(({ name, ...row }) => ({ ...row, by: name ?? '' })),
    at,
    1,
  )
}

async function findRequests({ db, at }: Asked): Promise<Waiting> {
  const rows = await db
    .selectFrom('hcpRequest')
    .select(['id as rowId', 'receipt as title', 'filedAt as at'])
    .where('life', '=', 'waiting')
    .orderBy('filedAt')
    .orderBy('id')
    .limit(mostCounted + 1)
    .execute()
  return waitingSince(rows, at, days.requests)
}

/** Contacts that belong to no doctor yet, by rep: matching them is done in the rep's sidebar. */
async function findUnmatched({ db, at, scope }: Asked): Promise<Waiting> {
  if (scope?.length === 0) return waitingSince([], at, days.unmatched)
  const contacts = db
    .selectFrom('externalContact')
    .innerJoin('contactFollow', 'contactFollow.externalUserId', 'externalContact.externalUserId')
    .innerJoin('person', 'person.id', 'contactFollow.repId')
    .select(['contactFollow.repId', 'person.name', 'externalContact.createdAt', 'externalContact.externalUserId'])
    .where('externalContact.accountId', 'is', null)
    .where('externalContact.waitingMatchId', 'is', null)
    .where('externalContact.erasedAt', 'is', null)
    .where('contactFollow.following', '=', 1)
    .where('person.status', '=', 'active')
    .$if(scope !== null, (rows) =>
      rows.where('contactFollow.repId', 'in', (eb) =>
        eb
          .selectFrom('repTerritory')
          .select('repId')
          .where('territory', 'in', [...(scope ?? [])]),
      ),
    )
    .limit(mostContacts + 1)
  const reps = await db
    .selectFrom(contacts.as('met'))
    .select(['met.repId as rowId', 'met.name as title', sql<number>`count(*)`.as('count')])
    .select((eb) => eb.fn.min('met.createdAt').as('at'))
    .groupBy(['met.repId', 'met.name'])
    .orderBy('count', 'desc')
    .execute()
  const total = reps.reduce((sum, rep) => sum + Number(rep.count), 0)
  const oldest = reps.map((rep) => rep.at).toSorted((one, other) => one.getTime() - other.getTime())[0]
  const found = waitingSince(reps, at, days.unmatched)
  return {
    ...{ ...found, count: Math.min(total, mostContacts), more: total > mostContacts, oldestAt: oldest ?? null },
    rows: found.rows.slice(0, shown).map((row) => ({ ...row, count: Number(row.count) })),
  }
}

const papers = {
  from: 'consentPaper',
  by: 'enteredBy',
  since: 'enteredAt',
  waits: ['stage', 'waiting'],
  days: 3,
} as const
const matches = {
  from: 'contactMatch',
  by: 'proposedBy',
  since: 'proposedAt',
  waits: ['life', 'waiting'],
  days: 2,
} as const
const changes = { from: 'accountChange', by: 'repId', since: 'askedAt', waits: ['life', 'waiting'], days: 2 } as const

export const doctorParts: Part[] = [
  { part: 'safety', roles: ['compliance', 'compliance_officer'], find: findSafety },
  { part: 'requests', roles: requestDeciders, find: findRequests },
  { part: 'papers', roles: consentWriters, find: othersOf(papers) },
  { part: 'matches', roles: matchReviewers, find: othersOf(matches) },
  { part: 'account_changes', roles: accountWriters, find: othersOf(changes) },
  { part: 'unmatched', roles: ['compliance', 'compliance_officer', 'manager'], find: findUnmatched },
]
