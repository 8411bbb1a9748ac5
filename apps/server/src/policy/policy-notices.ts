import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { addNotices } from '../outbox/add-notices.ts'

type Needs = Pick<Deps, 'newId'>
const path = '/console/policy'

/** Tells whoever could be the second person that a change waits for them. */
export async function tellProposed(
  trx: Transaction<Database>,
  { newId }: Needs,
  at: Date,
  about: { changeId: string; to: readonly string[]; by: string; reason: string },
): Promise<void> {
  const { changeId, to, by, reason } = about
  const said = {
    title: '发送规则的修改等您审批 A change of the sending rules waits',
    text: `${by} 提出修改发送规则：${reason}。要第二个人批准才生效。\n${by} asks for a change of the sending rules: ${reason}. It takes a second person to approve it.`,
  }
  await addNotices(
    trx,
    newId,
    at,
    to.map((toPerson) => ({ kind: 'policy_change' as const, toPerson, subjectId: changeId, ...said, path })),
  )
}

/** Tells whoever asked what the second person said. */
export async function tellDecided(
  trx: Transaction<Database>,
  { newId }: Needs,
  at: Date,
  about: { changeId: string; to: string; by: string; decision: 'approved' | 'declined'; reason: string },
): Promise<void> {
  const { changeId, to, by, decision, reason } = about
  const said = {
    approved: {
      title: '发送规则的修改已批准 Change of the sending rules approved',
      text: `${by} 批准了您提出的修改。\n${by} approved the change you asked for.`,
    },
    declined: {
      title: '发送规则的修改没有通过 Change of the sending rules declined',
      text: `${by} 没有批准您提出的修改：${reason}。规则没有变。\n${by} declined the change you asked for: ${reason}. The rules stay as they are.`,
    },
  }[decision]
  await addNotices(trx, newId, at, [{ kind: 'policy_decided', toPerson: to, subjectId: changeId, ...said, path }])
}
