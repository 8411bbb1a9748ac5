import type { AskedPurpose, ConsentAsk, Language, Standing as ShownStanding } from '@vouch/hcp/render'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import type { GivenAnswer } from '../../evidence/wanted.ts'
import { sha256 } from '../../secrets.ts'
import { loadConsentAsk } from '../load-ask.ts'
import type { Standing } from '../load-standing.ts'
import type { Speaker } from '../unmatched/own-words.ts'
import { diffTexts, findTextWords } from './text-changes.ts'

export type AskedHow = Pick<ConsentAsk, 'sender' | 'doctor' | 'action' | 'channel' | 'asksIdentity'> & {
  /** Whose answer it would be, as far as the link or the browser says. */
  about: Partial<Speaker>
  language: Language
}

/**
 * The question as it is put now. Boxes are empty, except after an answer that could not be recorded: then what was ticked
 * is still there, with what has changed in the text since it was shown.
 */
export async function loadAskView(
  deps: Deps,
  how: AskedHow,
  again?: { given: GivenAnswer; problem: ConsentAsk['problem'] },
): Promise<ConsentAsk> {
  const { about, language, ...shown } = how
  const [ask, basis] = await Promise.all([
    loadConsentAsk(deps.db, { language, now: deps.now() }),
    basisOf(deps.db, about),
  ])
  const purposes = await Promise.all(
    ask.purposes.map(async ({ purpose, version, title, summary, body }): Promise<AskedPurpose> => {
      const before = again?.given.shown.find((one) => one.purpose === purpose)
      const replaced = before !== undefined && before.version !== version
      const old = replaced ? await findTextWords(deps.db, before.version, language) : undefined
      return {
        ...{ purpose, version, title, summary, body },
        ticked: again?.given.ticked.includes(purpose) ?? false,
        changes: old ? diffTexts(old, { summary, body }) : null,
      }
    }),
  )
  return { page: 'consent', ...shown, purposes, basis, problem: again?.problem ?? null }
}

/** Stands for the newest word of an HCP without telling anything about it, whoever holds the page. */
export async function basisOf(db: Kysely<Database>, about: Partial<Speaker>): Promise<string> {
  const { accountId, externalUserId } = about
  if (!accountId && !externalUserId) return 'none'
  const newest = accountId
    ? await db
        .selectFrom('consent')
        .select((eb) => eb.fn.max('id').as('id'))
        .where('accountId', '=', accountId)
        .executeTakeFirst()
    : await db
        .selectFrom('contactAnswer')
        .select((eb) => eb.fn.max('id').as('id'))
        .where('externalUserId', '=', externalUserId ?? '')
        .executeTakeFirst()
  return sha256(`basis ${accountId ?? externalUserId} ${newest?.id ?? ''}`).slice(0, 24)
}

/** Where the doctor stands, as pages show it; a purpose that was never asked about is left out. */
export const shownStandings = (standings: readonly Standing[]): ShownStanding[] =>
  standings
    .filter(({ activeVersion, history }) => activeVersion > 0 || history.length > 0)
    .map(({ purpose, standing, history }) => ({
      ...{ purpose, state: standing.state, since: standing.since },
      version: history[0]?.textVersion ?? null,
    }))
