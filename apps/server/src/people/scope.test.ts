import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { startTestServer, type TestServer } from '../../test/test-server.ts'
import { findRoles } from './queries.ts'
import { scopeOf } from './scope.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
})
afterAll(() => server.stop())

const scopeNow = async (personId: string) =>
  scopeOf(server.deps, { personId, roles: await findRoles(server.db, personId, server.deps.now()) })
const scopeOfRoles = async (...roles: string[]) => scopeNow(await buildRep(server, { roles }))

describe('what somebody sees of the company', () => {
  it.each(['compliance', 'compliance_officer', 'auditor', 'system_admin', 'security_admin'])(
    '%s sees every territory, as a manager too',
    async (role) => {
      expect(await scopeOfRoles(role)).toBeNull()
      expect(await scopeOfRoles(role, 'manager')).toBeNull()
    },
  )

  it.each([['manager'], ['manager', 'rep'], ['manager', 'author']])('%s %s is bounded', async (...roles) => {
    expect(await scopeOfRoles(...roles)).toEqual(['east'])
  })

  it('sees nobody as a manager without a territory, and everything no longer once another role has ended', async () => {
    const personId = await buildRep(server, { roles: ['manager', 'auditor'] })
    await server.owner.deleteFrom('managedTerritory').where('personId', '=', personId).execute()
    expect(await scopeNow(personId)).toBeNull()
    await server.owner
      .updateTable('personRole')
      .set({ until: server.deps.now() })
      .where('personId', '=', personId)
      .where('role', '=', 'auditor')
      .execute()
    expect(await scopeNow(personId)).toEqual([])
  })
})
