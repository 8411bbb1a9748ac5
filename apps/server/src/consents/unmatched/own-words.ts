import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { loadStanding, type Standing } from '../load-standing.ts'
import { stateConsents, type AskedStatements, type StatedConsents } from '../state-consents.ts'
import { keepAnswer } from './keep-answer.ts'
import { loadContactStanding } from './load-contact-standing.ts'

/** A recognised contact, with the account they were matched to, if they were. */
export type Speaker = { accountId: string | null; externalUserId: string }

/** Where whoever is recognised stands, matched or not. */
export const loadOwnStanding = (db: Kysely<Database>, who: Speaker, now: Date): Promise<Standing[]> =>
  who.accountId ? loadStanding(db, who.accountId, now) : loadContactStanding(db, who.externalUserId, now)

/** States what whoever is recognised says, matched or not. */
export function stateOwn(
  deps: Deps,
  { accountId, externalUserId }: Speaker,
  asked: Omit<AskedStatements, 'accountId' | 'statedAt'>,
): Promise<StatedConsents> {
  return accountId
    ? stateConsents(deps, { kind: 'hcp', id: accountId }, { ...asked, accountId })
    : keepAnswer(deps, { ...asked, externalUserId })
}
