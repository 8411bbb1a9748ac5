import type { ConsentTextDetail } from '@vouch/contract'
import { decideTextStep, type TextAction } from '@vouch/rules'
import type { Kysely } from 'kysely'
import { transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import type { Session } from '../../people/sessions.ts'
import { findHeads } from './list-texts.ts'
import { findWordings, loadVersion, textSubject } from './text-queries.ts'
import { readFacts, readText, type ReadText } from './text-step.ts'

const offered: Record<ConsentTextDetail['may'][number], TextAction> = {
  ...{ edit: 'edit', submit: 'submit', take_back: 'take_back', drop: 'drop', approve: 'sign', return: 'return' },
}

/** One version with its words, those it replaces, and what this person may do with it. */
export async function loadText(deps: Deps, me: Session, version: number): Promise<ConsentTextDetail> {
  const { db, now } = deps
  const at = now()
  const heads = await findHeads(db, at)
  const head = heads.find((one) => one.version === version)
  if (!head) throw new AppError('content_not_found')
  const earlier = heads.find((one) => one.purpose === head.purpose && one.version < version && one.activeFrom !== null)
  const [{ text, wordings }, may] = await transact(db, async (trx) => {
    const read = await readText(trx, await loadVersion(trx, version))
    return [read, await mayOf(trx, me, read, at)] as const
  })
  return {
    ...head,
    ...{ revision: text.revision, returnedReason: text.returnedReason, wordings, may },
    before: earlier ? { version: earlier.version, wordings: await findWordings(db, earlier.version) } : null,
    trail: await findTrail(db, version),
  }
}

/** Words that are missing are said when it is tried; a page offers what may be tried at all. */
async function mayOf(trx: Parameters<typeof readFacts>[0], me: Session, read: ReadText, at: Date) {
  const facts = await readFacts(trx, read, { action: 'edit', actorId: me.personId, at, reason: '-' })
  const names = Object.keys(offered) as (keyof typeof offered)[] // its own keys
  return names.filter((name) => {
    const decision = decideTextStep({ ...facts, action: offered[name] }, at)
    return decision.allowed || decision.refusals.every((refusal) => refusal.reason === 'words_missing')
  })
}

async function findTrail(db: Kysely<Database>, version: number): Promise<ConsentTextDetail['trail']> {
  const rows = await db
    .selectFrom('auditEntry')
    .leftJoin('person', 'person.id', 'auditEntry.actorId')
    .select(['auditEntry.at', 'auditEntry.event', 'auditEntry.reason', 'person.name as actor'])
    .where('subjectId', '=', textSubject(version))
    .orderBy('auditEntry.id')
    .limit(200)
    .execute()
  return rows.map((row) => ({ ...row, actor: row.actor ?? '' }))
}
