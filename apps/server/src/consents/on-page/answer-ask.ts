import type { Deps } from '../../deps.ts'
import type { GivenAnswer } from '../../evidence/wanted.ts'
import { asUuid } from '../../as-uuid.ts'
import type { ConsentIdentity } from '../consent-evidence.ts'
import { loadConsentAsk } from '../load-ask.ts'
import type { AskedStatement } from '../state-consents.ts'
import { stateOwn } from '../unmatched/own-words.ts'

/** Who answers, known by the browser or by WeChat a moment ago, and through which link if through one. */
export type Answerer = {
  /** Null while nobody has matched them; the answer waits for that. */
  accountId: string | null
  externalUserId: string
  identity: Extract<ConsentIdentity, 'wechat_oauth' | 'remembered'>
  browser: string
  link: { sendId: string; repId: string } | null
}

/** Nothing is recorded unless the answer is `recorded`. */
export type AnsweredAsk = 'recorded' | 'receive_missing' | 'replaced'

/**
 * Records what a doctor answered, each purpose by itself. A yes counts only for the very text that was shown; a no always
 * does. The same answer to the same question is one statement, however often and from how many tabs it comes.
 */
export async function answerAsk(deps: Deps, who: Answerer, given: GivenAnswer): Promise<AnsweredAsk> {
  if (isIncomplete(given)) return 'receive_missing'
  if (given.answer === 'agree') {
    const ask = await loadConsentAsk(deps.db, { language: given.language, now: deps.now() })
    const stale = given.shown.some(
      ({ purpose, version }) => ask.purposes.find((one) => one.purpose === purpose)?.version !== version,
    )
    if (stale) return 'replaced'
  }
  const { externalUserId, identity, browser, link } = who
  const { refused } = await stateOwn(deps, who, {
    ...{ identity, language: given.language, channel: given.channel },
    requestId: requestIdOf(who, given),
    evidence: { externalUserId, browser, ...link },
    statements: statementsOf(given),
  })
  return refused.length === 0 ? 'recorded' : 'replaced'
}

/** A yes without receiving says nothing anybody could act on. */
export const isIncomplete = ({ answer, ticked }: GivenAnswer): boolean =>
  answer === 'agree' && !ticked.includes('receive')

/** What was left empty beside a yes was asked and not agreed to; a no is a no to everything that was asked. */
function statementsOf({ answer, ticked, shown }: GivenAnswer): AskedStatement[] {
  return shown.map(({ purpose, version }) => ({
    purpose,
    statement: answer === 'agree' && ticked.includes(purpose) ? 'opted_in' : 'declined',
    textVersion: version,
  }))
}

function requestIdOf({ accountId, externalUserId, link }: Answerer, given: GivenAnswer): string {
  const ticked = given.ticked.toSorted()
  return asUuid(JSON.stringify(['answer', accountId ?? externalUserId, link?.sendId ?? '', { ...given, ticked }]))
}
