import type { Transaction } from 'kysely'
import { auditRow } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findTextHeads } from '../consent-queries.ts'
import { decideStatements } from '../decide-statements.ts'
import { stateWithin, type AskedStatements, type StatedConsents } from '../state-consents.ts'
import { findContactAnswers, lockAnsweringContact } from './answer-queries.ts'

type AskedOfContact = Omit<AskedStatements, 'accountId' | 'statedAt'> & { externalUserId: string }

/**
 * Records what a recognised contact answers whom nobody has matched yet: an answer is theirs whatever we know of them, and
 * waits for the match. Whoever was matched a moment before states it as an account. The same request is one answer; no
 * such contact `contact_not_found`.
 */
export function keepAnswer(deps: Deps, asked: AskedOfContact): Promise<StatedConsents> {
  return transact(deps.db, async (trx) => {
    const contact = await lockAnsweringContact(trx, asked.externalUserId)
    if (!contact) throw new AppError('contact_not_found')
    const { accountId } = contact
    if (accountId) return stateWithin(deps, trx, { kind: 'hcp', id: accountId }, { ...asked, accountId })
    return keep(deps, trx, asked)
  })
}

async function keep(deps: Deps, trx: Transaction<Database>, asked: AskedOfContact): Promise<StatedConsents> {
  const { externalUserId, requestId, channel, identity } = asked
  const said = await findContactAnswers(trx, externalUserId)
  const repeated = said.filter((row) => row.requestId === requestId)
  if (repeated.length > 0) return { accepted: repeated, refused: [] }

  const { rows, answer } = decideStatements(deps, { texts: await findTextHeads(trx), said }, asked)
  const at = deps.now()
  if (rows.length > 0)
    await trx
      .insertInto('contactAnswer')
      .values(rows.map((row) => ({ ...row, externalUserId, requestId })))
      .execute()
  const actor = { kind: 'hcp' as const, id: externalUserId }
  const entries = [
    ...rows.map(({ id, statement, purpose, textVersion }) =>
      auditRow(deps.newId(), actor, at, {
        event: `consent.${statement}`,
        subjectId: id,
        detail: { externalUserId, purpose, textVersion, channel, identity },
      }),
    ),
    ...answer.refused.map(({ purpose, refusals }) =>
      auditRow(deps.newId(), actor, at, {
        event: 'consent.refused_statement',
        subjectId: externalUserId,
        detail: { purpose, channel, reasons: refusals.map((refusal) => refusal.reason) },
      }),
    ),
  ]
  if (entries.length > 0) await trx.insertInto('auditEntry').values(entries).execute()
  return answer
}
