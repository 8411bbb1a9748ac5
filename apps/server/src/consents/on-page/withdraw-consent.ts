import type { Language } from '@vouch/hcp/render'
import type { ConsentPurpose } from '@vouch/rules'
import type { Deps } from '../../deps.ts'
import { asUuid } from '../../as-uuid.ts'
import type { Standing } from '../load-standing.ts'
import { loadOwnStanding, stateOwn } from '../unmatched/own-words.ts'
import type { Answerer } from './answer-ask.ts'
import { basisOf } from './ask-view.ts'

/**
 * A doctor takes consent back: all of it, or the purposes named. In force at commit; it asks nobody outside and needs no
 * job. Whatever is not agreed to any more is left as it is, so a second tap changes nothing.
 */
export async function withdrawConsent(
  deps: Deps,
  who: Answerer & { language: Language },
  only: readonly ConsentPurpose[],
): Promise<void> {
  const { externalUserId, identity, browser, language, link } = who
  // The basis first: where they stand is then never older than it, and tens of taps at once make one statement.
  const basis = await basisOf(deps.db, who)
  const standings = await loadOwnStanding(deps.db, who, deps.now())
  const statements = standings
    .filter((one) => isGiven(one) && (only.length === 0 || only.includes(one.purpose)))
    .map(({ purpose, history }) => ({
      purpose,
      statement: 'opted_out' as const,
      textVersion: history[0]?.textVersion ?? 0,
    }))
  if (statements.length === 0) return
  await stateOwn(deps, who, {
    ...{ identity, language, channel: 'own_page', statements },
    requestId: asUuid(JSON.stringify(['withdraw', who.accountId ?? externalUserId, basis, language, statements])),
    evidence: { externalUserId, browser, ...link },
  })
}

/** Their newest word is a yes, whether or not it still counts. */
const isGiven = ({ history }: Standing): boolean => history[0]?.statement === 'opted_in'

/** When the newest withdrawal took effect and what it was about; null when something is still agreed to or nothing was. */
export function withdrawnSince(standings: readonly Standing[]): { since: Date; purposes: ConsentPurpose[] } | null {
  const gone = standings.filter(({ history }) => history[0]?.statement === 'opted_out')
  const since = gone
    .map(({ history }) => history[0]!.statedAt)
    .toSorted((one, other) => other.getTime() - one.getTime())[0]
  return since ? { since, purposes: gone.map(({ purpose }) => purpose) } : null
}
