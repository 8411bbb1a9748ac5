import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { addNotices, type Notice } from '../outbox/add-notices.ts'
import { loadPolicy } from '../policy/queries.ts'

const batch = 500

/**
 * Job: adds fact T to sends whose deadline passed without a word from the client (ticket + 10 min; assurance.md 2.2).
 * Walks the sends in the order of their ids from where it stopped; ids begin with their time. Counts use by specialty on
 * the way. The deadline lies minutes behind, so no send can still appear before the cursor.
 */
export async function recordDeadlines(deps: Deps): Promise<void> {
  const at = deps.now()
  const policy = await loadPolicy(deps.db, at)
  const before = new Date(at.getTime() - (policy.ticketSeconds + policy.unknownAfterSeconds) * 1_000)
  for (;;) {
    const { cursorValue } = await deps.db
      .selectFrom('job')
      .select('cursorValue')
      .where('name', '=', 'record-deadlines')
      .executeTakeFirstOrThrow()
    const sends = await deps.db
      .selectFrom('send')
      .leftJoin('account', 'account.id', 'send.accountId')
      .leftJoin('contentItem', 'contentItem.id', 'send.contentItemId')
      .select(['send.id', 'send.outcome', 'send.decidedAt', 'send.documentId', 'account.specialty'])
      .select(['send.repId', 'account.name as doctor', 'contentItem.title'])
      .select(
        sql<number>`exists(select 1 from fact where fact.send_id = send.id and fact.kind in ('K', 'C', 'F', 'T'))`.as(
          'settled',
        ),
      )
      .where('send.id', '>', cursorValue)
      .orderBy('send.id')
      .limit(batch)
      .execute()
    const firstTooYoung = sends.findIndex((send) => send.decidedAt > before)
    const due = firstTooYoung === -1 ? sends : sends.slice(0, firstTooYoung)
    const last = due.at(-1)
    if (!last) return
    const authorised = due.filter((send) => send.outcome === 'authorised')
    await deps.db.transaction().execute(async (trx) => {
      const moved = await trx
        .updateTable('job')
        .set({ cursorValue: last.id })
        .where('name', '=', 'record-deadlines')
        .where('cursorValue', '=', cursorValue)
        .executeTakeFirst()
      if (moved.numChangedRows === 0n) return // another instance was here: it has done these
      const silent = authorised.filter((send) => Number(send.settled) === 0)
      const facts = silent.map((send) => ({
        sendId: send.id,
        kind: 'T' as const,
        factId: 'T',
        author: 'system',
        at,
        clientAt: null,
        seenExternalUserId: null,
      }))
      if (facts.length > 0) await trx.insertInto('fact').ignore().values(facts).execute()
      await addNotices(trx, deps.newId, at, silent.map(unknownNotice))
      const uses = authorised.flatMap((send) =>
        send.specialty ? [{ specialty: send.specialty, documentId: send.documentId, sends: 1 }] : [],
      )
      if (uses.length > 0) {
        await trx
          .insertInto('contentUse')
          .values(uses)
          .onDuplicateKeyUpdate({ sends: sql`sends + 1` })
          .execute()
      }
    })
    if (firstTooYoung !== -1 || sends.length < batch) return
  }
}

type Silent = { id: string; repId: string; doctor: string | null; title: string | null }

/** The rep is asked to look: only they see what stands in the chat. */
function unknownNotice({ id, repId, doctor, title }: Silent): Notice {
  const to = doctor ?? '这位联系人'
  return {
    ...{ kind: 'unknown_send', toPerson: repId, subjectId: id, path: '/sidebar' },
    title: `结果未知 Result unknown：${to}《${title ?? ''}》`,
    text: [
      `发给 ${to} 的《${title ?? ''}》有没有发出还不知道，已按发出算进次数。请看聊天里有没有，再到侧边栏“记录”里说明。`,
      `It is not known whether “${title ?? ''}” reached the chat with ${doctor ?? 'this contact'}; it counts as sent. Look there, then say so under History.`,
    ].join('\n'),
  }
}
