import { peopleEndpoints as people } from '@vouch/contract'
import { addPeople, listNewcomers } from '../people/add-people.ts'
import { entitleRep } from '../people/entitle-rep.ts'
import { exportAccess } from '../people/export-access.ts'
import { listPeople, listRoleChanges } from '../people/list-people.ts'
import { loadPerson } from '../people/load-person.ts'
import { decideRoleChange } from '../people/roles/decide-role-change.ts'
import { proposeRole } from '../people/roles/propose-role.ts'
import { reviewRoles } from '../people/roles/review-roles.ts'
import { takeRole } from '../people/roles/take-role.ts'
import { serve, type Door } from './serve.ts'

/** Who is here and what they may do. */
export function mountPeople(door: Door): void {
  const { deps } = door
  serve(door, people.listPeople, (me, asked) => listPeople(deps, me, asked))
  serve(door, people.loadPerson, (me, asked) => loadPerson(deps, me, asked))
  serve(door, people.listRoleChanges, (me) => listRoleChanges(deps, me))
  serve(door, people.proposeRole, (me, asked) => proposeRole(deps, me, asked))
  serve(door, people.decideRole, (me, asked) => decideRoleChange(deps, me, asked))
  serve(door, people.takeRole, (me, asked) => takeRole(deps, me, asked))
  serve(door, people.reviewRoles, (me, asked) => reviewRoles(deps, me, asked))
  serve(door, people.entitleRep, (me, asked) => entitleRep(deps, me, asked))
  serve(door, people.listNewcomers, () => listNewcomers(deps))
  serve(door, people.addPeople, (me, asked) => addPeople(deps, me, asked))
  serve(door, people.exportAccess, (me, asked) => exportAccess(deps, me, asked))
}
