import type { SendDetail } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { findRecordIds } from '../../merged-records.ts'
import { holdsOne } from '../../people/role-queries.ts'
import { scopeOf } from '../../people/scope.ts'
import type { Session } from '../../people/sessions.ts'
import * as q from './detail-queries.ts'
import { freshRows } from './index-sends.ts'
import { findOfficeSends } from './list-sends.ts'
import { loadOwnSend } from './own-send.ts'
import { linkRevokers } from './send-roles.ts'
import { valuesOf } from './weighed-values.ts'

/** One send with everything that was weighed, and what became of it. Looking is recorded: it shows personal data. */
export async function loadSend(deps: Deps, me: Session, sendId: string): Promise<SendDetail> {
  const { db, now } = deps
  await loadOwnSend(db, sendId, await scopeOf(deps, me))
  await freshRows(deps)
  const [[send], decision] = await Promise.all([findOfficeSends(db, [sendId], now()), q.findDecision(db, sendId)])
  if (!send) throw new AppError('send_not_found')
  const [doctor, facts, policy, said, approvals, revocation] = await Promise.all([
    decision.accountId ? q.findDoctor(db, decision.accountId) : undefined,
    q.findSendFacts(db, sendId),
    q.findPolicy(db, decision.policyVersion),
    decision.accountId ? findSaid(deps, decision.accountId, decision.decidedAt) : undefined,
    q.findApprovals(db, decision.contentItemId),
    q.findRevocation(db, sendId),
  ])
  await transact(db, (trx) =>
    appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, now(), {
      ...{ event: 'sends.viewed', subjectId: sendId, accountId: decision.accountId },
    }),
  )
  const { version, holdsFrom, ...rules } = policy ?? {}
  return {
    ...{ send, requestId: decision.requestId, messageDigest: decision.messageDigest },
    ...doctorOf(doctor),
    facts: facts.map(({ person, doctor: hcp, late, ...fact }) => ({
      ...{ ...fact, late: Boolean(late), author: person ?? hcp ?? fact.author },
    })),
    weighed: valuesOf(decision.weighed),
    policy: version && holdsFrom ? { version, holdsFrom, rules: valuesOf(rules) } : null,
    consent: said ? { ...said, textTitle: said.textTitle ?? '' } : null,
    piece: {
      ...pieceOf(decision),
      approvals: approvals.map(({ personName, name, ...one }) => ({ ...one, by: personName || (name ?? '') })),
    },
    revoked: revocation ? { ...revocation, name: revocation.name ?? '' } : null,
    mayRevoke: send.link === 'live' && holdsOne(me.roles, linkRevokers),
  }
}

/** What had been said to any record of the same doctor; the gate weighs them together. */
async function findSaid({ db }: Deps, accountId: string, at: Date) {
  const { mergedInto } = (await q.findDoctor(db, accountId)) ?? {}
  return q.findWordBy(db, await findRecordIds(db, mergedInto ?? accountId), at)
}

function doctorOf(found: Awaited<ReturnType<typeof q.findDoctor>>): Pick<SendDetail, 'doctor' | 'mergedInto'> {
  if (!found) return { doctor: null, mergedInto: null }
  const { mergedInto, wholeName, mergedAt, ...doctor } = found
  return {
    doctor,
    mergedInto: mergedInto ? { accountId: mergedInto, name: wholeName ?? '', at: mergedAt ?? null } : null,
  }
}

function pieceOf(decision: q.Decision): Omit<SendDetail['piece'], 'approvals'> {
  const { contentItemId, title, version, approvalNumber, fileHash, effectiveAt, expiresAt, kind } = decision
  const withCard = kind === 'news' || kind === 'miniprogram'
  return {
    ...{ contentItemId, title, version, approvalNumber, fileHash, effectiveAt, expiresAt },
    card: withCard
      ? {
          ...{ title: decision.cardTitle, text: decision.cardDesc },
          picture: decision.cardHash && `/card/${decision.cardHash}.jpg`,
        }
      : null,
  }
}
