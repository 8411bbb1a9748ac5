import type { ChangeBrief, ChatContact } from '@vouch/contract'
import type { MatchReview } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { standing, type Later } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import { findLikely } from './candidate-queries.ts'
import { asContactWords, type WordsRow } from './contact-words.ts'
import { likeliest, weighCandidates } from './weigh-candidates.ts'

type Unmatched = Extract<ChatContact, { state: 'unmatched' }>
const shown = 6

export const changeColumns = [
  ...(['accountChange.id as changeId', 'accountChange.kind', 'accountChange.life', 'accountChange.name'] as const),
  ...(['accountChange.hospital', 'accountChange.askedAt', 'accountChange.decidedAt', 'accountChange.reason'] as const),
] as const

/** The last thing a rep asked for because the doctor of this contact was not in the list. */
const lastRequest = (db: Kysely<Database>, pair: { repId: string; externalUserId: string }) =>
  db
    .selectFrom('accountChange')
    .select([...changeColumns, 'accountChange.accountId'])
    .where('externalUserId', '=', pair.externalUserId)
    .where('repId', '=', pair.repId)
    .where('kind', '=', 'new')
    .orderBy('id', 'desc')
    .limit(1)

/** The account the office named when this rep asked for one; null when it named none. */
export async function findNamed(db: Kysely<Database>, repId: string, externalUserId: string): Promise<string | null> {
  const request = await lastRequest(db, { repId, externalUserId }).executeTakeFirst()
  return namedIn(request)
}

const namedIn = (request: { life: string; accountId: string | null } | undefined): string | null =>
  request?.life === 'linked' || request?.life === 'created' ? request.accountId : null

/** The newest match of a contact and the last request, in one round trip. */
const askStanding = standing((db, later: Later<{ repId: string; externalUserId: string }>) => {
  const pair = { repId: later(({ repId }) => repId), externalUserId: later(({ externalUserId }) => externalUserId) }
  return [
    db
      .selectFrom('contactMatch')
      .innerJoin('account', 'account.id', 'contactMatch.accountId')
      .innerJoin('hospital', 'hospital.id', 'account.hospitalId')
      .innerJoin('person', 'person.id', 'contactMatch.proposedBy')
      .select(['account.id as accountId', 'account.name', 'account.title', 'account.department'])
      .select(['hospital.name as hospital', 'person.name as by', 'contactMatch.life', 'contactMatch.proposedBy'])
      .select(['contactMatch.proposedAt', 'contactMatch.reviewedAt', 'contactMatch.reviewReason'])
      .where('contactMatch.externalUserId', '=', pair.externalUserId)
      .orderBy('contactMatch.id', 'desc')
      .limit(1),
    lastRequest(db, pair),
  ]
})

/**
 * What a rep sees of a contact nobody is matched to: whom they may be, what waits, and what the office said last. Nothing
 * is decided here.
 */
export async function describeMatching(
  db: Kysely<Database>,
  { repId, row, review }: { repId: string; row: WordsRow; review: MatchReview },
): Promise<Omit<Unmatched, 'state' | 'cameBy' | 'answered'>> {
  const contact = asContactWords(row)
  const { externalUserId, nickname, remark } = contact
  const [matches, requests] = await askStanding(db, { repId, externalUserId })
  const request = requests[0]
  const newest = describeNewest(repId, matches[0])
  const known = { externalUserId, nickname, remark, ...newest, request: brief(request) }
  if (newest.waiting) return { ...known, candidates: [] }
  const against = { contact, named: namedIn(request), review }
  const rows = await findLikely(db, repId, contact, against.named)
  return { ...known, candidates: likeliest(weighCandidates(rows, against, shown)) }
}

type Newest = Awaited<ReturnType<typeof askStanding>>[0][number]

function describeNewest(repId: string, match: Newest | undefined): Pick<Unmatched, 'waiting' | 'declined'> {
  if (!match) return { waiting: null, declined: null }
  const { accountId, name, title, hospital, department, by } = match
  const account = { ...{ accountId, name, title, hospital, department }, sameName: false }
  const mine = match.proposedBy === repId
  if (match.life === 'waiting') return { waiting: { account, mine, by, at: match.proposedAt }, declined: null }
  const declined = match.life === 'declined' && mine
  return {
    waiting: null,
    declined: declined ? { account, reason: match.reviewReason, at: match.reviewedAt ?? match.proposedAt } : null,
  }
}

/** As it leaves, without the account behind it. */
function brief(request: (ChangeBrief & { accountId: string | null }) | undefined): ChangeBrief | null {
  if (!request) return null
  const { accountId: _, ...told } = request
  return told
}
