import { appendAudit } from '../../audit/append-audit.ts'
import { saidOf } from '../../audit/words/event-words.ts'
import { transact } from '../../db/database.ts'
import type { Deps } from '../../deps.ts'
import { tellLocal } from './tell-local.ts'

/** Entries of this age are all committed: a transaction has a second, and is repeated a few times. */
const settledMs = 10_000
/** Told at once, or not a deed. */
const untold = ['local.signed_in', 'local.set_up', 'local.set_up_again', 'local.announced', 'console.signed_out']
const named = 5

/** Job: whatever a local administrator did is told to the others, and that they were told is on record. */
export async function announceLocalActs(deps: Deps): Promise<void> {
  const until = new Date(deps.now().getTime() - settledMs)
  const logins = await deps.db
    .selectFrom('localLogin')
    .innerJoin('person', 'person.id', 'localLogin.personId')
    .select(['personId', 'announcedUntil', 'person.name'])
    .where('announcedUntil', '<', until)
    .execute()
  for (const login of logins) await announce(deps, login, until)
}

type Login = { personId: string; announcedUntil: Date; name: string }

async function announce(deps: Deps, { personId, announcedUntil, name }: Login, until: Date): Promise<void> {
  await transact(deps.db, async (trx) => {
    const claimed = await trx
      .updateTable('localLogin')
      .set({ announcedUntil: until })
      .where('personId', '=', personId)
      .where('announcedUntil', '=', announcedUntil)
      .executeTakeFirst()
    if (claimed.numUpdatedRows === 0n) return
    const acts = await trx
      .selectFrom('auditEntry')
      .select(['id', 'event'])
      .where('actorId', '=', personId)
      .where('actorKind', '=', 'admin')
      .where('at', '>', announcedUntil)
      .where('at', '<=', until)
      .where('event', 'not in', untold)
      .where('event', 'not like', '%viewed')
      .orderBy('id')
      .limit(200)
      .execute()
    if (acts.length === 0) return
    const at = deps.now()
    const words = [...new Set(acts.map(({ event }) => saidOf(event).zh))]
    const told = await tellLocal(trx, deps, {
      ...{ personId, subjectId: acts.at(-1)!.id, at, title: '本地管理员的操作' },
      text: `${name}：${words.slice(0, named).join('、')}${words.length > named ? '等' : ''}，共 ${acts.length} 项。`,
    })
    await appendAudit(trx, deps.newId(), { kind: 'system', id: 'announce-local-acts' }, at, {
      ...{ event: 'local.announced', subjectId: personId, detail: { entries: acts.map(({ id }) => id), told } },
    })
  })
}
