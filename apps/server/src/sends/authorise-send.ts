import type { Input, Output, repEndpoints } from '@vouch/contract'
import { decideSend, type SendFacts } from '@vouch/rules'
import type { Transaction } from 'kysely'
import { auditRow } from '../audit/append-audit.ts'
import { errnoOf, isPassing, transact, writeTogether, type NewRows } from '../db/database.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { gather } from '../gather.ts'
import { mediaName } from '../media-name.ts'
import { sha256 } from '../secrets.ts'
import { isSealed } from '../statement.ts'
import { answerAuthorised, repeatDecided } from './answer-send.ts'
import { buildMessage } from './build-message.ts'
import { readAround } from './around-queries.ts'
import { lockGate, type Gate } from './gate-queries.ts'
import type { ScopeOfRep } from './queries.ts'
import { asAccountFacts, asContentFacts, asRepFacts } from './row-facts.ts'

type Endpoint = typeof repEndpoints.authoriseSend
type Decided = Output<Endpoint>
/** No rep can say of a send that it is the welcome: the door takes no such field. */
export type AskedSend = Input<Endpoint> & { welcome?: true }

/** One send to decide. */
type Ask = AskedSend & { repId: string; bodyHash: string; scope: ScopeOfRep }

/**
 * The gate of one instance: decides a send and remembers the decision in one durable transaction, before anything leaves.
 * Sends that arrive together share that transaction, each decided by itself and after the ones before it. A refusal is
 * returned, never thrown: a throw would undo its record. The same request id gets the same answer, another body
 * `request_id_reused`. No call to WeCom or the vault happens here (assurance.md 2.4 rule 1).
 */
export function openGate(deps: Deps): (repId: string, asked: AskedSend) => Promise<Decided> {
  const decided = gather<Ask, Decided | AppError | undefined>(together, (asks, alone) =>
    alone ? transact(deps.db, decide(deps, asks, true)) : deps.db.transaction().execute(decide(deps, asks, false)),
  )
  return async (repId, asked) => {
    const bodyHash = sha256(
      JSON.stringify([asked.externalUserId, asked.contentItemId, asked.kind, asked.entry, asked.again]),
    )
    const scope = await deps.shelf.scope(repId, deps.now())
    try {
      const answer = await decided({ ...asked, repId, bodyHash, scope })
      if (answer instanceof AppError) throw answer
      if (answer) return answer
    } catch (fault) {
      // Asked before and refused, or at the same time about another HCP: the unique key on (rep, request) lets one through.
      if (errnoOf(fault) !== 1062) throw fault
    }
    return repeatDecided(deps, repId, asked.requestId, bodyHash)
  }
}
const together = { most: 32, waitMs: 800, worthAnotherTry: isPassing }

/** Answers in the order of the asks; undefined for one that was decided before. */
const decide =
  (deps: Deps, asks: Ask[], patient: boolean) =>
  async (trx: Transaction<Database>): Promise<(Decided | AppError | undefined)[]> => {
    const now = deps.now()
    const gate = await lockGate(trx, asks, now, patient)
    const media = await findMedia(trx, now, gate.pieces, asks)
    const rows: Rows = { send: [], fact: [], auditEntry: [] }
    const answers = asks.map((ask) => decideOne(deps, gate, media, ask, rows))
    await writeTogether(trx, rows)
    return answers
  }

type Rows = Required<Pick<NewRows, 'send' | 'fact' | 'auditEntry'>>

function decideOne(deps: Deps, gate: Gate, media: Media[], ask: Ask, rows: Rows): Decided | AppError | undefined {
  const { repId, externalUserId, contentItemId, requestId, kind } = ask
  const contact = gate.contacts.find((row) => row.repId === repId && row.externalUserId === externalUserId)
  if (!contact) return new AppError('contact_not_found')
  const piece = gate.pieces.find((row) => row.contentItemId === contentItemId)
  if (!piece) return new AppError('content_not_found')
  // A repetition that is not among these, of a refusal for example, is stopped by the unique key of its row.
  if (gate.sendRows.some((send) => send.repId === repId && send.requestId === requestId)) return undefined

  const mediaId = findMediaId(media, piece, kind)
  const facts = sendFacts(deps, gate, { ask, contact, piece, mediaReady: mediaId !== null })
  const decidedAt = deps.now()
  const decision = decideSend(facts, decidedAt)
  const sendId = deps.newId()
  const names = { doctor: contact.accountName ?? '', rep: contact.repName }
  const message = decision.allowed ? buildMessage(deps, { sendId, kind, mediaId, piece, names }) : null
  const digest = message && sha256(JSON.stringify(message))
  const { accountId } = contact
  const { documentId, class: pieceClass } = piece

  rows.send.push({
    ...{ id: sendId, requestId, bodyHash: ask.bodyHash, repId, externalUserId, accountId, contentItemId, documentId },
    ...{ class: pieceClass, kind, decidedAt },
    outcome: decision.allowed ? 'authorised' : 'refused',
    mediaId: decision.allowed ? mediaId : null,
    messageDigest: digest,
    policyVersion: facts.policy.version,
    weighed: JSON.stringify(weighed(facts, decision.allowed ? [] : decision.refusals)),
  })
  rows.auditEntry.push(
    auditRow(deps.newId(), { kind: 'rep', id: repId }, decidedAt, {
      event: decision.allowed ? 'send.authorised' : 'send.refused',
      subjectId: sendId,
      accountId,
      detail: decision.allowed
        ? { contentItemId }
        : { contentItemId, reasons: decision.refusals.map((refusal) => refusal.reason) },
    }),
  )
  if (!decision.allowed) return { outcome: 'refused', sendId, refusals: decision.refusals }

  rows.fact.push({
    sendId,
    kind: 'A',
    factId: 'A',
    author: repId,
    at: decidedAt,
    clientAt: null,
    seenExternalUserId: null,
  })
  const about = { accountId, requestId, repId, externalUserId, documentId, class: pieceClass }
  gate.sendRows.push({ ...about, sendId, authorisedAt: decidedAt, kind: 'A' })
  const { ticketSeconds } = facts.policy
  return answerAuthorised(deps, { sendId, decidedAt, ticketSeconds, message: message!, digest: digest! })
}

type Met = { ask: Ask; contact: Gate['contacts'][number]; piece: Gate['pieces'][number]; mediaReady: boolean }

/**
 * What the rule asks for. Policy and the rep's scope may be two seconds old; whoever can say no to this send (doctor,
 * vault, leave) was read under the lock.
 */
function sendFacts(deps: Deps, gate: Gate, { ask, contact, piece, mediaReady }: Met): SendFacts {
  const ofThisHcp = (row: { accountId: string | null }) => row.accountId === contact.accountId
  const around = readAround(ask.scope, gate.saidRows.filter(ofThisHcp), gate.sendRows.filter(ofThisHcp))
  const content = asContentFacts(piece)
  const unconfigured = ask.kind === 'miniprogram' && !deps.config.WECOM_MINIPROGRAM_APPID
  return {
    rep: asRepFacts(contact, around),
    contact: {
      followed: Boolean(contact.following),
      provedAt: contact.provedAt,
      group: ask.entry === 'group_chat_tools',
      matchWaits: contact.waitingMatchId !== null,
    },
    account: asAccountFacts(contact),
    consent: around.consent,
    // Words and dates are held against the signatures here and at links; lists compare the bytes alone, to be quick.
    content: {
      ...content,
      bytesMatch: content.bytesMatch && isSealed(piece),
      kinds: unconfigured ? [] : content.kinds,
    },
    pastSends: around.pastSends,
    policy: around.policy,
    asked: { kind: ask.kind, again: ask.again, mediaReady, welcome: ask.welcome ?? false },
  }
}

type Media = { fileHash: string; kind: string; fileName: string; mediaId: string | null }

/** WeCom's copy of these bytes under the name of this piece. */
function findMediaId(media: readonly Media[], piece: Gate['pieces'][number], kind: string): string | null {
  const own = ({ fileHash, fileName, kind: held }: Media) =>
    fileHash === piece.fileHash && held === kind && fileName === mediaName(piece)
  return media.find(own)?.mediaId ?? null
}

/** WeCom keeps a file 3 days; one that ends within the ticket's life counts as not ready. */
async function findMedia(
  trx: Transaction<Database>,
  now: Date,
  pieces: readonly { fileHash: string | null }[],
  asks: readonly Ask[],
): Promise<Media[]> {
  const kinds = asks.map((ask) => ask.kind).filter((kind) => kind === 'file' || kind === 'image' || kind === 'video')
  const hashes = pieces.flatMap((piece) => piece.fileHash ?? [])
  if (kinds.length === 0 || hashes.length === 0) return []
  return trx
    .selectFrom('media')
    .select(['fileHash', 'kind', 'fileName', 'mediaId'])
    .where('fileHash', 'in', hashes)
    .where('kind', 'in', kinds)
    .where('expiresAt', '>', new Date(now.getTime() + 10 * 60_000))
    .execute()
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
    account: account && {
      hcpVerified: account.hcpVerified,
      active: account.active,
      territory: account.territory,
      wishes: account.wishes,
    },
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
      provedAt: content.provedAt,
    },
    earlierSends: pastSends.length,
    again: asked.again,
    welcome: asked.welcome ?? false,
    refusals,
  }
}
