import { randomUUID } from 'node:crypto'
import { findEntitlement, markOf } from '../../src/people/entitlement-rows.ts'
import { openKeyOf } from '../../src/people/roles/role-rows.ts'
import { buildRep } from '../builders.ts'
import type { TestServer } from '../test-server.ts'

/** A colleague, a role somebody else asked for them, and what stands about what they sell. */
export async function buildPeopleThings(server: TestServer) {
  const { owner, deps } = server
  const personId = await buildRep(server, { roles: ['author'] })
  const [changeId, proposedBy] = [deps.newId(), await buildRep(server, { roles: ['security_admin'] })]
  const undecided = { until: null, decision: null, decidedBy: null, decidedAt: null }
  await owner
    .insertInto('roleChange')
    .values({
      ...{ id: changeId, requestId: randomUUID(), openKey: openKeyOf(personId, 'legal'), personId, role: 'legal' },
      ...{ reason: '新同事', proposedBy, proposedAt: deps.now(), ...undecided },
    })
    .execute()
  await owner.insertInto('territory').ignore().values({ code: 'east', name: '华东', nameEn: 'East' }).execute()
  server.told.members.set('li.na', '李娜')
  const mark = markOf(await findEntitlement(owner, personId))
  const codes = { products: ['PD1'], territories: ['east'], groups: [] }
  return {
    ...codes,
    personId,
    changeId,
    mark,
    role: 'author',
    roles: ['author'],
    userIds: ['li.na'],
    decision: 'declined',
  }
}
