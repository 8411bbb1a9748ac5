import type { AddedPerson, Input, Output, peopleEndpoints } from '@vouch/contract'
import { appendAudit } from '../audit/append-audit.ts'
import { errnoOf, transact } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import type { Member } from '../wecom/wecom.ts'
import { personSearchText } from '../search-text.ts'
import { findPersonByUserId } from './queries.ts'
import type { Session } from './sessions.ts'

type Endpoint = typeof peopleEndpoints.addPeople

/**
 * Adds colleagues by their WeCom user ids. WeCom says who they are and whether they are with the company; nobody types a
 * name. They hold no role and can do nothing until one is granted. Who was here before and came back is let in again.
 */
export async function addPeople(deps: Deps, me: Session, asked: Input<Endpoint>): Promise<Output<Endpoint>> {
  const userIds = [...new Map(asked.userIds.map((userId) => [userId.toLowerCase(), userId])).values()]
  const rows: AddedPerson[] = []
  for (const userId of userIds) rows.push(await addOne(deps, me, userId))
  return { rows }
}

async function addOne(deps: Deps, me: Session, userId: string): Promise<AddedPerson> {
  const known = await findPersonByUserId(deps.db, userId)
  if (known?.status === 'active') return { userId, outcome: 'known', personId: known.id, name: known.name }
  const member = await deps.wecom.findMember(userId)
  if (member.outcome !== 'found')
    return { userId, outcome: member.outcome, personId: known?.id ?? null, name: known?.name ?? '' }
  if (!member.employed) return { userId, outcome: 'not_employed', personId: known?.id ?? null, name: member.name }
  return known ? comeBack(deps, me, { personId: known.id, member }) : insertPerson(deps, me, member)
}

type Found = Extract<Member, { outcome: 'found' }>
const nameOf = ({ name, userId }: Found): string => name.trim().slice(0, 80) || userId

async function insertPerson(deps: Deps, me: Session, member: Found): Promise<AddedPerson> {
  const { userId } = member
  const personId = deps.newId()
  const name = nameOf(member)
  try {
    return await transact(deps.db, async (trx) => {
      const at = deps.now()
      await trx
        .insertInto('person')
        .values({
          ...{ id: personId, wecomUserId: userId, wecomUserKey: userId.toLowerCase(), name, status: 'active' },
          ...{ employmentProvedAt: at, leftAt: null, filingNumber: null, filedUntil: null, createdAt: at },
          nameSearch: personSearchText({ name, nameEn: '', wecomUserId: userId }),
        })
        .execute()
      await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
        ...{ event: 'person.added', subjectId: personId, detail: { wecomUserId: userId } },
      })
      return { userId, outcome: 'added' as const, personId, name }
    })
  } catch (fault) {
    if (errnoOf(fault) !== duplicate) throw fault
    const known = await findPersonByUserId(deps.db, userId)
    return { userId, outcome: 'known', personId: known?.id ?? null, name: known?.name ?? name }
  }
}

/** Somebody else was faster with the same user id. */
const duplicate = 1062

async function comeBack(
  deps: Deps,
  me: Session,
  { personId, member }: { personId: string; member: Found },
): Promise<AddedPerson> {
  const [name, userId] = [nameOf(member), member.userId]
  return transact(deps.db, async (trx) => {
    const at = deps.now()
    const changed = await trx
      .updateTable('person')
      .set({ status: 'active', leftAt: null, name, employmentProvedAt: at })
      .set({ nameSearch: personSearchText({ name, nameEn: '', wecomUserId: userId }) })
      .where('id', '=', personId)
      .where('status', '=', 'left')
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return { userId, outcome: 'known' as const, personId, name }
    await appendAudit(trx, deps.newId(), { kind: 'admin', id: me.personId }, at, {
      ...{ event: 'person.came_back', subjectId: personId, detail: { wecomUserId: userId } },
    })
    return { userId, outcome: 'back' as const, personId, name }
  })
}

/** Members with the contact feature in the app's range who are not known here, or left here and are back there. */
export async function listNewcomers(deps: Deps): Promise<Output<typeof peopleEndpoints.listNewcomers>> {
  const serving = await deps.wecom.servingMembers()
  const known = await deps.db.selectFrom('person').select('wecomUserKey').where('status', '=', 'active').execute()
  const keys = new Set(known.map(({ wecomUserKey }) => wecomUserKey))
  return { userIds: serving.filter((userId) => !keys.has(userId.toLowerCase())).slice(0, mostNewcomers) }
}

const mostNewcomers = 500
