import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'

type Needs = Pick<Deps, 'newId'>
const path = '/console/contact-codes/welcome'

/** Tells whoever could be the second person that other words for the welcome wait for them. */
export async function tellProposed(
  trx: Transaction<Database>,
  { newId }: Needs,
  at: Date,
  about: { changeId: string; to: readonly string[]; by: string; reason: string },
): Promise<void> {
  const { changeId, to, by, reason } = about
  const said = {
    title: '欢迎语的修改等您审批 A change of the welcome waits',
    text: `${by} 提出修改欢迎语：${reason}。要第二个人批准才生效。\n${by} asks for other words in the welcome: ${reason}. It takes a second person to approve them.`,
  }
  await addNotices(
    trx,
    newId,
    at,
    to.map((toPerson) => ({ kind: 'welcome_change' as const, toPerson, subjectId: changeId, ...said, path })),
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
      title: '欢迎语的修改已批准 Change of the welcome approved',
      text: `${by} 批准了您提出的欢迎语，从下一位新联系人开始用。\n${by} approved the welcome you asked for. It is said from the next new contact on.`,
    },
    declined: {
      title: '欢迎语的修改没有通过 Change of the welcome declined',
      text: `${by} 没有批准您提出的欢迎语：${reason}。欢迎语没有变。\n${by} declined the welcome you asked for: ${reason}. It stays as it is.`,
    },
  }[decision]
  await addNotices(trx, newId, at, [{ kind: 'welcome_decided', toPerson: to, subjectId: changeId, ...said, path }])
}
