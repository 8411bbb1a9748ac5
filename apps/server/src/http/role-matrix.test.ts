import { roleNames } from '@vouch/contract'
import { format, resolveConfig } from 'prettier'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAttacker, sampleOf } from '../../test/attacks/samples.ts'
import { buildCompany, buildRep } from '../../test/builders.ts'
import { others } from '../../test/other-routes.ts'
import { roleActs } from '../../test/role-acts.ts'
import { letsIn, roleMatrix } from '../../test/role-matrix.ts'
import { post, startTestServer, type TestServer } from '../../test/test-server.ts'
import { consoleTable } from './route-roles.ts'
import { endpointTable } from './serve.ts'

let server: TestServer
const people = new Map<string, string>()
beforeAll(async () => {
  server = await startTestServer()
  await buildCompany(server)
  for (const role of [...roleNames, 'none']) {
    const roles = role === 'none' ? [] : [role]
    people.set(role, await buildRep(server, { roles, name: role }))
  }
})
afterAll(() => server.stop())

/** A new session each time, and minutes apart, so that no budget of wrong guesses is spent. */
async function as(role: string, method: string, path: string, body: string) {
  server.clock.at = new Date(server.clock.at.getTime() + 61_000)
  const cookie = await server.signIn(people.get(role)!, 'console')
  return post(server, cookie, path, body, { method })
}

/** What the route takes, so that whoever is let in is refused for nothing but their role. */
async function bodyFor(method: string, path: string, asked: Record<string, unknown> = {}): Promise<string> {
  const endpoint = endpointTable.find((one) => one.method === method && one.path === path)
  if (!endpoint || method === 'GET') return '{}'
  const { known } = await buildAttacker(server, endpoint)
  return JSON.stringify({ ...sampleOf(endpoint, known), ...asked })
}

describe('every route and every role', () => {
  it('[AUTH-05] the table has every route of the console and no other', () => {
    const open = new Set(
      [
        ...endpointTable.filter(({ caller }) => caller === 'anyone').map(({ method, path }) => `${method} ${path}`),
      ].concat(...Object.keys(others).filter((route) => route.includes('/sign-in'))),
    )
    const mounted = server.router.stack
      .flatMap((layer) => layer.methods.map((method) => `${method} ${String(layer.path)}`))
      .filter((route) => /^(GET|POST) \/api\/console\//.test(route) && !open.has(route))
    expect(mounted.toSorted()).toEqual([...consoleTable.keys()].toSorted())
  })

  it.each([...consoleTable.keys()])('[AUTH-06] %s answers each role alone as the table says', async (route) => {
    const [method = '', path = ''] = route.split(' ')
    const body = await bodyFor(method, path)
    const address = path.replaceAll(/:\w+/g, '1')
    const narrowed = consoleTable.get(route)?.narrowed !== undefined
    for (const role of [...roleNames, 'none']) {
      const { status, body: answer } = await as(role, method, address, body)
      if (!letsIn(route, role)) expect([role, status, answer.error]).toEqual([role, 403, 'wrong_role'])
      else if (!narrowed) expect([role, answer.error]).not.toEqual([role, 'wrong_role'])
      if (route.endsWith('/sign-out')) expect(status).toBe(200)
    }
  })

  it.each(roleActs)('[AUTH-06] the door of $route lets in whoever may $act', ({ route, who }) => {
    expect(who.filter((role) => !letsIn(route, role))).toEqual([])
  })

  it('[AUTH-06] every line that is narrowed further in says who may what', () => {
    const narrowed = [...consoleTable].flatMap(([route, line]) => (line.narrowed ? route : []))
    expect(narrowed.filter((route) => roleActs.every((one) => one.route !== route))).toEqual([])
  })

  it.each(roleActs.filter(({ asked }) => asked))(
    '[AUTH-06] $route, to $act, answers those let in as its room says',
    async ({ route, who, asked }) => {
      const [method = '', path = ''] = route.split(' ')
      const body = await bodyFor(method, path, asked)
      for (const role of roleNames.filter((one) => letsIn(route, one))) {
        const { body: answer } = await as(role, method, path, body)
        expect([role, answer.error === 'wrong_role']).toEqual([role, !who.some((one) => one === role)])
      }
    },
  )

  it('[AUTH-07] the document about it is current; `vitest -u` writes it anew', async () => {
    const file = new URL('../../../../deploy/authorisation.md', import.meta.url).pathname
    const text = await format(roleMatrix(others), { ...(await resolveConfig(file)), parser: 'markdown' })
    await expect(text).toMatchFileSnapshot(file)
  })
})
