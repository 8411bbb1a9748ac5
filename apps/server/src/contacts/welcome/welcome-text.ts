import type { contactCodeEndpoints, Input, Output } from '@vouch/contract'
import { appendAudit } from '../../audit/append-audit.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { requireRole } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'
import { loadPolicy } from '../../policy/queries.ts'
import { refusedWish } from '../codes/check-wish.ts'
import { findProductNamed } from '../codes/code-queries.ts'
import { codeReaders, codeWriters, mayChange } from '../codes/code-roles.ts'
import { findCompanyWords } from './welcome-queries.ts'

type Load = typeof contactCodeEndpoints.loadWelcomeText
type Save = typeof contactCodeEndpoints.saveWelcomeText
const pageSize = 30

/** What the company says to new contacts, and what became of the newest welcomes. */
export async function loadWelcomeText(deps: Deps, me: Session, asked: Input<Load>): Promise<Output<Load>> {
  const roles = await requireRole(deps, me, codeReaders)
  const [words, policy, found] = await Promise.all([
    findCompanyWords(deps.db),
    loadPolicy(deps.db, deps.now()),
    findWelcomes(deps.db, asked.cursor),
  ])
  const page = found.slice(0, pageSize)
  const last = found.length > pageSize ? page.at(-1) : undefined
  const { version, wordingZh, wordingEn, changedAt } = words
  return {
    ...{ version, wordingZh, wordingEn, changedAt, disclaimerMode: policy.disclaimerMode },
    rows: page.map(({ codeHash: _, asksConsent, occurredAt, settledAt, ...row }) => ({
      ...{ ...row, nickname: row.nickname ?? '', rep: row.rep ?? '', asksConsent: Boolean(asksConsent) },
      tookMs: row.life === 'sent' && settledAt ? settledAt.getTime() - occurredAt.getTime() : null,
    })),
    next: last ? writeCursor({ at: last.at, id: last.codeHash.slice(0, 40) }) : null,
    may: mayChange(roles) ? ['change'] : [],
  }
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

/** The next version of what is said. The versions before it stay; what was said with them is kept at each welcome. */
export async function saveWelcomeText(deps: Deps, me: Session, asked: Input<Save>): Promise<Output<Save>> {
  await requireRole(deps, me, codeWriters)
  const { version, wordingZh, wordingEn, reason } = asked
  const named = await findProductNamed(deps.db, `${wordingZh}\n${wordingEn}`)
  if (named) return refusedWish('names_product', named)
  try {
    return await transact(deps.db, async (trx) => {
      const now = await findCompanyWords(trx)
      if (now.version !== version) return { outcome: 'stale', by: await changerOf(trx, now.version) }
      const [next, at] = [version + 1, deps.now()]
      const row = { version: next, wordingZh, wordingEn, reason, changedBy: me.personId, changedAt: at }
      await trx.insertInto('welcomeText').values(row).execute()
      await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
        ...{ event: 'welcome_text.changed', subjectId: String(next), reason },
        ...{ before: { wordingZh: now.wordingZh, wordingEn: now.wordingEn }, after: { wordingZh, wordingEn } },
      })
      return { outcome: 'saved', version: next }
    })
  } catch (fault) {
    // Two saved the same next version at the same time: the key lets one through.
    if (errnoOf(fault) !== 1062) throw fault
    return { outcome: 'stale', by: await changerOf(deps.db, version + 1) }
  }
}

async function changerOf(db: Deps['db'], version: number): Promise<string> {
  const row = await db
    .selectFrom('welcomeText')
    .innerJoin('person', 'person.id', 'welcomeText.changedBy')
    .select('person.name')
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.name ?? ''
}
