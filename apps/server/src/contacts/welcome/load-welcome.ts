import type { Input, Output, welcomeEndpoints, WelcomeChange } from '@vouch/contract'
import { readCursor, writeCursor } from '../../cursor.ts'
import type { Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { mayApprove, mayChange } from '../codes/code-roles.ts'
import { findOpenChange } from './welcome-change-queries.ts'
import { findAuthors, findCompanyWords } from './welcome-queries.ts'

type Load = typeof welcomeEndpoints.loadWelcomeText
const pageSize = 30

/** What the company says to new contacts, the change that waits, and what became of the newest welcomes. */
export async function loadWelcome(deps: Deps, me: Session, asked: Input<Load>): Promise<Output<Load>> {
  const words = await findCompanyWords(deps.db)
  const [authors, open, policy, found] = await Promise.all([
    findAuthors(deps.db, words.version),
    findOpenChange(deps.db),
    loadPolicy(deps.db, deps.now()),
    findWelcomes(deps.db, asked.cursor),
  ])
  const page = found.slice(0, pageSize)
  const last = found.length > pageSize ? page.at(-1) : undefined
  const { version, wordingZh, wordingEn, changedAt } = words
  const decides = mayApprove(me.roles) && open !== undefined && open.proposedBy !== me.personId
  return {
    ...{ version, wordingZh, wordingEn, changedAt, ...authors, disclaimerMode: policy.disclaimerMode },
    change: open ? asChange(open, me) : null,
    rows: page.map(({ codeHash: _, asksConsent, occurredAt, settledAt, ...row }) => ({
      ...{ ...row, nickname: row.nickname ?? '', rep: row.rep ?? '', asksConsent: Boolean(asksConsent) },
      tookMs: row.life === 'sent' && settledAt ? settledAt.getTime() - occurredAt.getTime() : null,
    })),
    next: last ? writeCursor({ at: last.at, id: last.codeHash.slice(0, 40) }) : null,
    may: [...(mayChange(me.roles) && !open ? (['change'] as const) : []), ...(decides ? (['decide'] as const) : [])],
  }
}

function asChange(open: NonNullable<Awaited<ReturnType<typeof findOpenChange>>>, me: Session): WelcomeChange {
  const { id: changeId, wordingZh, wordingEn, reason, proposedAt, proposerName: proposedBy } = open
  return { changeId, wordingZh, wordingEn, reason, proposedAt, proposedBy, mine: open.proposedBy === me.personId }
}

function findWelcomes(db: Deps['db'], cursor: string | null) {
  const after = readCursor(cursor)
  return db
    .selectFrom('welcome')
    .leftJoin('person', 'person.id', 'welcome.repId')
    .leftJoin('externalContact', 'externalContact.externalUserId', 'welcome.externalUserId')
    .leftJoin('contactCode', 'contactCode.id', 'welcome.contactCodeId')
    .select(['welcome.codeHash', 'welcome.beganAt as at', 'person.name as rep', 'externalContact.nickname'])
    .select(['contactCode.name as code', 'welcome.life', 'welcome.asksConsent', 'welcome.errcode'])
    .select(['welcome.occurredAt', 'welcome.settledAt'])
    .$if(after !== undefined, (rows) =>
      rows.where((eb) =>
        eb.or([
          eb('welcome.beganAt', '<', after!.at),
          // The cursor holds the beginning of the hash; two that share it are found on neither page by chance alone.
          eb.and([eb('welcome.beganAt', '=', after!.at), eb('welcome.codeHash', '<', after!.id)]),
        ]),
      ),
    )
    .orderBy('welcome.beganAt', 'desc')
    .orderBy('welcome.codeHash', 'desc')
    .limit(pageSize + 1)
    .execute()
}
