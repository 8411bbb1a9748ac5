import type { AskedRole, Role, RoleHolder } from '@vouch/rules'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { isLocal } from '../local-people.ts'

export const readCodes = (text: string): string[] => (text === '' ? [] : text.split(','))
export const openKeyOf = (personId: string, role: string): string => `${personId} ${role}`

/** Whoever is to have a role or to lose one, locked, with what they hold today. */
export async function lockHolder(trx: Transaction<Database>, personId: string, now: Date) {
  const person = await trx
    .selectFrom('person')
    .select(['name', 'status', 'wecomUserId'])
    .where('id', '=', personId)
    .forUpdate()
    .executeTakeFirst()
  if (!person) return undefined
  const held = await trx
    .selectFrom('personRole')
    .select(['role', 'until'])
    .where('personId', '=', personId)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .execute()
  const managed = await trx
    .selectFrom('managedTerritory')
    .select('territory')
    .where('personId', '=', personId)
    .execute()
  const holder: RoleHolder = {
    ...{ active: person.status === 'active', local: isLocal(person), held },
    territories: managed.map(({ territory }) => territory),
  }
  return { name: person.name, holder }
}

export type Grant = AskedRole & {
  personId: string
  changeId: string
  proposedBy: string
  decidedBy: string
  reason: string
}

/** A role comes into force; what was held under the same name is replaced. */
export async function grantRole(
  trx: Transaction<Database>,
  { newId, at }: { newId: () => string; at: Date },
  { role, until, territories, personId, ...words }: Grant,
): Promise<void> {
  await trx.insertInto('personRole').values({ personId, role, until }).onDuplicateKeyUpdate({ until }).execute()
  if (role === 'manager') {
    await trx.deleteFrom('managedTerritory').where('personId', '=', personId).execute()
    await trx
      .insertInto('managedTerritory')
      .values(territories.map((territory) => ({ personId, territory })))
      .execute()
  }
  await trx
    .insertInto('roleStep')
    .values({ ...words, id: newId(), personId, role, what: 'granted', until, territories: territories.join(), at })
    .execute()
}

/** A role ends now; sessions of a face that no role is left for end with it. */
export async function dropRole(trx: Transaction<Database>, personId: string, role: Role, at: Date): Promise<void> {
  await trx.deleteFrom('personRole').where('personId', '=', personId).where('role', '=', role).execute()
  if (role === 'manager') await trx.deleteFrom('managedTerritory').where('personId', '=', personId).execute()
  const left = await trx
    .selectFrom('personRole')
    .select('role')
    .where('personId', '=', personId)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
    .execute()
  const over = role === 'rep' ? ('rep' as const) : ('console' as const)
  if (role !== 'rep' && left.some((one) => one.role !== 'rep')) return
  await trx
    .updateTable('session')
    .set({ endedAt: at, endedWhy: 'role_taken' })
    .where('personId', '=', personId)
    .where('face', '=', over)
    .where('endedAt', 'is', null)
    .execute()
}

/** Somebody left: every role ends, and what was asked for them is over. Returns the roles they had. */
export async function endRoles(
  trx: Transaction<Database>,
  newId: () => string,
  personId: string,
  at: Date,
): Promise<string[]> {
  const held = await trx.selectFrom('personRole').select(['role', 'until']).where('personId', '=', personId).execute()
  if (held.length > 0) {
    await trx.deleteFrom('personRole').where('personId', '=', personId).execute()
    const words = { what: 'left' as const, at, proposedBy: null, decidedBy: null, changeId: null }
    await trx
      .insertInto('roleStep')
      .values(held.map(({ role, until }) => ({ ...words, id: newId(), personId, role, until })))
      .execute()
  }
  await trx.deleteFrom('managedTerritory').where('personId', '=', personId).execute()
  await trx
    .updateTable('roleChange')
    .set({ openKey: null, decision: 'declined', decidedAt: at })
    .where('personId', '=', personId)
    .where('openKey', 'is not', null)
    .execute()
  return held.map(({ role }) => role)
}

/** Codes among these that there are no territories of. */
export async function findUnknownTerritories(db: Kysely<Database>, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const known = await db
    .selectFrom('territory')
    .select('code')
    .where('code', 'in', [...codes])
    .execute()
  return codes.filter((code) => !known.some((one) => one.code === code))
}
