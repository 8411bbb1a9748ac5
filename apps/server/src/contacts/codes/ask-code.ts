import type { contactCodeEndpoints, Input, Output } from '@vouch/contract'
import type { Insertable, Transaction } from 'kysely'
import { appendAudit } from '../../audit/append-audit.ts'
import { errnoOf, transact } from '../../db/database.ts'
import type { Database } from '../../db/schema.ts'
import type { Actor, Deps } from '../../deps.ts'
import type { Session } from '../../people/sessions.ts'
import { checkWish, repRows } from './check-wish.ts'

type Endpoint = typeof contactCodeEndpoints.askContactCode

/** Writes down a code that is wanted; the job has WeCom make it. The same request is one code. */
export async function askCode(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const refused = await checkWish(deps.db, asked)
  if (refused) return refused
  const { mainIds, backupIds, kind, ...wish } = asked
  const codeDays = asked.temporary ? (asked.codeDays ?? 7) : null
  const chatHours = asked.temporary ? (asked.chatHours ?? 24) : null
  const row = { ...wish, kind, codeDays, chatHours, ownOf: null, createdBy: me.personId }
  const codeId = await transact(deps.db, async (trx) => {
    const repeated = await findAsked(trx, asked.requestId)
    return repeated ?? addCode(deps, trx, { kind: 'admin', id: me.personId }, { row, mainIds, backupIds })
  }).catch(async (fault: unknown) => {
    // Asked twice at the same time: the key of the request lets one through.
    const won = errnoOf(fault) === 1062 ? await findAsked(deps.db, asked.requestId) : undefined
    if (!won) throw fault
    return won
  })
  return { outcome: 'asked', codeId }
}

async function findAsked(db: Deps['db'], requestId: string): Promise<string | undefined> {
  const row = await db.selectFrom('contactCode').select('id').where('requestId', '=', requestId).executeTakeFirst()
  return row?.id
}

type NewCode = Omit<
  Insertable<Database['contactCode']>,
  'id' | 'revision' | 'life' | 'createdAt' | 'runAt' | 'errcode' | 'configId' | 'pictureHash' | 'toldRevision' | Times
>
type Times = 'askedAt' | 'madeAt' | 'checkedAt' | 'endsAt' | 'endedAt'

/** Adds a code that WeCom has yet to make, with whom it leads to. */
export async function addCode(
  deps: Pick<Deps, 'now' | 'newId'>,
  trx: Transaction<Database>,
  actor: Actor,
  { row, mainIds, backupIds }: { row: NewCode; mainIds: readonly string[]; backupIds: readonly string[] },
): Promise<string> {
  const [id, at] = [deps.newId(), deps.now()]
  const unmade = { errcode: null, configId: null, pictureHash: null, toldRevision: null }
  const times = { askedAt: null, madeAt: null, checkedAt: null, endsAt: null, endedAt: null }
  await trx
    .insertInto('contactCode')
    .values({ ...row, ...unmade, ...times, id, revision: 1, life: 'making', createdAt: at, runAt: at })
    .execute()
  await trx.insertInto('contactCodeRep').values(repRows(id, { mainIds, backupIds })).execute()
  await appendAudit(trx, deps.newId(), actor, at, {
    ...{ event: 'contact_code.asked', subjectId: id },
    detail: { kind: row.kind, temporary: Boolean(row.temporary), mainIds, backupIds },
  })
  return id
}
