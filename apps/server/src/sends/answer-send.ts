import type { Output, repEndpoints, WireRefusal } from '@vouch/contract'
import { verdict, type FactKind } from '@vouch/rules'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { loadPolicy } from '../policy/queries.ts'
import { buildMessage } from './build-message.ts'
import type { ChatMessageOf } from './chat-message.ts'

type Answer = Output<typeof repEndpoints.authoriseSend>
type Authorised = { sendId: string; decidedAt: Date; ticketSeconds: number; message: ChatMessageOf; digest: string }

/** The released message with its ticket; the ticket is derived from the send, so a repetition gets the same one. */
export function answerAuthorised({ secrets }: Pick<Deps, 'secrets'>, send: Authorised): Answer {
  return {
    outcome: 'authorised',
    sendId: send.sendId,
    ticket: secrets.ticketOf(send.sendId),
    ticketExpiresAt: new Date(send.decidedAt.getTime() + send.ticketSeconds * 1_000),
    digest: send.digest,
    message: send.message,
  }
}

/**
 * The answer to a request that was decided before: the first answer while the ticket lives, afterwards the state of the
 * send without its message, so that a replay cannot outlive a withdrawal (assurance.md 2.4 rule 3).
 */
export async function repeatDecided(deps: Deps, repId: string, requestId: string, bodyHash: string): Promise<Answer> {
  const send = await deps.db
    .selectFrom('send')
    .innerJoin('contentItem', 'contentItem.id', 'send.contentItemId')
    .innerJoin('person', 'person.id', 'send.repId')
    .leftJoin('account', 'account.id', 'send.accountId')
    .select([
      'send.id as sendId',
      'send.bodyHash',
      'send.kind',
      'send.outcome',
      'send.mediaId',
      'send.messageDigest',
      'send.decidedAt',
      'send.weighed',
    ])
    .select([
      'contentItem.body',
      'contentItem.cardTitle',
      'contentItem.cardDesc',
      'contentItem.cardHash',
      'contentItem.state',
      'contentItem.expiresAt',
    ])
    .select(['person.name as repName', 'account.name as doctorName'])
    .where('send.repId', '=', repId)
    .where('send.requestId', '=', requestId)
    .executeTakeFirstOrThrow()
  if (send.bodyHash !== bodyHash) throw new AppError('request_id_reused')
  const { sendId, kind, mediaId, decidedAt } = send
  if (send.outcome === 'refused') return { outcome: 'refused', sendId, refusals: refusalsOf(send.weighed) }

  const policy = await loadPolicy(deps.db, deps.now())
  const ticketOver = deps.now().getTime() >= decidedAt.getTime() + policy.ticketSeconds * 1_000
  const stillGood = send.state === 'approved' && (!send.expiresAt || send.expiresAt > deps.now())
  if (ticketOver || !stillGood)
    return { outcome: 'decided', sendId, verdict: verdict(await findFactKinds(deps, sendId)) }

  const names = { doctor: send.doctorName ?? '', rep: send.repName }
  const message = buildMessage(deps, { sendId, kind, mediaId, piece: send, names })
  return answerAuthorised(deps, {
    sendId,
    decidedAt,
    ticketSeconds: policy.ticketSeconds,
    message,
    digest: send.messageDigest ?? '',
  })
}

/** Refusals as they were recorded with the decision; their dates come back as Dates. */
export function refusalsOf(weighed: unknown): WireRefusal[] {
  const recorded = (weighed as { refusals?: (WireRefusal & { since?: string; until?: string })[] }).refusals ?? [] // written by authorise-send.ts
  return recorded.map(({ since, until, ...refusal }) => ({
    ...refusal,
    ...(since ? { since: new Date(since) } : {}),
    ...(until ? { until: new Date(until) } : {}),
  }))
}

export async function findFactKinds({ db }: Pick<Deps, 'db'>, sendId: string): Promise<FactKind[]> {
  const rows = await db.selectFrom('fact').select('kind').where('sendId', '=', sendId).execute()
  return rows.map((row) => row.kind)
}
