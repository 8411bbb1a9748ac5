import type { Input, Output, repEndpoints } from '@vouch/contract'
import { decideSend, type SendFacts } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { auditEntry } from '../audit/append-audit.ts'
import { errnoOf, transact, writeTogether } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../secrets.ts'
import { answerAuthorised, repeatDecided } from './answer-send.ts'
import { buildMessage } from './build-message.ts'
import { readAround } from './around-queries.ts'
import * as q from './queries.ts'

type Endpoint = typeof repEndpoints.authoriseSend
export type AskedSend = Input<Endpoint>

/**
 * Decides a send and remembers the decision in one durable transaction, before anything leaves. A refusal is returned,
 * never thrown: a throw would undo its record. The same request id gets the same answer, another body `request_id_reused`.
 * No call to WeCom or the vault happens here (assurance.md 2.4 rule 1).
 */
export async function authoriseSend(deps: Deps, repId: string, asked: AskedSend): Promise<Output<Endpoint>> {
  const bodyHash = sha256(
    JSON.stringify([asked.externalUserId, asked.contentItemId, asked.kind, asked.entry, asked.again]),
  )
  const scope = await deps.shelf.scope(repId, deps.now())
  try {
    const answer = await transact(deps.db, (trx) => decide(deps, trx, scope, repId, asked, bodyHash))
    if (answer) return answer
  } catch (fault) {
    // The same request id about another HCP at the same time: the unique key on (rep, request) lets one through.
    if (errnoOf(fault) !== 1062) throw fault
  }
  return repeatDecided(deps, repId, asked.requestId, bodyHash)
}

/** Undefined when this request was decided before. */
async function decide(
  deps: Deps,
  trx: Transaction<Database>,
  scope: q.ScopeOfRep,
  repId: string,
  asked: AskedSend,
  bodyHash: string,
): Promise<Output<Endpoint> | undefined> {
  const loaded = await loadSendFacts(deps, trx, scope, repId, asked)
  if (!loaded) return undefined
  const { facts, contact, piece, mediaId } = loaded
  const decidedAt = deps.now()
  const decision = decideSend(facts, decidedAt)
  const sendId = deps.newId()
  const { contentItemId, kind } = asked
  const message = decision.allowed
    ? buildMessage(deps, {
        sendId,
        kind,
        mediaId,
        piece,
        names: { doctor: contact.accountName ?? '', rep: piece.repName },
      })
    : null
  const digest = message && sha256(JSON.stringify(message))

  const send = trx.insertInto('send').values({
    ...{ id: sendId, requestId: asked.requestId, bodyHash, repId, externalUserId: asked.externalUserId, contentItemId },
    ...{ kind, decidedAt, accountId: contact.accountId, documentId: piece.documentId, class: piece.class },
    outcome: decision.allowed ? 'authorised' : 'refused',
    mediaId: decision.allowed ? mediaId : null,
    messageDigest: digest,
    policyVersion: facts.policy.version,
    weighed: JSON.stringify(weighed(facts, decision.allowed ? [] : decision.refusals)),
  })
  const author = { author: repId, at: decidedAt, clientAt: null, seenExternalUserId: null }
  const fact = trx.insertInto('fact').values({ sendId, kind: 'A', factId: 'A', ...author })
  const entry = auditEntry(trx, deps.newId(), { kind: 'rep', id: repId }, decidedAt, {
    event: decision.allowed ? 'send.authorised' : 'send.refused',
    subjectId: sendId,
    accountId: contact.accountId,
    detail: decision.allowed
      ? { contentItemId }
      : { contentItemId, reasons: decision.refusals.map((refusal) => refusal.reason) },
  })
  await writeTogether(trx, decision.allowed ? [send, fact, entry] : [send, entry])
  if (!decision.allowed) return { outcome: 'refused', sendId, refusals: decision.refusals }
  return answerAuthorised(deps, {
    sendId,
    decidedAt,
    ticketSeconds: facts.policy.ticketSeconds,
    message: message!,
    digest: digest!,
  })
}

/**
 * Locks and gathers exactly what the rule asks for: one round trip, one more for media. Policy and the rep's scope may be
 * two seconds old; whoever can say no to this send (doctor, vault, leave) is read under the lock.
 */
async function loadSendFacts(
  deps: Deps,
  trx: Transaction<Database>,
  scope: q.ScopeOfRep,
  repId: string,
  asked: AskedSend,
) {
  const now = deps.now()
  const { externalUserId, contentItemId, requestId } = asked
  const { contact, piece, sendRows } = await q.lockGate(trx, { repId, externalUserId, contentItemId, requestId, now })
  if (piece.decidedId) return undefined
  const around = readAround({ ...scope, ...piece }, sendRows)
  const mediaId = await findMedia(trx, now, piece.fileHash, asked.kind)
  const content = q.asContentFacts(piece)
  const unconfigured = asked.kind === 'miniprogram' && !deps.config.WECOM_MINIPROGRAM_APPID
  const facts: SendFacts = {
    rep: q.asRepFacts(piece, around),
    contact: {
      followed: Boolean(contact.following),
      provedAt: contact.provedAt,
      group: asked.entry === 'group_chat_tools',
    },
    account: q.asAccountFacts(contact),
    consent: around.consent,
    content: unconfigured ? { ...content, kinds: [] } : content,
    pastSends: around.pastSends,
    policy: around.policy,
    asked: { kind: asked.kind, again: asked.again, mediaReady: mediaId !== null },
  }
  return { facts, contact, piece, mediaId }
}

/** WeCom keeps a file 3 days; one that ends within the ticket's life counts as not ready. */
async function findMedia(
  trx: Transaction<Database>,
  now: Date,
  fileHash: string | null,
  kind: AskedSend['kind'],
): Promise<string | null> {
  if (kind !== 'file' && kind !== 'image' && kind !== 'video') return null
  const row = await trx
    .selectFrom('media')
    .select('mediaId')
    .where('fileHash', '=', fileHash ?? '')
    .where('kind', '=', kind)
    .where('expiresAt', '>', new Date(now.getTime() + 10 * 60_000))
    .executeTakeFirst()
  return row?.mediaId ?? null
}

/** The snapshot kept with the decision: enough to answer "why" years later without this code (expectations.md 23). */
function weighed(facts: SendFacts, refusals: unknown[]) {
  const { rep, contact, account, consent, content, pastSends, asked } = facts
  return {
    rep: {
      active: rep.active,
      employmentProvedAt: rep.employmentProvedAt,
      filingNumber: rep.filingNumber,
      filedUntil: rep.filedUntil,
    },
    contact,
    account: account && { hcpVerified: account.hcpVerified, active: account.active, territory: account.territory },
    consent: {
      textVersion: consent.textVersion,
      oldestValidVersion: consent.oldestValidVersion,
      newest: consent.statements[0] ?? null,
    },
    content: {
      state: content.state,
      class: content.class,
      effectiveAt: content.effectiveAt,
      expiresAt: content.expiresAt,
      bytesMatch: content.bytesMatch,
    },
    earlierSends: pastSends.length,
    again: asked.again,
    refusals,
  }
}
