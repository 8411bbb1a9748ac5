import {
  decideConsent,
  newestStatement,
  type CaptureChannel,
  type ConsentPurpose,
  type ConsentRefusal,
  type ConsentStatement,
} from '@vouch/rules'
import type { Insertable, Transaction } from 'kysely'
import { auditRow } from '../audit/append-audit.ts'
import { transact } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Actor, Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { addNotices } from '../outbox/add-notices.ts'
import { sha256 } from '../secrets.ts'
import { writeEvidence, type ConsentEvidence, type ConsentIdentity } from './consent-evidence.ts'
import { consentNotice } from './consent-notices.ts'
import * as q from './consent-queries.ts'

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
  /** When it was said, for what is brought in afterwards; now when left out. */
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

  const { rows, answer } = await decide(deps, trx, { ...asked, accountId: account.id })
  const at = deps.now()
  if (rows.length > 0) await trx.insertInto('consent').values(rows).execute()
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

async function decide(deps: Deps, trx: Transaction<Database>, asked: AskedStatements) {
  const [texts, said] = [await q.findTextHeads(trx), await q.findSaid(trx, asked.accountId)]
  const now = deps.now()
  const rows: (Insertable<Database['consent']> & { statement: ConsentStatement; purpose: ConsentPurpose })[] = []
  const answer: StatedConsents = { accepted: [], refused: [] }
  for (const { purpose, statement, textVersion } of asked.statements) {
    const text = textShown(texts, purpose, textVersion, asked.language)
    const statedAt = asked.statedAt ?? afterAll(now, newestStatement(said, purpose)?.statedAt)
    const decision = decideConsent(
      {
        captured: {
          ...{ purpose, statement, textVersion, statedAt, channel: asked.channel },
          recognised: asked.identity !== 'unknown',
          evidence: asked.evidence.fileHash !== undefined || asked.evidence.source !== undefined,
          confirmed:
            asked.evidence.confirmedBy !== undefined && asked.evidence.confirmedBy !== asked.evidence.enteredBy,
        },
        ofThisPurpose: text !== undefined,
        textVersion: q.activeVersion(texts, purpose, now),
      },
      asked.statedAt ? now : statedAt,
    )
    if (!decision.accepted) {
      answer.refused.push({ purpose, statement, refusals: decision.refusals })
      continue
    }
    const id = deps.newId()
    answer.accepted.push({ id, purpose, statement, textVersion, statedAt })
    rows.push({
      ...{ id, accountId: asked.accountId, purpose, statement, textVersion, statedAt, recordedAt: now },
      ...{ language: asked.language, channel: asked.channel, identity: asked.identity, requestId: asked.requestId },
      textHash: text?.hash ?? sha256(''),
      evidence: writeEvidence(asked.evidence),
    })
  }
  return { rows, answer }
}

/** The words it was about; a no may be about a version nobody knows. */
const textShown = (texts: readonly q.TextHead[], purpose: ConsentPurpose, version: number, language: string) => {
  const candidates = texts.filter((text) => text.purpose === purpose && text.version === version)
  return candidates.find((text) => text.language === language) ?? candidates[0]
}

/** What is said now is the newest, also when clocks of two servers differ or the last word fell into the same ms. */
const afterAll = (now: Date, last: Date | undefined): Date => (last && last >= now ? new Date(last.getTime() + 1) : now)

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
