import type { Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { addNotices } from '../../outbox/add-notices.ts'
import { localPrefix } from '../local-people.ts'

type Told = { personId: string; subjectId: string; title: string; text: string; at: Date }

/**
 * Tells the administrators who work through WeCom what was done with a local login. It has no phone of a colleague
 * behind it, so others must see it. Returns how many were told.
 */
export async function tellLocal(
  trx: Transaction<Database>,
  { newId, now }: Deps,
  { personId, subjectId, title, text, at }: Told,
): Promise<number> {
  const admins = await trx
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select('person.id')
    .distinct()
    .where('role', 'in', ['system_admin', 'security_admin'])
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now())]))
    .where('person.status', '=', 'active')
    .where('person.wecomUserKey', 'not like', `${localPrefix}%`)
    .where('person.id', '!=', personId)
    .execute()
  const notices = admins.map(({ id }) => ({ toPerson: id, kind: 'local_login' as const, subjectId, title, text }))
  await addNotices(
    trx,
    newId,
    at,
    notices.map((notice) => ({ ...notice, path: '/console/audit' })),
  )
  return admins.length
}
