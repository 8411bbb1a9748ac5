import type { Database } from '../../db/schema.ts'
import type { Kysely } from 'kysely'
import { AppError } from '../../errors.ts'
import { findRoles } from '../../people/queries.ts'
import type { Session } from '../../people/sessions.ts'

/** Who answers for reports of adverse reactions, and who may look at them besides. */
const inCharge = ['compliance_officer', 'compliance']
const lookers = [...inCharge, 'auditor']

type Standing = { looks: boolean; works: boolean; rules: boolean }

/** What this person may do with reports; whoever has one in hand may work on it whatever their role. */
export async function safetyStanding(
  db: Kysely<Database>,
  me: Session,
  { now, ownerId }: { now: Date; ownerId?: string | null },
): Promise<Standing> {
  const roles = await findRoles(db, me.personId, now)
  const has = (wanted: string[]) => wanted.some((role) => roles.includes(role))
  const own = ownerId === me.personId && roles.some((role) => role !== 'rep')
  return { looks: has(lookers) || own, works: has(inCharge) || own, rules: roles.includes('compliance_officer') }
}

/** Throws `wrong_role`. */
export function allow(allowed: boolean): void {
  if (!allowed) throw new AppError('wrong_role')
}

/** People who can be given a report: active, and of the office. */
export async function findSafetyPeople(db: Kysely<Database>, now: Date) {
  return peopleWith(db, inCharge, now)
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

async function peopleWith(db: Kysely<Database>, roles: string[], now: Date) {
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
