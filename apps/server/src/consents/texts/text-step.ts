import {
  decideTextStep,
  type TextAction,
  type TextRefusal,
  type TextStepDecision,
  type TextStepFacts,
} from '@vouch/rules'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { findRoles } from '../../people/queries.ts'
import { sha256 } from '../../secrets.ts'
import { statementOfText, type Wording } from '../../consent-statement.ts'
import { findWordings, findWriters, textSubject, type TextVersion } from './text-queries.ts'

export type AskedStep = {
  action: TextAction
  actorId: string
  at: Date
  reason?: string
  activeFrom?: Date | null
  signedHash?: string
  reauthenticatedAt?: Date | null
}

export type ReadText = { text: TextVersion; wordings: Wording[] }

export async function readText(trx: Transaction<Database>, text: TextVersion): Promise<ReadText> {
  return { text, wordings: await findWordings(trx, text.version) }
}

/** What would be signed for it to be in force from then on. */
export const statementToSign = ({ text, wordings }: ReadText, activeFrom: Date | null): string =>
  statementOfText({ ...text, material: Boolean(text.material), activeFrom, wordings })

/** Decides a step under the lock of its version. A refusal is on record. */
export async function decideStep(
  deps: Deps,
  trx: Transaction<Database>,
  read: ReadText,
  asked: AskedStep,
): Promise<TextStepDecision> {
  const decision = decideTextStep(await readFacts(trx, read, asked), asked.at)
  if (!decision.allowed) await recordRefused(deps, trx, asked, read.text.version, decision.refusals)
  return decision
}

/** The facts of the rule, also for what a page may offer. */
export async function readFacts(trx: Transaction<Database>, read: ReadText, asked: AskedStep): Promise<TextStepFacts> {
  const { action, actorId, at, reason = '', activeFrom = null } = asked
  const statementHash = sha256(statementToSign(read, activeFrom))
  return {
    ...{ action, actorId, reason, activeFrom, statementHash, wordings: read.wordings, life: read.text.life },
    roles: await findRoles(trx, actorId, at),
    writers: await findWriters(trx, read.text),
    signedHash: asked.signedHash ?? statementHash,
    reauthenticatedAt: asked.reauthenticatedAt === undefined ? at : asked.reauthenticatedAt,
    openVersion: false,
  }
}

export async function recordRefused(
  deps: Deps,
  trx: Transaction<Database>,
  { action, actorId, at }: AskedStep,
  version: number,
  refusals: readonly TextRefusal[],
): Promise<void> {
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: actorId }, at, {
    ...{ event: 'consent_text.step_refused', subjectId: textSubject(version) },
    detail: { action, reasons: refusals.map(({ reason }) => reason) },
  })
}
