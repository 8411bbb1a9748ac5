import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { tellPeople } from '../../outbox/tell-people.ts'
import { roleWords } from './role-words.ts'

type Needs = Pick<Deps, 'newId'>
const pathOf = (personId: string) => `/console/people/${personId}`
export type Change = { changeId: string; personId: string; person: string; role: string; reason: string }

/** Whoever could be the second person is told that a role waits for them. */
export function tellAsked(
  trx: Transaction<Database>,
  needs: Needs,
  at: Date,
  change: Change & { to: readonly string[]; by: string },
): Promise<void> {
  const { to, by, person, personId, role, reason } = change
  const { zh, en } = roleWords(role)
  return tellPeople(trx, needs, at, {
    ...{ kind: 'role_change', to, subjectId: change.changeId, path: pathOf(personId) },
    zh: ['角色等您审批', `${by} 提出给 ${person} “${zh}”角色：${reason}。要您批准才生效。`],
    en: [
      'A role waits for you',
      `${by} asks for ${person} to be ${en}: ${reason}. It takes a second person to approve.`,
    ],
  })
}

/** Whoever asked and, when it came into force, whoever may do more now. */
export function tellDecided(
  trx: Transaction<Database>,
  needs: Needs,
  at: Date,
  change: Change & { to: readonly string[]; by: string; granted: boolean; answer: string },
): Promise<void> {
  const { to, by, person, personId, role, granted, answer } = change
  const { zh, en } = roleWords(role)
  return tellPeople(trx, needs, at, {
    ...{ kind: 'role_decided', to, subjectId: change.changeId, path: pathOf(personId) },
    zh: granted
      ? ['角色已生效', `${person} 现在有“${zh}”角色，由 ${by} 批准。`]
      : ['角色没有批准', `${by} 没有批准给 ${person} “${zh}”角色：${answer}。权限没有变。`],
    en: granted
      ? ['Role in force', `${person} is ${en} now, approved by ${by}.`]
      : ['Role declined', `${by} declined that ${person} be ${en}: ${answer}. Nothing changed.`],
  })
}

/** Whoever lost a role, and those who grant them. */
export function tellTaken(
  trx: Transaction<Database>,
  needs: Needs,
  at: Date,
  taken: Change & { to: readonly string[]; by: string },
): Promise<void> {
  const { to, by, person, personId, role, reason } = taken
  const { zh, en } = roleWords(role)
  return tellPeople(trx, needs, at, {
    ...{ kind: 'role_taken', to, subjectId: taken.changeId, path: pathOf(personId) },
    zh: ['角色已收回', `${by} 收回了 ${person} 的“${zh}”角色，马上生效：${reason}。`],
    en: ['Role taken away', `${by} took the role ${en} from ${person}, at once: ${reason}.`],
  })
}

/** Those who grant roles hear that somebody left and what ended with it. */
export function tellLeft(
  trx: Transaction<Database>,
  needs: Needs,
  at: Date,
  left: { to: readonly string[]; personId: string; person: string; roles: readonly string[] },
): Promise<void> {
  const { to, personId, person, roles } = left
  const words = roles.map(roleWords)
  return tellPeople(trx, needs, at, {
    ...{ kind: 'person_left', to, subjectId: personId, path: pathOf(personId) },
    zh: [
      '同事离职，权限已结束',
      `企业微信里已经没有 ${person}。登录和角色都已结束：${words.map((w) => w.zh).join('、')}。`,
    ],
    en: [
      'A colleague left',
      `${person} is no longer with the company in WeCom. Sessions and roles ended: ${words.map((w) => w.en).join(', ')}.`,
    ],
  })
}
