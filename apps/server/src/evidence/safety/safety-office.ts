import type { Database } from '../../db/schema.ts'
import type { Kysely } from 'kysely'
import { AppError } from '../../errors.ts'
import { holdsOne } from '../../people/role-queries.ts'
import type { Session } from '../../people/sessions.ts'

/** Who answers for reports of adverse reactions, who may look at them besides, and who says how they are answered. */
export const safetyKeepers = ['compliance_officer', 'compliance'] as const
export const safetyReaders = [...safetyKeepers, 'auditor'] as const
export const safetyRulers = ['compliance_officer'] as const

/** What this person may do with one report; whoever has it in hand may work on it whatever their role. */
export function safetyStanding({ personId, roles }: Pick<Session, 'personId' | 'roles'>, ownerId: string | null) {
  const own = ownerId === personId
  return { looks: own || holdsOne(roles, safetyReaders), works: own || holdsOne(roles, safetyKeepers) }
}

/** Throws `wrong_role`. */
export function allow(allowed: boolean): void {
  if (!allowed) throw new AppError('wrong_role')
}

/** People who can be given a report: active, and of the office. */
export async function findSafetyPeople(db: Kysely<Database>, now: Date) {
  return peopleWith(db, safetyKeepers, now)
}

/** Everybody who hears of a report that nobody has acknowledged. */
export async function findGuardians(db: Kysely<Database>, now: Date): Promise<string[]> {
  const people = await peopleWith(db, ['compliance_officer', 'system_admin'], now)
  return people.map((person) => person.personId)
}

/** Who is told of a report first: the company's choice while they are here, else every compliance officer. */
export async function findFirstTold(
  db: Kysely<Database>,
  now: Date,
): Promise<{ ownerId: string | null; tell: string[] }> {
  const chosen = await db
    .selectFrom('company')
    .innerJoin('person', 'person.id', 'company.safetyOwnerId')
    .select('person.id')
    .where('company.id', '=', 1)
    .where('person.status', '=', 'active')
    .executeTakeFirst()
  if (chosen) return { ownerId: chosen.id, tell: [chosen.id] }
  const officers = await peopleWith(db, ['compliance_officer'], now)
  const tell = officers.length > 0 ? officers.map((person) => person.personId) : await findGuardians(db, now)
  return { ownerId: null, tell }
}

async function peopleWith(db: Kysely<Database>, roles: readonly string[], now: Date) {
  return db
    .selectFrom('personRole')
    .innerJoin('person', 'person.id', 'personRole.personId')
    .select(['person.id as personId', 'person.name'])
    .distinct()
    .where('personRole.role', 'in', roles)
    .where('person.status', '=', 'active')
    .where((eb) => eb.or([eb('personRole.until', 'is', null), eb('personRole.until', '>', now)]))
    .orderBy('person.id')
    .execute()
}
