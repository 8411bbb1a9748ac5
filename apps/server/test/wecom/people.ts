import type { Kysely } from 'kysely'
import type { Database } from '../../src/db/schema.ts'

/** A rep, proved at `provedAt`; the userid is also the id. */
export async function addRep(db: Kysely<Database>, id: string, provedAt: Date | null, role = 'rep'): Promise<void> {
  const person = { id, wecomUserId: id, wecomUserKey: id.toLowerCase(), name: id, status: 'active' as const }
  const rest = { employmentProvedAt: provedAt, leftAt: null, filingNumber: null, filedUntil: null }
  await db
    .insertInto('person')
    .values({ ...person, ...rest, createdAt: new Date(0) })
    .execute()
  await db.insertInto('personRole').values({ personId: id, role, until: null }).execute()
}

export async function addSession(db: Kysely<Database>, personId: string, token: string, at: Date): Promise<void> {
  const times = { signedInAt: at, lastSeenAt: at, endedAt: null, endedWhy: null }
  await db
    .insertInto('session')
    .values({ tokenHash: token.padEnd(64, '0'), personId, face: 'rep', ...times })
    .execute()
}

/** A contact the rep follows since before, proved at `provedAt`. */
export async function addFollow(
  db: Kysely<Database>,
  repId: string,
  externalUserId: string,
  provedAt: Date | null,
): Promise<void> {
  const contact = { externalUserId, nickname: externalUserId, accountId: null, matchedBy: null, matchedAt: null }
  await db
    .insertInto('externalContact')
    .ignore()
    .values({ ...contact, createdAt: new Date(0) })
    .execute()
  await db
    .insertInto('contactFollow')
    .values({ repId, externalUserId, following: 1, provedAt, endedAt: null })
    .execute()
}

/** Policy as the design's section 7 has it; only the ages of proofs matter here. */
export async function addPolicy(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('policy')
    .values({
      version: 1,
      sendsPerMonth: 4,
      quietFrom: 0,
      quietUntil: 0,
      sameItemDays: 30,
      askAgainDays: 90,
      ticketSeconds: 90,
      unknownAfterSeconds: 300,
      employmentProofMinutes: 15,
      contactProofHours: 24,
      consentDays: null,
      market: 'CN',
      reason: 'first',
      changedBy: null,
      approvedBy: null,
      holdsFrom: new Date(0),
    })
    .execute()
}

/** Empties what these tests write. */
export async function clear(db: Kysely<Database>): Promise<void> {
  const tables = [
    'person',
    'personRole',
    'session',
    'externalContact',
    'contactFollow',
    'callbackEvent',
    'contactSyncRun',
    'contactSyncRep',
    'contactRepair',
    'auditEntry',
    'policy',
    'media',
    'contentItem',
    'wecomCredential',
  ] as const
  for (const table of tables) await db.deleteFrom(table).execute()
}

export const auditOf = async (db: Kysely<Database>): Promise<string[]> => {
  const rows = await db.selectFrom('auditEntry').select(['event', 'subjectId']).orderBy('id').execute()
  return rows.map((row) => `${row.event} ${row.subjectId}`)
}
