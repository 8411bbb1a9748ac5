import { matchingEndpoints as matching } from '@vouch/contract'
import { askChange } from '../contacts/matching/ask-change.ts'
import { endMatch } from '../contacts/matching/end-match.ts'
import { findAccounts } from '../contacts/matching/find-accounts.ts'
import { lookAtAccount } from '../contacts/matching/look-at-account.ts'
import { matchContact } from '../contacts/matching/match-contact.ts'
import { serve, type Door } from './serve.ts'

/** Which doctor a contact is, and what is wrong or missing in the list of doctors. */
export function mountMatching(door: Door): void {
  const { deps, limits } = door
  serve(door, matching.findAccounts, async (me, asked) => {
    await limits.countSearch(me.personId)
    return findAccounts(deps, me.personId, asked)
  })
  serve(door, matching.matchContact, (me, asked) => matchContact(deps, me.personId, asked))
  serve(door, matching.endMatch, (me, asked) => endMatch(deps, me.personId, asked))
  serve(door, matching.lookAtAccount, (me, asked) => lookAtAccount(deps, me.personId, asked))
  serve(door, matching.askChange, (me, asked) => askChange(deps, me.personId, asked))
}
