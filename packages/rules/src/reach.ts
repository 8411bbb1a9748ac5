import { checkProduct } from './check-rep.ts'
import type { AccountFacts, ContentFacts, Refusal, RepFacts, SendFacts } from './types.ts'

type ForReps = Pick<ContentFacts, 'product' | 'market' | 'territories' | 'repGroups' | 'class'>
type ForAccounts = Pick<ContentFacts, 'audience' | 'hospitalGrades' | 'territories'>

/** Nothing named means everybody. */
const meets = (meant: readonly string[], has: readonly string[]): boolean =>
  meant.length === 0 || meant.some((one) => has.includes(one))

/** The piece is meant for reps of this territory and group. */
export function checkReach({ rep, content }: Pick<SendFacts, 'rep' | 'content'>): Refusal[] {
  const missed = repMissed(content, rep)
  return missed ? [{ reason: 'rep_not_in_reach', about: missed }] : []
}

/** Whether a rep is shown a piece at all, in lists and search alike; what happens to the state of a piece aside. */
export function reachesRep(
  content: ForReps,
  rep: Pick<RepFacts, 'products' | 'territories' | 'groups'>,
  market: string,
): boolean {
  return content.market === market && checkProduct({ rep, content }).length === 0 && !repMissed(content, rep)
}

/** Whether a piece is meant for this HCP: their specialty, the grade of their hospital, their territory. */
export function reachesAccount(
  content: ForAccounts,
  account: Pick<AccountFacts, 'specialty' | 'hospitalGrade' | 'territory'>,
): boolean {
  return accountMissed(content, account) === undefined
}

/** What of the HCP the piece is not meant for; undefined when it is meant for them. */
export function accountMissed(
  content: ForAccounts,
  { specialty, hospitalGrade, territory }: Pick<AccountFacts, 'specialty' | 'hospitalGrade' | 'territory'>,
): string | undefined {
  if (!meets(content.audience, [specialty])) return specialty
  if (!meets(content.hospitalGrades, [hospitalGrade])) return hospitalGrade
  return meets(content.territories, [territory]) ? undefined : territory
}

function repMissed(
  content: Pick<ForReps, 'territories' | 'repGroups'>,
  rep: Pick<RepFacts, 'territories' | 'groups'>,
): 'territory' | 'group' | undefined {
  if (!meets(content.territories, rep.territories)) return 'territory'
  return meets(content.repGroups, rep.groups) ? undefined : 'group'
}
