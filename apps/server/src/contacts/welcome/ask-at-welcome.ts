import { asUuid } from '../../as-uuid.ts'
import type { Deps } from '../../deps.ts'
import { loadPolicy } from '../../policy/queries.ts'
import type { WelcomeCard } from '../../wecom/wecom.ts'
import { askWhetherFollowing } from '../ask-wecom.ts'
import { by, type DueWelcome, type Others } from './welcome-rows.ts'

export type Asked =
  | { outcome: 'asks'; sendId: string; card: WelcomeCard }
  /** Nothing is asked: the company does not want it here, or the gate refused (`sendId`). */
  | { outcome: 'alone'; sendId: string | null }
  /** WeCom does not show the relation yet. */
  | { outcome: 'wait' }

type Rep = { id: string; wecomUserId: string }
/** WeCom shows a relation some seconds after it told of it (84061); after these the welcome goes without the question. */
const patienceMs = 9_000

/**
 * Whether the welcome asks for consent: only where the company asks whoever is added, only who has not agreed already, and
 * only through the gate that every send goes through. Proofs the gate wants are fetched before it.
 */
export async function askAtWelcome(
  deps: Deps,
  { gate, proveEmployed, hasAgreed }: Others,
  { due, rep, codeHash }: { due: DueWelcome; rep: Rep; codeHash: string },
): Promise<Asked> {
  const now = deps.now()
  const alone = { outcome: 'alone' as const, sendId: null }
  if ((await loadPolicy(deps.db, now)).disclaimerMode !== 2) return alone
  const { externalUserId, changeType, occurredAt } = due
  const patient = now.getTime() - occurredAt.getTime() < patienceMs
  const [follows] = await Promise.all([
    askWhetherFollowing(deps, rep, externalUserId, { by, learnt: 'event', ends: null }),
    proveEmployed(rep),
  ]).catch((fault: unknown) => {
    if (patient) throw fault
    return [false]
  })
  if (!follows && patient && changeType !== 'add_half_external_contact') return { outcome: 'wait' }
  if (!follows) return alone
  const accountId = await findAccountId(deps, externalUserId)
  if (accountId && (await hasAgreed(accountId))) return alone

  const { invitation } = await deps.shelf.scope(rep.id, now)
  if (!invitation) return alone
  const answer = await gate(rep.id, {
    ...{ requestId: asUuid(`welcome ${codeHash}`), externalUserId, contentItemId: invitation },
    ...{ kind: 'news', entry: 'single_chat_tools', again: false, welcome: true },
  })
  if (answer.outcome !== 'authorised' || answer.message.msgtype !== 'news')
    return { outcome: 'alone', sendId: answer.sendId }
  const { title, desc, imgUrl, link } = answer.message.news
  return { outcome: 'asks', sendId: answer.sendId, card: { title, desc, link, picture: imgUrl } }
}

async function findAccountId({ db }: Deps, externalUserId: string): Promise<string | null> {
  const contact = await db
    .selectFrom('externalContact')
    .select('accountId')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
  return contact?.accountId ?? null
}
