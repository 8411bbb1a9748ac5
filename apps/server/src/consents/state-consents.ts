import type { CaptureChannel, ConsentPurpose, ConsentRefusal, ConsentStatement } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { auditRow } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { addNotices } from '../outbox/add-notices.ts'
import { sha256 } from '../secrets.ts'
import type { ConsentEvidence, ConsentIdentity } from './consent-evidence.ts'
import { consentNotice } from './consent-notices.ts'
import * as q from './consent-queries.ts'
import { decideStatements } from './decide-statements.ts'

export type AskedStatement = { purpose: ConsentPurpose; statement: ConsentStatement; textVersion: number }

export type AskedStatements = {
  accountId: string
  /** Once for each answer given; a repetition sends the same. */
  requestId: string
  /** The language the text was shown in. */
  language: string
  channel: CaptureChannel
  identity: ConsentIdentity
  evidence: ConsentEvidence
  statements: readonly AskedStatement[]
  /** When it was said, for what is brought in afterwards or waited for a match; now when left out. */
  statedAt?: Date
}

export type StatedConsents = {
  accepted: { id: string; purpose: ConsentPurpose; statement: ConsentStatement; textVersion: number; statedAt: Date }[]
  refused: { purpose: ConsentPurpose; statement: ConsentStatement; refusals: ConsentRefusal[] }[]
}

/**
 * Records what an HCP says about each purpose by itself, in one transaction that asks nobody outside: neither WeCom, nor a
 * vault, nor a job. Its lock is the one each send takes, so a withdrawal is wholly before or wholly after any of 64 sends.
 * A no is never refused. The same request gets the same answer, another body `request_id_reused`; no such account
 * `account_not_found`.
 */
export function stateConsents(deps: Deps, actor: Actor, asked: AskedStatements): Promise<StatedConsents> {
  return transact(deps.db, (trx) => stateWithin(deps, trx, actor, asked))
}

/** The same inside a transaction that decides about more, as the confirmation of a paper does. */
export async function stateWithin(
  deps: Deps,
  trx: Transaction<Database>,
  actor: Actor,
  asked: AskedStatements,
): Promise<StatedConsents> {
  const account = await q.lockAccount(trx, asked.accountId)
  const bodyHash = sha256(JSON.stringify([asked.accountId, asked.language, asked.channel, asked.statements]))
  const repeated = await findAnswer(trx, asked.requestId, bodyHash)
  if (repeated) return repeated

  const [texts, said] = [await q.findTextHeads(trx), await q.findSaid(trx, account.id)]
  const { rows, answer } = decideStatements(deps, { texts, said }, asked)
  const at = deps.now()
  const kept = { accountId: account.id, requestId: asked.requestId }
  if (rows.length > 0)
    await trx
      .insertInto('consent')
      .values(rows.map((row) => ({ ...row, ...kept })))
      .execute()
  const entries = [
    ...rows.map((row) =>
      auditRow(deps.newId(), actor, at, {
        event: `consent.${row.statement}`,
        subjectId: row.id,
        accountId: account.id,
        ...(asked.evidence.reason ? { reason: asked.evidence.reason } : {}),
        detail: {
          purpose: row.purpose,
          textVersion: row.textVersion,
          channel: asked.channel,
          identity: asked.identity,
        },
      }),
    ),
    ...answer.refused.map(({ purpose, refusals }) =>
      auditRow(deps.newId(), actor, at, {
        event: 'consent.refused_statement',
        subjectId: account.id,
        accountId: account.id,
        detail: { purpose, channel: asked.channel, reasons: refusals.map((refusal) => refusal.reason) },
      }),
    ),
  ]
  if (entries.length > 0) await trx.insertInto('auditEntry').values(entries).execute()
  await trx
    .insertInto('consentAnswer')
    .values({
      ...{ requestId: asked.requestId, accountId: account.id, bodyHash, answeredAt: at },
      answer: JSON.stringify(answer),
    })
    .execute()
  await tellReps(deps, trx, at, account, answer)
  return answer
}

async function findAnswer(
  trx: Transaction<Database>,
  requestId: string,
  bodyHash: string,
): Promise<StatedConsents | undefined> {
  const row = await trx
    .selectFrom('consentAnswer')
    .select(['bodyHash', 'answer'])
    .where('requestId', '=', requestId)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.bodyHash !== bodyHash) throw new AppError('request_id_reused')
  const answer = JSON.parse(row.answer) as StatedConsents // written above, its dates as text
  return { ...answer, accepted: answer.accepted.map((one) => ({ ...one, statedAt: new Date(one.statedAt) })) }
}

/** Whoever has this doctor as a contact learns a new word on receiving at once; the reading record is not their matter. */
async function tellReps(
  deps: Deps,
  trx: Transaction<Database>,
  at: Date,
  account: { id: string; name: string },
  answer: StatedConsents,
): Promise<void> {
  const receive = answer.accepted.find((one) => one.purpose === 'receive')
  if (!receive) return
  const words = consentNotice({ doctor: account.name, statement: receive.statement })
  const reps = await q.findFollowers(trx, account.id)
  const notices = reps.map((toPerson) => ({ kind: 'consent' as const, toPerson, subjectId: receive.id, ...words }))
  await addNotices(trx, deps.newId, at, notices)
}
