import type { consentEndpoints, Input, SettlePaperAnswer } from '@vouch/contract'
import type { Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import type { Session } from '../../people/sessions.ts'
import { activeVersion, findTextHeads, lockAccount } from '../consent-queries.ts'
import { paperRejectedNotice } from '../consent-notices.ts'
import { stateWithin } from '../state-consents.ts'
import { lockPaper, purposesOf, type PaperRow } from './paper-queries.ts'

type Asked = Input<typeof consentEndpoints.settlePaper>

/**
 * A second person, never the first, says whether the scan is what was entered. Confirmed, each purpose becomes a statement
 * by itself under the lock every send takes; what cannot be one is told, and the paper waits on.
 */
export async function settlePaper(deps: Deps, me: Session, asked: Asked): Promise<SettlePaperAnswer> {
  return transact(deps.db, async (trx) => {
    const paper = await lockPaper(trx, asked.paperId)
    const at = deps.now()
    if (isRepeated(paper, me, asked)) return repeatedAnswer(paper)
    const refusals = check(paper, me, asked)
    if (refusals.length > 0) return refuse(deps, trx, { me, paper, at, refusals })
    if (asked.decision === 'reject') {
      await settle(deps, trx, { me, paper, at, stage: 'rejected', reason: asked.reason.trim() })
      if (paper.enteredIn === 'chat') await tellRep(deps, trx, { paper, at, reason: asked.reason.trim() })
      return { outcome: 'rejected' }
    }
    return confirm(deps, trx, { me, paper, at, reason: asked.reason.trim() })
  })
}

type Refusals = Extract<SettlePaperAnswer, { outcome: 'refused' }>['refusals']

const isRepeated = (paper: PaperRow, me: Session, { decision }: Asked): boolean =>
  paper.settledBy === me.personId && paper.stage === (decision === 'confirm' ? 'confirmed' : 'rejected')

const repeatedAnswer = (paper: PaperRow): SettlePaperAnswer =>
  paper.stage === 'confirmed' ? { outcome: 'confirmed', purposes: purposesOf(paper) } : { outcome: 'rejected' }

function check(paper: PaperRow, me: Session, asked: Asked): Refusals {
  const refusals: Refusals = []
  if (paper.stage !== 'waiting') refusals.push({ reason: 'settled' })
  if (paper.enteredBy === me.personId) refusals.push({ reason: 'own_entry' })
  if (asked.decision === 'reject' && asked.reason.trim() === '') refusals.push({ reason: 'reason_missing' })
  return refusals
}

type Settling = { me: Session; paper: PaperRow; at: Date }

async function refuse(
  deps: Deps,
  trx: Transaction<Database>,
  { me, paper, at, refusals }: Settling & { refusals: Refusals },
): Promise<SettlePaperAnswer> {
  const reasons = refusals.map((one) => ('reason' in one ? one.reason : `${one.purpose}:${one.refusal.reason}`))
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: 'consent_paper.refused', subjectId: paper.paperId, accountId: paper.accountId, detail: { reasons } },
  })
  return { outcome: 'refused', refusals }
}

/** The text a paper is about is the one that was in force on its day; without one nobody can have agreed. */
async function confirm(
  deps: Deps,
  trx: Transaction<Database>,
  { me, paper, at, reason }: Settling & { reason: string },
): Promise<SettlePaperAnswer> {
  await lockAccount(trx, paper.accountId)
  const texts = await findTextHeads(trx)
  const { accepted, refused } = await stateWithin(
    deps,
    trx,
    { kind: 'admin', id: me.personId },
    {
      ...{ accountId: paper.accountId, requestId: deps.newId(), language: paper.language, statedAt: paper.signedAt },
      ...{ channel: 'paper', identity: 'paper_scan' },
      evidence: {
        ...{ paperId: paper.paperId, fileHash: paper.fileHash },
        ...{ enteredBy: paper.enteredBy, confirmedBy: me.personId },
        ...(paper.enteredIn === 'chat' ? { repId: paper.enteredBy } : {}),
      },
      statements: purposesOf(paper).map((purpose) => ({
        ...{ purpose, statement: 'opted_in' as const },
        textVersion: activeVersion(texts, purpose, endOfDay(paper.signedAt)),
      })),
    },
  )
  if (accepted.length === 0) {
    const refusals = refused.flatMap(({ purpose, refusals: why }) => why.map((refusal) => ({ purpose, refusal })))
    return refuse(deps, trx, { me, paper, at, refusals })
  }
  await settle(deps, trx, { me, paper, at, stage: 'confirmed', reason })
  return { outcome: 'confirmed', purposes: accepted.map((one) => one.purpose) }
}

/** Who entered it in the chat has to ask the doctor again. */
async function tellRep(
  { newId }: Deps,
  trx: Transaction<Database>,
  { paper, at, reason }: { paper: PaperRow; at: Date; reason: string },
): Promise<void> {
  const { name } = await trx
    .selectFrom('account')
    .select('name')
    .where('id', '=', paper.accountId)
    .executeTakeFirstOrThrow()
  const words = paperRejectedNotice({ doctor: name, reason })
  await addNotices(trx, newId, at, [{ kind: 'consent', toPerson: paper.enteredBy, subjectId: paper.paperId, ...words }])
}

const endOfDay = (from: Date): Date => new Date(from.getTime() + 86_400_000 - 1)

async function settle(
  deps: Deps,
  trx: Transaction<Database>,
  { me, paper, at, stage, reason }: Settling & { stage: 'confirmed' | 'rejected'; reason: string },
): Promise<void> {
  await trx
    .updateTable('consentPaper')
    .set({ stage, settledBy: me.personId, settledAt: at, reason })
    .where('id', '=', paper.paperId)
    .execute()
  await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
    ...{ event: `consent_paper.${stage}`, subjectId: paper.paperId, accountId: paper.accountId },
    ...(reason ? { reason } : {}),
    ...{ before: { stage: paper.stage }, after: { stage } },
  })
}
