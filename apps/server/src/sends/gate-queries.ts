import { sql, type Transaction } from 'kysely'
import { standing, type Later } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import { pieceStatementColumns } from '../statement.ts'
import { consentRows, lookBackMs, pastSendRows, type Pair } from './around-queries.ts'
import { contactsOf, contentColumns, repColumns } from './queries.ts'

/** What the gate reads of a piece: what lists show, what signatures stand for, and the words that leave. */
const gateColumns = [
  ...new Set([...contentColumns, ...pieceStatementColumns, 'contentItem.body' as const]),
  sql<null>`null`.as('scriptPieces'),
]

export type GateAsk = Pair & { contentItemId: string; requestId: string }

/**
 * Everything these sends are decided on, in one round trip: first what `lockContact` locks and the reps, then content
 * under a shared lock, so that a withdrawal or a leave is wholly before or wholly after, then consents and earlier sends,
 * which must be read after the locks are held. Not `patient` fails at once when somebody else holds one of them.
 */
export async function lockGate(trx: Transaction<Database>, asks: readonly GateAsk[], now: Date, patient: boolean) {
  const given = { asks, since: new Date(now.getTime() - lookBackMs) }
  const ask = patient ? askPatiently : askAtOnce
  const [contacts, pieces, saidRows, sendRows] = await ask(trx, given, asks.length)
  return { contacts, pieces, saidRows, sendRows }
}
export type Gate = Awaited<ReturnType<typeof lockGate>>

const gateQuestions = (patient: boolean) =>
  standing((db, later: Later<{ asks: readonly GateAsk[]; since: Date }>, many) => {
    const asks = Array.from({ length: many }, (_, index) => ({
      repId: later(({ asks }) => asks[index]!.repId),
      externalUserId: later(({ asks }) => asks[index]!.externalUserId),
      contentItemId: later(({ asks }) => asks[index]!.contentItemId),
    }))
    const contacts = contactsOf(db, asks)
      .innerJoin('person', 'person.id', 'contactFollow.repId')
      .select(['person.name as repName', ...repColumns])
      .forUpdate()
    return [
      patient ? contacts : contacts.noWait(),
      db
        .selectFrom('contentItem')
        .select(gateColumns)
        .where(
          'id',
          'in',
          asks.map(({ contentItemId }) => contentItemId),
        )
        .modifyEnd(sql`lock in share mode`),
      consentRows(db, asks),
      pastSendRows(
        db,
        asks,
        later(({ since }) => since),
      ),
    ]
  })
const askAtOnce = gateQuestions(false)
const askPatiently = gateQuestions(true)
