import type { Input, matchingEndpoints, Output } from '@vouch/contract'
import type { Deps } from '../../deps.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { findByWords } from './candidate-queries.ts'
import { loadContactWords, nobody } from './contact-words.ts'
import { findNamed } from './standing-queries.ts'
import { weighCandidates } from './weigh-candidates.ts'

type Endpoint = typeof matchingEndpoints.findAccounts
const shown = 20

/** Another account than the likely ones, by name, pinyin or hospital, weighed for the contact just the same. */
export async function findAccounts(deps: Deps, repId: string, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const { db, now } = deps
  const { query, externalUserId } = asked
  const [contact, named, { matchReview }] = await Promise.all([
    externalUserId === null ? nobody : loadContactWords(db, repId, externalUserId),
    externalUserId === null ? null : findNamed(db, repId, externalUserId),
    loadPolicy(db, now()),
  ])
  const rows = await findByWords(db, repId, contact, query)
  return { accounts: weighCandidates(rows, { contact, named, review: matchReview }, shown) }
}
