import { consoleEndpoints, type Endpoint } from '@vouch/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleTable } from '../../src/http/route-roles.ts'
import { endpointTable } from '../../src/http/serve.ts'
import { buildColleague, type Colleague } from '../office.ts'
import { buildAccount, buildCompany, buildRep } from '../builders.ts'
import { post, startTestServer, type TestServer } from '../test-server.ts'
import { buildAttacker, fieldsOf, isText, sampleOf } from './samples.ts'

const routes = endpointTable.filter(({ caller }) => caller === 'console')
const isTheirs = ({ method, path }: Endpoint) => {
  const allowed = consoleTable.get(`${method} ${path}`)?.allowed ?? []
  return allowed === 'signed_in' || allowed.includes('manager')
}

let server: TestServer
let manager: Colleague
let known: Record<string, unknown>
let foreign: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  // Everything there is lies in the territory east; the manager's is another.
  const endpoint = endpointTable.find(({ path }) => path === '/api/console/sends/look')!
  known = (await buildAttacker(server, endpoint)).known
  await server.owner.updateTable('account').set({ name: '金丝雀医生' }).where('territory', '=', 'east').execute()
  await server.owner.updateTable('person').set({ name: '金丝雀代表' }).execute()
  manager = await buildColleague(server, 'manager')
  await server.owner
    .updateTable('managedTerritory')
    .set({ territory: 'north' })
    .where('personId', '=', manager.id)
    .execute()
  await buildAccount(server, { name: '北方医生', territory: 'north' })
  foreign = {
    ...{ accountId: String(known['accountId']), doctor: String(known['accountId']), sendId: String(known['sendId']) },
    ...{ hospital: 'hospital-1', id: String(known['accountId']), rep: await buildRep(server, { name: '金丝雀代表' }) },
  }
})
afterAll(() => server.stop())

const ask = (endpoint: Endpoint, body: object) =>
  post(server, manager.cookie, endpoint.path, JSON.stringify(body), { method: endpoint.method })
const textOf = (body: object): string => JSON.stringify({ ...body, requestId: '' })

describe('a manager of another territory', () => {
  it.each(routes.filter((endpoint) => !isTheirs(endpoint)).map((endpoint) => [endpoint.path, endpoint] as const))(
    'is refused %s',
    async (_, endpoint) => {
      const answer = await ask(endpoint, endpoint.method === 'GET' ? {} : sampleOf(endpoint, known))
      expect([answer.status, answer.body.error]).toEqual([403, 'wrong_role'])
    },
  )

  it.each(routes.filter(isTheirs).map((endpoint) => [endpoint.path, endpoint] as const))(
    'learns nothing from %s',
    async (_, endpoint) => {
      if (endpoint === consoleEndpoints.consoleSignOut) return expect(endpoint.method).toBe('POST')
      const sample = endpoint.method === 'GET' ? {} : plainOf(endpoint)
      expect(textOf((await ask(endpoint, sample)).body)).not.toContain('金丝雀')
      for (const [field, schema] of Object.entries(fieldsOf(endpoint))) {
        if (!(field in foreign) || !isText(schema)) continue
        const [theirOwn, nobody] = [
          await ask(endpoint, { ...sample, [field]: foreign[field] }),
          await ask(endpoint, { ...sample, [field]: '01KAH2D8Y4S7C1F6G9J3K5M0NB' }),
        ]
        expect([endpoint.path, field, theirOwn.status]).toEqual([endpoint.path, field, nobody.status])
        expect(without(theirOwn.body, foreign[field]!)).toEqual(without(nobody.body, '01KAH2D8Y4S7C1F6G9J3K5M0NB'))
        expect(textOf(theirOwn.body)).not.toContain('金丝雀')
      }
    },
  )
})

/** Filters ask for nothing unless they are what is tried. */
function plainOf(endpoint: Endpoint): Record<string, unknown> {
  const sample = sampleOf(endpoint, known)
  const optional = Object.entries(fieldsOf(endpoint)).filter(([, schema]) => schema.default !== undefined)
  return { ...sample, ...Object.fromEntries(optional.map(([name, schema]) => [name, schema.default])) }
}

/** An answer but for what names its request: the asked id, numbers of requests and exports, and the time. */
const without = (body: object, id: string): string =>
  textOf(body)
    .replaceAll(id, '')
    .replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, '')
    .replaceAll(/\d{2}:\d{2}:\d{2}/g, '')
