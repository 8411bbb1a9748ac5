import type { Kysely } from 'kysely'
import { encodeTime } from 'ulid'
import type { Database } from '../../db/schema.ts'
import { loadPolicy } from '../../policy/queries.ts'

/** How far clocks of two instances may be apart in what an id tells of its time. */
const skewMs = 60_000

/** Sends of a piece that were authorised within the life of a ticket and of which the client has not told the outcome. */
export async function findInFlight(db: Kysely<Database>, contentItemId: string, now: Date) {
  const { ticketSeconds } = await loadPolicy(db, now)
  const since = new Date(now.getTime() - ticketSeconds * 1_000)
  const rows = await inFlightRows(db, contentItemId)
    .where('send.id', '>=', encodeTime(since.getTime() - skewMs, 10))
    .where('send.decidedAt', '>', since)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('fact')
            .select('fact.factId')
            .whereRef('fact.sendId', '=', 'send.id')
            .where('fact.kind', 'in', ['K', 'C', 'F']),
        ),
      ),
    )
    .execute()
  return rows.map((row) => asInFlight(row, ticketSeconds))
}

/** The same sends again, for an answer that is repeated. */
export async function loadInFlight(db: Kysely<Database>, contentItemId: string, sendIds: string[], now: Date) {
  if (sendIds.length === 0) return []
  const { ticketSeconds } = await loadPolicy(db, now)
  const rows = await inFlightRows(db, contentItemId).where('send.id', 'in', sendIds).execute()
  return rows.map((row) => asInFlight(row, ticketSeconds))
}

function inFlightRows(db: Kysely<Database>, contentItemId: string) {
  return db
    .selectFrom('send')
    .innerJoin('person', 'person.id', 'send.repId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .select(['send.id as sendId', 'send.repId', 'send.kind', 'send.decidedAt as at'])
    .select(['person.name as rep', 'account.name as doctor'])
    .where('send.contentItemId', '=', contentItemId)
    .where('send.outcome', '=', 'authorised')
    .orderBy('send.id')
}
type InFlightRow = Awaited<ReturnType<ReturnType<typeof inFlightRows>['execute']>>[number]

const asInFlight = ({ doctor, ...row }: InFlightRow, ticketSeconds: number) => ({
  ...row,
  doctor: doctor ?? '',
  until: new Date(row.at.getTime() + ticketSeconds * 1_000),
})
