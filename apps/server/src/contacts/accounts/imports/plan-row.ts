import { assignmentKey, plain, spanOf, type Around, type Assignment, type KnownAccount } from './around-rows.ts'
import type { AccountValues, RowFault } from './read-account-row.ts'
import type { Group } from './row-groups.ts'

type Fields = Pick<
  KnownAccount,
  'name' | 'title' | 'post' | 'department' | 'specialty' | 'territory' | 'hospitalId' | 'campus'
> & { active: boolean }
export type AccountChange = Partial<Fields & { licenceNumber: string; hcpVerified: boolean }>

export type Plan = {
  outcome: 'new' | 'changed' | 'unchanged'
  /** What was left as it is and why. */
  notes: string[]
  accountId: string
  account: { was: KnownAccount | null; change: AccountChange } | null
  assignment: Assignment | null
  /** Of somebody who is with us and serves this territory today. */
  repTerritory: { repId: string; territory: string } | null
  add: {
    hospital?: { id: string; name: string; city: string }
    specialty?: string
    territory?: string
  }
}
type Given = {
  values: AccountValues
  /** What the list as a whole says of this doctor. */
  group: Group
  number: number
  around: Around
  /** As 2026-11-21, in Shanghai. */
  today: string
  newId: () => string
}

/**
 * What a row asks for, held against what is known: it changes no value a person put right, takes no proof away, and says
 * so. What it would add is known to the rows after it.
 */
export function planRow(given: Given): Plan | RowFault {
  const { values, group, number, around } = given
  const was = around.accounts.get(values.externalId) ?? null
  if (was?.mergedInto) return { ...nothing, accountId: was.id, notes: ['merged'] }
  if (group.first !== number && group.says !== saysOf(values)) return { field: '', problem: 'differs_from_row' }
  // While nothing is written, a doctor whom an earlier row would add is not there yet.
  if (!was && group.first !== number) return { ...nothing, outcome: 'changed', accountId: '', notes: [] }
  const add: Plan['add'] = {}
  const wanted = wantedOf(given, add)
  const { change, notes } = was
    ? changeOf(was, wanted, values)
    : { change: { ...wanted, ...verifiedBy(values) }, notes: [] }
  const accountId = was?.id ?? given.newId()
  const served = assignmentOf(given, accountId, notes)
  const changed = Object.keys(change).length > 0
  if (!was) around.accounts.set(values.externalId, asKnown(values.externalId, accountId, change))
  return {
    outcome: !was ? 'new' : changed || served.assignment ? 'changed' : 'unchanged',
    ...{ notes, accountId, account: !was || changed ? { was, change } : null, ...served, add },
  }
}

const nothing = { outcome: 'unchanged', account: null, assignment: null, repTerritory: null, add: {} } as const

/** What two rows of one doctor must have in common. */
export const saysOf = (values: AccountValues): string => {
  const { territory: _t, rep: _r, productLine: _p, fromDay: _f, untilDay: _u, ...person } = values
  return JSON.stringify(person)
}

/** The row's values as columns; what a column that is not there leaves open stays what it is. */
function wantedOf({ values, group, around, newId }: Given, add: Plan['add']): Fields {
  const was = around.accounts.get(values.externalId)
  const kept = (given: string | undefined, field: 'title' | 'post' | 'campus'): string => given ?? was?.[field] ?? ''
  return {
    ...{ name: values.name, department: values.department, active: values.active },
    ...{ title: kept(values.title, 'title'), post: kept(values.post, 'post'), campus: kept(values.campus, 'campus') },
    specialty: specialtyOf(values, was?.specialty, around, add),
    territory: territoryOf(group, was?.territory, around, add),
    hospitalId: hospitalOf(values, around, add, newId),
  }
}

function hospitalOf(values: AccountValues, around: Around, add: Plan['add'], newId: () => string): string {
  const { hospitalCode: code, hospital: name, city } = values
  const known = code ? around.hospitalIds.has(code) && code : around.hospitalsByName.get(plain(name))
  if (known) return known
  const id = code || newId()
  add.hospital = { id, name, city }
  around.hospitalIds.add(id)
  around.hospitalsByName.set(plain(name), id)
  return id
}

/** A list without the column may still name a department that is a specialty. */
function specialtyOf(values: AccountValues, was: string | undefined, around: Around, add: Plan['add']): string {
  if (!values.specialty) return was ?? around.specialties.get(plain(values.department)) ?? ''
  const known = around.specialties.get(plain(values.specialty))
  if (known) return known
  add.specialty = values.specialty
  around.specialties.set(plain(values.specialty), values.specialty)
  return values.specialty
}

/** Where they are served today. Several lines of work may serve one doctor: the one that is known stays while it does. */
function territoryOf(group: Group, was: string | undefined, around: Around, add: Plan['add']): string {
  const territory = was && group.territories.includes(was) ? was : (group.territories[0] ?? was ?? group.territory)
  if (!around.territories.has(territory)) add.territory = territory
  around.territories.add(territory)
  return territory
}

const verifiedBy = ({ licence }: AccountValues): AccountChange =>
  licence ? { licenceNumber: licence, hcpVerified: true } : {}

function changeOf(was: KnownAccount, wanted: Fields, values: AccountValues) {
  const corrected = new Set(was.corrected.split(','))
  const notes: string[] = []
  const change: AccountChange = {}
  for (const field of Object.keys(wanted) as (keyof Fields)[]) {
    const same = field === 'active' ? Boolean(was.active) === wanted.active : was[field] === wanted[field]
    if (same) continue
    const name = field === 'hospitalId' ? 'hospital' : field
    if (corrected.has(name)) notes.push(`kept:${name}`)
    else Object.assign(change, { [field]: wanted[field] })
  }
  return { notes, change: { ...change, ...licenceChange(was, values, corrected, notes) } }
}

/** A list may prove, and never takes a proof away: an empty cell leaves the number, a person's word stands. */
function licenceChange(
  was: KnownAccount,
  { licence }: AccountValues,
  corrected: Set<string>,
  notes: string[],
): AccountChange {
  const differs = (was.licenceNumber ?? '') !== licence
  if (!differs && (was.hcpVerified || licence === '')) return {}
  if (licence !== '' && !corrected.has('licence')) return { licenceNumber: licence, hcpVerified: true }
  notes.push('kept:licence')
  return {}
}

function assignmentOf({ values, around, today }: Given, accountId: string, notes: string[]) {
  const none = { assignment: null, repTerritory: null }
  if (!values.active) return none
  const rep = around.reps.get(values.rep)
  if (values.rep && !rep) {
    notes.push('rep_unknown')
    return none
  }
  const { territory, productLine, fromDay, untilDay } = values
  const asked = { accountId, territory, repId: rep?.id ?? '', productLine, fromDay, untilDay }
  if (!values.rep) notes.push('vacant')
  if (rep && !rep.active) notes.push('rep_left')
  if (untilDay && untilDay < today) notes.push('ended')
  if (fromDay && fromDay > today) notes.push('later')
  const known = around.assignments.get(assignmentKey(asked)) === spanOf(asked)
  around.assignments.set(assignmentKey(asked), spanOf(asked))
  const serves = rep?.active && !notes.includes('ended') && !notes.includes('later')
  return {
    assignment: known ? null : asked,
    repTerritory: serves && !known ? { repId: rep.id, territory } : null,
  }
}

const asKnown = (externalId: string, id: string, change: AccountChange): KnownAccount => ({
  ...{ id, externalId, name: '', title: '', post: '', hospitalId: '', campus: '', department: '', specialty: '' },
  ...{ territory: '', corrected: '', mergedInto: null, revision: 1, ...change },
  ...{ licenceNumber: change.licenceNumber ?? null, hcpVerified: change.hcpVerified ? 1 : 0 },
  active: change.active ? 1 : 0,
})
