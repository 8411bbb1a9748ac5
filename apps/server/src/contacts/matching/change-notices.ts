import type { ChangeBrief } from '@vouch/contract'
import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'

type Life = Exclude<ChangeBrief['life'], 'waiting'>

const words: Record<Life, (name: string, reason: string) => { title: string; text: string }> = {
  created: (name) => ({
    title: `已为 ${name} 建档 ${name} is in the list`,
    text: `名单里现在有 ${name} 了，请在聊天的侧边栏点“就是他”。\n${name} is in the list now. Confirm it in the sidebar of the chat.`,
  }),
  linked: (name) => ({
    title: `名单里已有 ${name} ${name} was in the list`,
    text: `合规指出名单里已有这位医生，请在聊天的侧边栏核对后点“就是他”。\nCompliance found the doctor in the list. Check and confirm it in the sidebar of the chat.`,
  }),
  applied: (name) => ({
    title: `${name} 的资料已改正 Details put right`,
    text: `您提的 ${name} 的资料已改正。\nThe details of ${name} are put right.`,
  }),
  declined: (name, reason) => ({
    title: `关于 ${name} 的申请没有通过 Request declined`,
    text: `原因：${reason}。可以改好再提。\nWhy: ${reason}. You can ask again.`,
  }),
}

/** Tells the rep what became of what they asked for. */
export function tellDecided(
  trx: Transaction<Database>,
  { newId }: Pick<Deps, 'newId'>,
  at: Date,
  about: { change: { id: string; repId: string; name: string }; life: Life; reason: string },
): Promise<void> {
  const { id, repId, name } = about.change
  const notice = { kind: 'account_change' as const, toPerson: repId, subjectId: id, path: '/sidebar' }
  return addNotices(trx, newId, at, [{ ...notice, ...words[about.life](name, about.reason) }])
}
