/** What somebody may be here. `rep` sends; the others are of the office. */
export const roleNames = [
  'rep',
  'author',
  'medical',
  'legal',
  'compliance',
  'compliance_officer',
  'manager',
  'auditor',
  'system_admin',
  'security_admin',
] as const
export type Role = (typeof roleNames)[number]

/** A role as it is asked for; territories are what a manager looks at. */
export type AskedRole = { role: Role; until: Date | null; territories: readonly string[] }

/** Whoever is to have a role: with the company or not, and what they hold today. */
export type RoleHolder = {
  active: boolean
  /** Came with the set-up and is no member of WeCom. */
  local: boolean
  held: readonly { role: string; until: Date | null }[]
  territories: readonly string[]
}

/** Whose word stands behind a grant: who it is for, who asked, and the second person once there is one. */
export type RoleWords = { personId: string; askedBy: string; approvedBy: string | null }

export type RoleRefusal =
  | 'own_role'
  | 'own_change'
  | 'left'
  | 'not_a_member'
  | 'held_already'
  | 'admins_exclude'
  | 'grants_and_rules'
  | 'auditor_acts'
  | 'end_needed'
  | 'end_passed'
  | 'territory_needed'
  | 'not_held'
  | 'last_security_admin'

/** Who grants roles sets no policy, and who sets it grants none. */
const rules: readonly string[] = ['compliance', 'compliance_officer']

/** Whether a role may come into force, with every reason against it. Asked when it is proposed and again at approval. */
export function decideGrant(asked: AskedRole, holder: RoleHolder, words: RoleWords, now: Date): RoleRefusal[] {
  return [
    ...checkWords(words),
    ...(holder.active ? [] : (['left'] as const)),
    ...(holder.local && asked.role === 'rep' ? (['not_a_member'] as const) : []),
    ...checkHeld(asked, holder),
    ...checkTogether(
      asked.role,
      holder.held.map(({ role }) => role).filter((role) => role !== asked.role),
    ),
    ...checkEnd(asked, now),
    ...(asked.role === 'manager' && asked.territories.length === 0 ? (['territory_needed'] as const) : []),
  ]
}

/** Nobody gives themselves a role, and nobody is their own second person (assurance.md A48). */
function checkWords({ personId, askedBy, approvedBy }: RoleWords): RoleRefusal[] {
  if (personId === askedBy || personId === approvedBy) return ['own_role']
  return askedBy === approvedBy ? ['own_change'] : []
}

/** The same role may be asked for again with another end or other territories. */
function checkHeld({ role, until, territories }: AskedRole, holder: RoleHolder): RoleRefusal[] {
  const held = holder.held.find((one) => one.role === role)
  if (!held || held.until?.getTime() !== until?.getTime()) return []
  const same = territories.toSorted().join() === holder.territories.toSorted().join()
  return role === 'manager' && !same ? [] : ['held_already']
}

/** The three administrators exclude each other (assurance.md R30), and an auditor does nothing but look. */
function checkTogether(role: Role, others: readonly string[]): RoleRefusal[] {
  if (others.length === 0) return []
  if (role === 'auditor' || others.includes('auditor')) return ['auditor_acts']
  const all = [role, ...others]
  const holds = (one: Role) => all.includes(one)
  return [
    ...(holds('system_admin') && holds('security_admin') ? (['admins_exclude'] as const) : []),
    ...(holds('security_admin') && rules.some((one) => all.includes(one)) ? (['grants_and_rules'] as const) : []),
  ]
}

function checkEnd({ role, until }: AskedRole, now: Date): RoleRefusal[] {
  if (role === 'auditor' && !until) return ['end_needed']
  return until && until <= now ? ['end_passed'] : []
}

/** Whether a role may be taken away. One person does it, because less is the safe side; somebody who grants must be left. */
export function decideTaking(role: Role, held: readonly string[], otherSecurityAdmins: number): RoleRefusal[] {
  if (!held.includes(role)) return ['not_held']
  return role === 'security_admin' && otherSecurityAdmins === 0 ? ['last_security_admin'] : []
}
