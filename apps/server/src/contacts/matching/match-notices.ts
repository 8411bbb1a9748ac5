import { shanghaiDay } from '@vouch/rules'
import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addNotices, type Notice } from '../../outbox/add-notices.ts'
import { findHolders } from '../../people/role-queries.ts'
import { findFollowing } from './people-queries.ts'

type Needs = Pick<Deps, 'newId'>
type Said = Pick<Notice, 'title' | 'text'>

const settled: Record<'confirmed' | 'declined', (doctor: string, reason: string) => Said> = {
  confirmed: (doctor) => ({
    title: `联系人已对上 ${doctor} Match confirmed`,
    text: `合规看过了：这位联系人就是 ${doctor}，现在可以查同意和发送。\nCompliance agrees that the contact is ${doctor}. You can send now.`,
  }),
  declined: (doctor, reason) => ({
    title: `联系人没有对上 ${doctor} Match not confirmed`,
    text: `合规没有同意这位联系人是 ${doctor}：${reason}。请在侧边栏重新选择。\nCompliance does not agree that the contact is ${doctor}: ${reason}. Choose again in the sidebar.`,
  }),
}

/** Tells the rep what the second look came to. */
export function tellSettled(
  trx: Transaction<Database>,
  { newId }: Needs,
  at: Date,
  about: { matchId: string; toPerson: string; outcome: 'confirmed' | 'declined'; doctor: string; reason: string },
): Promise<void> {
  const { matchId, toPerson, outcome, doctor, reason } = about
  const said = settled[outcome](doctor, reason)
  return addNotices(trx, newId, at, [{ kind: 'match', toPerson, subjectId: matchId, ...said, path: '/sidebar' }])
}

/** Tells the other reps who have this contact that they are matched to nobody any more. */
export async function tellEnded(
  trx: Transaction<Database>,
  { newId }: Needs,
  at: Date,
  about: { matchId: string; externalUserId: string; by: string; doctor: string },
): Promise<void> {
  const others = (await findFollowing(trx, about.externalUserId)).filter((repId) => repId !== about.by)
  const said = {
    title: `${about.doctor} 的联系人已解除匹配 Contact unmatched`,
    text: `同事说这位联系人不是 ${about.doctor}。重新对上之前不能发送。\nA colleague says that the contact is not ${about.doctor}. Nothing can be sent until they are matched again.`,
  }
  const notices = others.map((toPerson) => ({ toPerson, subjectId: about.matchId, ...said, path: '/sidebar' }))
  await addNotices(
    trx,
    newId,
    at,
    notices.map((notice) => ({ kind: 'match' as const, ...notice })),
  )
}

const waiting = {
  match_review: {
    title: '有联系人匹配等您看 Matches wait for a second look',
    text: '代表选好的医生要合规再看一眼才算数。\nA rep has chosen a doctor; it counts once compliance has looked at it.',
    path: '/console/doctors/matches',
  },
  change_review: {
    title: '有医生名单申请等您处理 Requests about the list of doctors',
    text: '代表申请新增医生或改正资料。\nA rep asks for a doctor who is missing or a detail that is wrong.',
    path: '/console/doctors/changes',
  },
}

/** Calls whoever may decide, once a day and person: the list says the rest. */
export async function callReviewers(
  trx: Transaction<Database>,
  { newId }: Needs,
  at: Date,
  about: { kind: keyof typeof waiting; roles: readonly string[]; by: string },
): Promise<void> {
  const people = (await findHolders(trx, about.roles, at)).filter((personId) => personId !== about.by)
  const notices = people.map((toPerson) => ({
    ...{ kind: about.kind, toPerson, subjectId: `day-${shanghaiDay(at)}` },
    ...waiting[about.kind],
  }))
  await addNotices(trx, newId, at, notices)
}
