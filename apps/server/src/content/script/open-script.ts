import type { Input, Output, repEndpoints } from '@vouch/contract'
import { checkApproval, remainingThisMonth, scriptSince, standingOf, type RefusalReason } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { listOf } from '../../sends/around-queries.ts'
import { readChat, readReach, type Chat } from '../../sends/chat-queries.ts'
import { asContentFacts } from '../../sends/row-facts.ts'
import { isSealed } from '../../statement.ts'
import { askReadyMedia, mediumKey, mediumOf, type Medium } from '../ready-media.ts'
import { defaultWay, describePiece } from '../describe-piece.ts'
import { findScript, findStepVersions, type StepVersion } from './script-queries.ts'

type Endpoint = typeof repEndpoints.openScript
type Answer = Output<Endpoint>
type Step = Answer['steps'][number]

/**
 * A script with its pieces in their order, each in the version that would go now and decided by the rule that will judge
 * its tap. Where one stands with this HCP is what was sent to them, by whomever: nothing else remembers it. Sends go
 * through the gate one by one; a script itself is never sent.
 */
export async function openScript(deps: Deps, rep: Session, asked: Input<Endpoint>): Promise<Answer> {
  const now = deps.now()
  const chat = asked.externalUserId ? await readChat(deps, rep, asked.externalUserId, false) : undefined
  if (asked.externalUserId && !chat) throw new AppError('contact_not_found')
  const { rep: scope } = chat ?? (await readReach(deps, rep))
  const row = await findScript(deps.db, scope, asked.contentItemId)
  if (!row) throw new AppError('content_not_found')

  const versions = await findStepVersions(deps.db, scope, listOf(row.scriptPieces))
  const chosen = listOf(row.scriptPieces).map((documentId) => chooseVersion(versions, documentId, now))
  const ready = await askReadyMedia(deps, chosen.flatMap(wantedBy))
  const about = { ...{ around: chat?.around, now, publicUrl: deps.config.PUBLIC_URL }, favourites: new Set<string>() }
  const script = describePiece({ ...row, steps: row.scriptPieces }, about)
  const changed = script.refusals && !isSealed(row) ? [{ reason: 'content_changed' as const }] : []
  const steps = chosen.map((version, nth): Step => {
    const piece = version ? describePiece(version, { ...about, mediaReady: isReady(version, ready) }) : null
    return { position: nth + 1, piece, ...standOf(chat, version, rep.personId, now) }
  })
  return {
    script: { ...script, refusals: script.refusals && [...script.refusals, ...changed] },
    ...{ withdrawnReason: row.withdrawnReason, steps },
    successor:
      row.supersededBy && row.successorKind ? { contentItemId: row.supersededBy, kind: row.successorKind } : null,
    cap: chat ? { needed: countNeeded(chosen, steps), left: remainingThisMonth(chat.facts, now) } : null,
  }
}

/** The newest version in force, else the newest there is, which says why not. None outside the rep's reach. */
function chooseVersion(versions: readonly StepVersion[], documentId: string, now: Date): StepVersion | undefined {
  const own = versions.filter((version) => version.documentId === documentId)
  return own.find((version) => checkApproval(asContentFacts(version), now).length === 0) ?? own[0]
}

const wayOf = ({ ways }: StepVersion) => defaultWay(listOf(ways))

function wantedBy(version: StepVersion | undefined): Medium[] {
  const kind = version && wayOf(version)
  const medium = kind && mediumOf(version, kind)
  return medium ? [medium] : []
}

const isReady = (version: StepVersion, ready: ReadonlySet<string>): boolean =>
  wantedBy(version).every((medium) => ready.has(mediumKey(medium)))

/** Only who sent it can say what became of it, so a colleague's open send comes without its id. */
function standOf(
  chat: Chat | undefined,
  version: StepVersion | undefined,
  repId: string,
  now: Date,
): Pick<Step, 'standing' | 'sendId' | 'at'> {
  if (!chat || !version) return { standing: 'to_send', sendId: null, at: null }
  const { facts } = chat
  const { standing, send } = standingOf(version.documentId, facts.pastSends, scriptSince(facts.policy, now))
  return { standing, sendId: send?.repId === repId ? send.sendId : null, at: send?.authorisedAt ?? null }
}

/** What the cap or the rep may still change; any other reason keeps a piece from being sent at all. */
const passing: readonly RefusalReason[] = ['cap_reached', 'sent_recently', 'media_not_ready', 'quiet_hours']

function countNeeded(chosen: readonly (StepVersion | undefined)[], steps: readonly Step[]): number {
  return steps.filter(({ standing, piece }, nth) => {
    const free = piece?.refusals?.every(({ reason }) => passing.includes(reason)) ?? false
    return standing === 'to_send' && free && chosen[nth]?.class !== 'consent'
  }).length
}
