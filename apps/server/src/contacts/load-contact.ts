import type { Actor, Deps } from '../deps.ts'
import { loadPolicy } from '../policy/queries.ts'
import { askWhetherFollowing } from './ask-wecom.ts'
import { findFollow } from './follow-queries.ts'

const by: Actor = { kind: 'system', id: 'load-contact' }
/** A person waits for the page meanwhile. */
const patienceMs = 3_000

/**
 * Does this rep follow this contact. WeCom is asked when we do not know it, or when our proof is older than the policy
 * allows; when WeCom does not answer within 3 s, what we know stands and the gate judges the proof's age.
 */
export async function ensureContact(
  deps: Deps,
  rep: { id: string; wecomUserId: string },
  externalUserId: string,
): Promise<boolean> {
  const [known, policy] = await Promise.all([
    findFollow(deps.db, rep.id, externalUserId),
    loadPolicy(deps.db, deps.now()),
  ])
  const oldest = deps.now().getTime() - policy.contactProofHours * 3_600_000
  if (known?.following && known.provedAt && known.provedAt.getTime() > oldest) return true
  const asked = askWhetherFollowing(deps, rep, externalUserId, { by, learnt: 'chat', ends: 'not_listed' }).catch(
    (fault: { code?: unknown }) => {
      deps.log.warn({ repId: rep.id, code: fault.code }, 'WeCom could not say whether a rep follows a contact')
      return undefined
    },
  )
  return (await Promise.race([asked, patience()])) ?? Boolean(known?.following)
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), patienceMs).unref()
  })
}
